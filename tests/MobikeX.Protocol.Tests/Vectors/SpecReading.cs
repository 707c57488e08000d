using MobikeX.Protocol.Ikev2;

namespace MobikeX.Protocol.Tests.Vectors;

/// <summary>The dispatcher of one spec: under version 1 and version 2 the same octets mean different things.</summary>
internal sealed record SpecReading(SpecReading.Describer Describe, SpecReading.Encoder TryEncode, SpecReading.Namer NameOf)
{
    public delegate bool Describer(in NotifyPayload payload, INotationWriter writer, out WireFailure failure);

    public delegate bool Encoder(
        string notifyName,
        IReadOnlyList<NotationParameter> parameters,
        INotationReader? fields,
        Span<byte> data,
        out int written,
        out NotifyType type,
        out string? error,
        out int errorIndex);

    public delegate string? Namer(NotifyType type);

    /// <summary>The number of a notify by its name in this spec; 16398 has one name in each version.</summary>
    public bool TryFind(string notify, out NotifyType type) => NotifyTypeNames.TryParse(notify, out type);

    public static SpecReading Of(string spec) => spec switch
    {
        "mobikex" => new(NotifyDispatcher.Describe, NotifyDispatcher.TryEncode, NotifyDispatcher.NameOf),
        "mobike" => new(Mobike.NotifyDispatcher.Describe, Mobike.NotifyDispatcher.TryEncode, Mobike.NotifyDispatcher.NameOf),
        "ikev2" => new(Ikev2.NotifyDispatcher.Describe, Ikev2.NotifyDispatcher.TryEncode, Ikev2.NotifyDispatcher.NameOf),
        _ => throw new ArgumentException($"no spec is named {spec}", nameof(spec)),
    };
}
