using System.Diagnostics.Metrics;

namespace MobikeX.Ike.Tests.Diagnostics;

/// <summary>Counts what events come to in the metrics.</summary>
internal sealed class Measurements : IDisposable
{
    private readonly IkeTelemetry _telemetry;
    private readonly MeterListener _listener = new();

    public Measurements()
    {
        _listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == IkeTelemetry.Name)
            {
                Instruments.Add(instrument);
                self.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Count(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Count(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Count(instrument, 1, tags));
        _listener.Start();
        _telemetry = new IkeTelemetry();
    }

    public List<Instrument> Instruments { get; } = [];

    /// <summary>The sums, by the name of the instrument and all tags but the connection.</summary>
    public Dictionary<string, long> Sums { get; } = [];

    public void Take(TestHost host) => host.Events.ForEach(_telemetry.Take);

    public void Dispose()
    {
        _telemetry.Dispose();
        _listener.Dispose();
    }

    private void Count(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string name = instrument.Name;
        foreach ((string key, object? word) in tags)
        {
            name += key == "connection" ? string.Empty : $" {key}={word}";
        }

        Sums[name] = Sums.GetValueOrDefault(name) + value;
    }
}
