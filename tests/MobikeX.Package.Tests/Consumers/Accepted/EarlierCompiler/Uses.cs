public static class Uses
{
    public const Icmp.IcmpType Type = Icmp.IcmpType.Echo;
}
