using Carrier;
using Lamps;

var shine = new ShineNotify(lamp: 7);
byte[] data = new byte[shine.WireLength];
shine.TryWrite(data, out _, out _);
var message = new Message(type: ShineNotify.Type, spi: default, data: data);
byte[] octets = new byte[message.WireLength];
message.TryWrite(octets, out _, out _);
Console.WriteLine(Convert.ToHexStringLower(octets));

var lamp = new LampMachine();
var bulb = new Bulb();
lamp.Shine(ref bulb);
Console.WriteLine($"{lamp.State} {bulb.Lit} {MessageType.Shine}");

internal struct Bulb : ILampHandler
{
    public bool Lit;

    public void Light() => Lit = true;
}
