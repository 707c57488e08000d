namespace MobikeX.Xfrm;

/// <summary>What a backend has put into the kernel for a pair of CHILD_SAs, by names that are the same wherever the pair moves, but for its policies.</summary>
/// <param name="Protocol">AH or ESP.</param>
/// <param name="RequestId">What ties its SAs to their policies.</param>
/// <param name="Spis">The SPIs of both SAs.</param>
/// <param name="Policies">The names of its policies.</param>
internal sealed record Installation(XfrmProtocol Protocol, uint RequestId, IReadOnlyList<uint> Spis, IReadOnlyList<XfrmPolicyKey> Policies)
{
    /// <summary>Puts it into words without spaces inside, and a space between.</summary>
    public string ToText() =>
        $"{(byte)Protocol} {RequestId:x8} {string.Join(',', Spis.Select(static spi => $"{spi:x8}"))} {string.Join(',', Policies.Select(static key => Convert.ToHexString(PolicyKeyOctets.Of(key))))}";

    /// <summary>Reads it; false where the words are none.</summary>
    public static bool TryParse(ReadOnlySpan<string> words, out Installation installation)
    {
        installation = null!;
        if (words is not [{ } protocol, { } requestId, { } spis, { } policies]
            || !byte.TryParse(protocol, out byte number)
            || !TryNumber(requestId, out uint id))
        {
            return false;
        }

        List<uint> numbers = [];
        foreach (string text in spis.Split(','))
        {
            if (!TryNumber(text, out uint spi))
            {
                return false;
            }

            numbers.Add(spi);
        }

        List<XfrmPolicyKey> keys = [];
        foreach (string text in policies.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!PolicyKeyOctets.TryParse(text, out XfrmPolicyKey key))
            {
                return false;
            }

            keys.Add(key);
        }

        installation = new Installation((XfrmProtocol)number, id, numbers, keys);
        return true;
    }

    private static bool TryNumber(string text, out uint number) =>
        uint.TryParse(text, System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out number);
}
