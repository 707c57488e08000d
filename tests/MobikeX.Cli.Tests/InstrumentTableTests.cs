using System.Diagnostics.Metrics;
using System.Text.Json;
using MobikeX.Ike;

namespace MobikeX.Cli.Tests;

/// <summary>The table of instruments in the documentation of the daemon is that of the program.</summary>
public sealed class InstrumentTableTests
{
    [Fact]
    public void The_program_is_built_so_that_dotnet_counters_sees_it()
    {
        using JsonDocument built = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "mobikex.runtimeconfig.json")));
        JsonElement properties = built.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties");
        Assert.True(properties.GetProperty("System.Diagnostics.Tracing.EventSource.IsSupported").GetBoolean());
    }

    [Fact]
    public void Each_instrument_stands_there_with_its_unit()
    {
        // Another test may have made the same instruments: they are the same of each.
        HashSet<(string, string?)> made = [];
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == IkeTelemetry.Name)
                {
                    lock (made)
                    {
                        made.Add((instrument.Name, instrument.Unit));
                    }
                }
            },
        };
        listener.Start();
        using var telemetry = new IkeTelemetry();
        (string, string?)[] documented =
        [
            .. File.ReadLines(Path.Combine(Repository.Root, "src", "MobikeX.Cli", "Run", "README.md"))
                .Where(static line => line.StartsWith("| `mobikex.", StringComparison.Ordinal))
                .Select(static line => line.Split('|'))
                .Select(static cells => (cells[1].Trim(' ', '`'), (string?)cells[2].Trim(' ', '`'))),
        ];
        Assert.Equal(documented.ToHashSet(), made);
        Assert.Equal(made.Count, documented.Length);
    }
}
