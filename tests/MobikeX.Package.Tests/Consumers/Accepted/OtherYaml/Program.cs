Console.WriteLine($"{Other.YamlDotNet} {Icmp.IcmpType.Echo}");
