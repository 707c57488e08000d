namespace MobikeX.Lab;

/// <summary>What a scenario tells while it runs. Figures are kept and shown, and never decide over passing.</summary>
internal sealed class ScenarioRun(string name, string folder)
{
    private readonly List<Figure> _figures = [];
    private readonly List<string> _notes = [];

    public IReadOnlyList<Figure> Figures => _figures;

    public IReadOnlyList<string> Notes => _notes;

    public void Figure(string figure, double value, string unit) => _figures.Add(new Figure(figure, Math.Round(value, 3), unit));

    public void Note(string text) => _notes.Add(text);

    /// <summary>For a part of the scenario, which has files of its own; its figures are not kept.</summary>
    public ScenarioRun Part(string part) => new($"{name}.{part}", folder);

    /// <summary>The path of a file that is kept with the results.</summary>
    public string FileNamed(string file) => Path.Combine(folder, $"{name}.{file}");
}
