using TwoSpecs.Lamps;

Light.TryRead([0x02, 0x01], out Light light, out _, out _);
Console.WriteLine($"{light.Level} {typeof(Light).IsPublic} {typeof(Clock.Timestamp).IsPublic}");
