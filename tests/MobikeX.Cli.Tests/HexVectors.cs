namespace MobikeX.Cli.Tests;

/// <summary>Chains of payloads worked out by hand from the packet figures of the draft, sections 11.1 to 11.4.</summary>
internal static class HexVectors
{
    /// <summary>SELECTOR of one SPI. Notify: next 29, length 16, type a001. SPI: type 2, size 4.</summary>
    public const string Selector = "29000010" + "0000a001" + "02040000" + "c1000001";

    /// <summary>
    /// UPDATE_SA_ADDRESSES from 192.0.2.1 to 198.51.100.7. IP: type 3, then M 0, V 01 (IPv4), C 0, O, N, H 1, I 0:
    /// 00101010 for the old, 00100110 for the new address. ID: type 7, reserved, identifier 7.
    /// </summary>
    public const string Update = "2900001c" + "00004010" + "032a0000" + "c0000201" + "03260000" + "c6336407" + "07000007";

    /// <summary>END_OF_SELECTOR, the last of its chain.</summary>
    public const string End = "00000008" + "0000a002";

    /// <summary>The request of the quick start.</summary>
    public const string Request = Selector + Update + End;
}
