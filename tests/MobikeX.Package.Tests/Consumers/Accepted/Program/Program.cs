using Clock;
using MobikeX.Runtime;

byte[] octets = Library.Pings.Write(7);
Console.WriteLine(Hex.ToText(octets));
Console.WriteLine(Library.Pings.Describe(octets));
Console.WriteLine(Library.Pings.Describe(octets[..7]));
Console.WriteLine(LibraryNullable.Pings.Sequence(octets));

var stamp = new Timestamp(originate: 1, receive: 2, transmit: 3);
byte[] written = new byte[stamp.WireLength];
Console.WriteLine(stamp.TryWrite(written, out _, out _) && Timestamp.TryRead(written, out Timestamp read, out _, out _) && read == stamp);
