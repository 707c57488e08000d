namespace MobikeX.Runtime.Tests;

public class ShortOctetsTests
{
    public static TheoryData<int> Lengths => [.. Enumerable.Range(0, ShortOctets.MaximumLength + 1)];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Octets_come_back_as_they_went_in(int length)
    {
        byte[] source = [.. Enumerable.Range(0xf1, length).Select(number => (byte)number)];
        ShortOctets octets = new(source);
        byte[] written = new byte[length];

        Assert.True(octets.TryWrite(written));
        Assert.Equal(source, written);
        Assert.Equal(length, octets.Length);
        Assert.Equal(Hex.ToText(source), octets.ToString());
        Assert.Equal(new ShortOctets(source), octets);
        Assert.True(length == 0 || !octets.TryWrite(new byte[length - 1]));
    }

    [Fact]
    public void More_than_sixteen_do_not_fit() => Assert.Throws<ArgumentException>(() => new ShortOctets(new byte[17]));

    [Fact]
    public void A_number_is_its_octets_in_network_byte_order()
    {
        Assert.Equal("c1000001", ShortOctets.From(0xc1000001u).ToString());
        Assert.Equal("00000000000000a1", ShortOctets.From(0xa1ul).ToString());
        Assert.Equal(0xc1000001ul, ShortOctets.From(0xc1000001u).ToUInt64());
        Assert.Equal(0xa1ul, ShortOctets.From(0xa1ul).ToUInt64());
        Assert.Equal(0ul, default(ShortOctets).ToUInt64());
        Assert.Throws<InvalidOperationException>(() => new ShortOctets(new byte[9]).ToUInt64());
    }

    [Fact]
    public void Zero_octets_of_another_number_are_another_value() =>
        Assert.NotEqual(new ShortOctets(new byte[4]), new ShortOctets(new byte[8]));
}
