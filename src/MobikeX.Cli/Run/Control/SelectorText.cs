using System.Globalization;
using MobikeX.Cli.Yaml;
using MobikeX.Engine;
using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Cli.Run.Control;

/// <summary>A SELECTOR as a command line has it: <c>spi=c1000001</c>, <c>mode=Tunnel,proto=ESP</c>, <c>address=192.0.2.1</c>, <c>inner=10.0.0.2</c>, <c>value=ALL_IKE_SA</c>.</summary>
internal static class SelectorText
{
    private const int ChildSpiDigits = 8, IkeSpiDigits = 16;

    private static readonly string[] Keys = ["spi", "mode", "proto", "address", "inner", "value"];

    /// <summary>Reads one; where it is wrong, says why.</summary>
    public static bool TryParse(string? text, out SaSelector value, out string fault)
    {
        value = new SaSelector();
        if (!PairText.TryParse(text, Keys, out IReadOnlyList<(string Key, string Value)> pairs, out fault))
        {
            return false;
        }

        if (pairs.Count == 0)
        {
            fault = "a selector is empty";
            return false;
        }

        foreach ((string key, string word) in pairs)
        {
            if (Set(value, key, word) is not { } set)
            {
                fault = $"'{word}' is no {key} of a selector{Hint(key, word)}";
                return false;
            }

            value = set;
        }

        return true;
    }

    private static SaSelector? Set(SaSelector selector, string key, string word) => key switch
    {
        "spi" => ulong.TryParse(word, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong spi)
            ? word.Length switch
            {
                ChildSpiDigits => selector with { ChildSpi = (uint)spi },
                IkeSpiDigits => selector with { IkeSpi = spi },
                _ => null,
            }
            : null,
        "mode" => IpsecModeNames.TryParse(word, out IpsecMode mode) ? selector with { Mode = mode } : null,
        "proto" => IpsecProtoNames.TryParse(word, out IpsecProto protocol) ? selector with { Protocol = protocol } : null,
        "value" => SelectorValueNames.TryParse(word, out SelectorValue number) ? selector with { Value = number } : null,
        _ => selector.Address is null && IpAddress.TryParse(word, out IpAddress address)
            ? selector with { Address = address, Places = key == "inner" ? AddressPlaces.Inner : AddressPlaces.Header }
            : null,
    };

    private static string Hint(string key, string word) => key switch
    {
        "spi" => $"; it has {ChildSpiDigits} hexadecimal digits for a CHILD_SA, {IkeSpiDigits} for an IKE_SA",
        "mode" => NearestName.Hint(word, IpsecModeNames.All),
        "proto" => NearestName.Hint(word, IpsecProtoNames.All),
        "value" => NearestName.Hint(word, SelectorValueNames.All),
        _ => "; it has one address",
    };
}
