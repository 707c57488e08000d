using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MobikeX.Lab;

/// <summary>A number that a scenario measured.</summary>
internal sealed record Figure(string Name, double Value, string Unit);

/// <summary>How a scenario ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ScenarioOutcome>))]
internal enum ScenarioOutcome
{
    Passed,
    Failed,
    TimedOut,

    /// <summary>The program, or the kernel under it, ended before the scenario did.</summary>
    Died,

    /// <summary>The kernel ended before its turn came.</summary>
    NotRun,
}

/// <summary>What became of a scenario, as it stands in its JSON file.</summary>
/// <param name="Failure">Why it did not pass; null where it did.</param>
internal sealed record ScenarioResult(
    string Scenario, string Shows, ScenarioOutcome Outcome, string? Failure, double Seconds, IReadOnlyList<Figure> Figures, IReadOnlyList<string> Notes)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    public static ScenarioResult Unfinished(Scenario scenario, ScenarioOutcome outcome, string failure) => new(scenario.Name, scenario.Shows, outcome, failure, 0, [], []);

    /// <summary>The result of a scenario in a folder of results; null where there is none.</summary>
    public static ScenarioResult? Read(string folder, string scenario)
    {
        string path = PathOf(folder, scenario);
        return File.Exists(path) ? JsonSerializer.Deserialize<ScenarioResult>(File.ReadAllText(path), Json) : null;
    }

    public void Write(string folder)
    {
        string path = PathOf(folder, Scenario), unfinished = path + ".part";
        File.WriteAllText(unfinished, JsonSerializer.Serialize(this, Json) + "\n");
        File.Move(unfinished, path, overwrite: true);
    }

    private static string PathOf(string folder, string scenario) => Path.Combine(folder, scenario + ".json");
}
