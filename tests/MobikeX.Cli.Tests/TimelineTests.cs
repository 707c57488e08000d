using Microsoft.Extensions.Logging;
using MobikeX.Cli.Run;
using MobikeX.Engine;
using MobikeX.Ike;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Cli.Tests;

/// <summary>What stands in the log, and at which level.</summary>
public sealed class TimelineTests
{
    private static readonly PacketAddresses Way = new(IpAddress.Parse("192.0.2.1"), 500, IpAddress.Parse("203.0.113.1"), 4500);

    [Theory]
    [InlineData(LogLevel.Information, 0)]
    [InlineData(LogLevel.Debug, 2)]
    public void What_strangers_can_repeat_is_not_there_by_default(LogLevel level, int times)
    {
        IReadOnlyList<string> lines = Log(level, new RequestRefused(RequestRefusal.Cookie, Way), new RequestRefused(RequestRefusal.Cookie, Way));
        Assert.Equal(Enumerable.Repeat("Debug refuses a first request 192.0.2.1:500 → 203.0.113.1:4500: it is to come again with a COOKIE", times), lines);
    }

    [Fact]
    public void A_request_that_came_again_is_there_once()
    {
        IReadOnlyList<string> lines = Log(
            LogLevel.Information, new RequestRepeated(ExchangeType.Informational, 7, 1, Way), new RequestRepeated(ExchangeType.Informational, 7, 2, Way));
        Assert.EndsWith("takes INFORMATIONAL request 7 again, and answers as before 192.0.2.1:500 → 203.0.113.1:4500", Assert.Single(lines), StringComparison.Ordinal);
        Assert.Equal(2, Log(LogLevel.Debug, new RequestRepeated(ExchangeType.Informational, 7, 1, Way), new RequestRepeated(ExchangeType.Informational, 7, 2, Way)).Count);
    }

    [Fact]
    public void What_the_IPsec_of_the_host_refuses_is_a_warning_with_its_reason() => Assert.EndsWith(
        "the IPsec of this host does not remove CHILD_SA c1000001: No such process",
        Assert.Single(Log(LogLevel.Warning, new IpsecRefused("remove CHILD_SA c1000001", "No such process"))),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(MobikeVersion.Mobike, "ADDITIONAL_IP6_ADDRESS")]
    [InlineData(MobikeVersion.MobikeX, "ADDITIONAL_IP_ADDRESS")]
    public void An_answer_of_the_peer_has_the_name_of_the_version(MobikeVersion version, string name) => Assert.EndsWith(
        $"MOBIKE: UPDATE answered {name}",
        Assert.Single(Log(LogLevel.Information, new EngineTold(new ActionAnswered(ActionTrait.Update, null, NotifyType.AdditionalIpAddress), version))),
        StringComparison.Ordinal);

    private static IReadOnlyList<string> Log(LogLevel level, params IkeEvent[] told)
    {
        List<string> lines = [];
        using ILoggerFactory logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(level).AddProvider(new Lines(lines)));
        var timeline = new Timeline(logs.CreateLogger<Timeline>());
        foreach (IkeEvent each in told)
        {
            timeline.Take(each);
        }

        return lines;
    }

    private sealed class Lines(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add($"{logLevel} {formatter(state, exception)}");

        public void Dispose()
        {
        }
    }
}
