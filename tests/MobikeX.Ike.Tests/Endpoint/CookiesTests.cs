using MobikeX.Runtime;

namespace MobikeX.Ike.Tests;

/// <summary>A COOKIE says that its Initiator received it at its address a short while ago (RFC 7296 section 2.6).</summary>
public sealed class CookiesTests
{
    private const ulong InitiatorSpi = 0x0102_0304_0506_0708;

    private static readonly byte[] Nonce = [.. Enumerable.Range(0, 32).Select(static i => (byte)i)];
    private static readonly IpAddress Source = IpAddress.Parse(TestConnections.InitiatorAddress);

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(0, 59, true)]
    [InlineData(59, 61, true)]
    [InlineData(0, 119, true)]
    [InlineData(0, 121, false)]
    [InlineData(59, 121, false)]
    public void It_holds_for_the_minute_it_was_made_in_and_the_next(int made, int returned, bool expected)
    {
        Cookies cookies = new();
        byte[] cookie = cookies.Create(Nonce, Source, InitiatorSpi, TimeSpan.FromSeconds(made));

        Assert.Equal(expected, cookies.Verify(cookie, Nonce, Source, InitiatorSpi, TimeSpan.FromSeconds(returned)));
    }

    [Fact]
    public void It_is_of_one_Initiator_at_one_address_and_of_one_host()
    {
        Cookies cookies = new();
        byte[] cookie = cookies.Create(Nonce, Source, InitiatorSpi, TimeSpan.Zero);

        Assert.False(cookies.Verify(cookie, Nonce.AsSpan(1), Source, InitiatorSpi, TimeSpan.Zero));
        Assert.False(cookies.Verify(cookie, Nonce, IpAddress.Parse("192.0.2.99"), InitiatorSpi, TimeSpan.Zero));
        Assert.False(cookies.Verify(cookie, Nonce, Source, InitiatorSpi + 1, TimeSpan.Zero));
        Assert.False(cookies.Verify([], Nonce, Source, InitiatorSpi, TimeSpan.Zero));
        Assert.False(new Cookies().Verify(cookie, Nonce, Source, InitiatorSpi, TimeSpan.Zero));
    }
}
