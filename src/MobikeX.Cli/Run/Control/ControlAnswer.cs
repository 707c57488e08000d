using System.Text.Json;
using System.Text.Json.Serialization;

namespace MobikeX.Cli.Run.Control;

/// <summary>What a daemon answers to one request.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reason">Why it was not done; null where it was.</param>
/// <param name="Sas">The IKE_SAs, where they were asked for.</param>
internal sealed record ControlAnswer(
    ControlOutcome Outcome,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<IkeSaDescription>? Sas = null)
{
    /// <summary>It is done.</summary>
    public static ControlAnswer Done { get; } = new(ControlOutcome.Done);

    /// <summary>It was not done: the peer or this host said no.</summary>
    public static ControlAnswer No(string reason) => new(ControlOutcome.No, reason);

    /// <summary>The request means nothing to this daemon.</summary>
    public static ControlAnswer Wrong(string reason) => new(ControlOutcome.Wrong, reason);

    /// <summary>The line that goes back, without its end.</summary>
    public byte[] ToLine() => JsonSerializer.SerializeToUtf8Bytes(this, ControlJson.Default.ControlAnswer);

    /// <summary>Reads a line; null where it is no answer.</summary>
    public static ControlAnswer? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, ControlJson.Default.ControlAnswer);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What became of a request.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ControlOutcome>))]
internal enum ControlOutcome
{
    /// <summary>It is done.</summary>
    [JsonStringEnumMemberName("done")]
    Done,

    /// <summary>The peer or this host said no.</summary>
    [JsonStringEnumMemberName("no")]
    No,

    /// <summary>The request means nothing to the daemon.</summary>
    [JsonStringEnumMemberName("wrong")]
    Wrong,
}

/// <summary>Writes and reads answers without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ControlAnswer))]
internal sealed partial class ControlJson : JsonSerializerContext;
