namespace MobikeX.Ike;

/// <summary>The nonces of an exchange that rekeys: of two such exchanges that crossed, the one with the lowest of all four is void (RFC 7296, 2.8.1).</summary>
internal static class RekeyNonces
{
    /// <summary>The lower nonce of an exchange.</summary>
    public static byte[] Lower(byte[] initiator, byte[] responder) => Compare(initiator, responder) < 0 ? initiator : responder;

    /// <summary>Compares octet by octet; one that is the beginning of another is the lower one.</summary>
    public static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => left.SequenceCompareTo(right);
}
