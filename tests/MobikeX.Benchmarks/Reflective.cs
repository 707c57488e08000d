using BinarySerialization;

namespace MobikeX.Benchmarks;

/// <summary>The same request declared with attributes for the BinarySerializer package, in the shape that it takes: one fixed message.</summary>
public sealed class ReflectiveRequest
{
    [FieldOrder(0)]
    public ReflectiveHeader SelectorHeader { get; set; } = new();

    [FieldOrder(1)]
    public ReflectiveSpi Spi { get; set; } = new();

    [FieldOrder(2)]
    public ReflectiveHeader UpdateHeader { get; set; } = new();

    [FieldOrder(3)]
    public ReflectiveIp Old { get; set; } = new();

    [FieldOrder(4)]
    public ReflectiveIp New { get; set; } = new();

    [FieldOrder(5)]
    public ReflectiveId Id { get; set; } = new();

    [FieldOrder(6)]
    public ReflectiveHeader EndHeader { get; set; } = new();
}

public sealed class ReflectiveHeader
{
    [FieldOrder(0)]
    public byte NextPayload { get; set; }

    [FieldOrder(1)]
    public byte Flags { get; set; }

    [FieldOrder(2)]
    [FieldEndianness(Endianness.Big)]
    public ushort Length { get; set; }

    [FieldOrder(3)]
    public byte ProtocolId { get; set; }

    [FieldOrder(4)]
    public byte SpiSize { get; set; }

    [FieldOrder(5)]
    [FieldEndianness(Endianness.Big)]
    public ushort Type { get; set; }
}

public sealed class ReflectiveSpi
{
    [FieldOrder(0)]
    public byte Type { get; set; }

    [FieldOrder(1)]
    public byte Size { get; set; }

    [FieldOrder(2)]
    public ushort Reserved { get; set; }

    [FieldOrder(3)]
    [FieldLength(nameof(Size))]
    public byte[] Spi { get; set; } = [];
}

public sealed class ReflectiveIp
{
    [FieldOrder(0)]
    public byte Type { get; set; }

    [FieldOrder(1)]
    public byte Flags { get; set; }

    [FieldOrder(2)]
    public ushort Reserved { get; set; }

    [FieldOrder(3)]
    [FieldEndianness(Endianness.Big)]
    public uint Address { get; set; }
}

public sealed class ReflectiveId
{
    [FieldOrder(0)]
    public byte Type { get; set; }

    [FieldOrder(1)]
    public byte Reserved { get; set; }

    [FieldOrder(2)]
    [FieldEndianness(Endianness.Big)]
    public ushort Identifier { get; set; }
}
