using CsCheck;

namespace MobikeX.Protocol.Tests;

/// <summary>What holds of everything that goes over the wire: what is written is read as it was, and whatever is read can be written.</summary>
internal abstract class WireProperty
{
    /// <summary>Reads a parameter or a struct.</summary>
    public delegate bool Reader<T>(ReadOnlySpan<byte> source, out T value, out int consumed, out WireFailure failure)
        where T : struct, allows ref struct;

    /// <summary>Reads Notification Data, the whole of it.</summary>
    public delegate bool NotifyReader<T>(ReadOnlySpan<byte> data, out T value, out WireFailure failure)
        where T : struct, allows ref struct;

    /// <summary>Writes a value, and tells how many octets it was announced to have.</summary>
    public delegate bool Writer<T>(in T value, Span<byte> destination, out int written, out int announced)
        where T : struct, allows ref struct;

    /// <summary>Whether two values are equal.</summary>
    public delegate bool Comparer<T>(in T left, in T right)
        where T : struct, allows ref struct;

    /// <summary>Whatever the value, the reader gives it back, or both the reader and the writer refuse it.</summary>
    public abstract void RoundTrips();

    /// <summary>Whatever the octets, they are refused with a reason and nothing is left of them, or the value can be written and is read again.</summary>
    public abstract void TakesAnything();

    /// <param name="source">What values are made of.</param>
    /// <param name="octetsOf">The octets of that, as a peer would put them together.</param>
    /// <param name="create">A value of it.</param>
    /// <param name="read">Its reader.</param>
    /// <param name="write">Its writer.</param>
    /// <param name="equal">Its equality.</param>
    public static WireProperty Of<TSource, T>(
        Gen<TSource> source, Func<TSource, byte[]> octetsOf, Func<TSource, T> create, Reader<T> read, Writer<T> write, Comparer<T> equal)
        where T : struct, allows ref struct =>
        new Typed<TSource, T>(source, octetsOf, create, read, write, equal);

    /// <inheritdoc cref="Of"/>
    public static WireProperty OfNotify<TSource, T>(
        Gen<TSource> source, Func<TSource, byte[]> octetsOf, Func<TSource, T> create, NotifyReader<T> read, Writer<T> write, Comparer<T> equal)
        where T : struct, allows ref struct
    {
        bool ReadWhole(ReadOnlySpan<byte> data, out T value, out int consumed, out WireFailure failure)
        {
            bool isRead = read(data, out value, out failure);
            consumed = isRead ? data.Length : 0;
            return isRead;
        }

        return new Typed<TSource, T>(source, octetsOf, create, ReadWhole, write, equal);
    }

    private sealed class Typed<TSource, T>(
        Gen<TSource> source, Func<TSource, byte[]> octetsOf, Func<TSource, T> create, Reader<T> read, Writer<T> write, Comparer<T> equal) : WireProperty
        where T : struct, allows ref struct
    {
        private const int Largest = 4096;

        public override void RoundTrips() => source.Sample(given =>
        {
            byte[] octets = octetsOf(given);
            T value = create(given);

            byte[] destination = Unwritten();
            bool written = write(value, destination, out int length, out int announced);
            bool isThatValue = read(octets, out T back, out int consumed, out _) && equal(back, value) && consumed == octets.Length;

            Assert.Equal(isThatValue, written);
            Assert.Equal(written ? octets : [], destination[..length]);
            Assert.True(!written || announced == length);
        });

        public override void TakesAnything() => Gen.OneOf(PropertyGenerators.Hostile, source.Select(octetsOf)).Sample(octets =>
        {
            if (!read(octets, out T value, out int consumed, out WireFailure failure))
            {
                Assert.NotEqual(WireFailureKind.None, failure.Kind);
                Assert.InRange(failure.Offset, 0, octets.Length);
                Assert.NotEmpty(failure.Reason);
                Assert.Equal(0, consumed);
                Assert.True(equal(value, default));
                return;
            }

            byte[] destination = Unwritten();
            Assert.Equal(WireFailureKind.None, failure.Kind);
            Assert.InRange(consumed, 0, octets.Length);
            Assert.True(write(value, destination, out int length, out int announced));
            Assert.Equal(announced, length);
            Assert.True(read(destination.AsSpan(0, length), out T again, out int rest, out _));
            Assert.Equal(length, rest);
            Assert.True(equal(again, value));
            Assert.False(length > 0 && write(value, destination.AsSpan(0, length - 1), out _, out _));
        });

        /// <summary>What is reserved or padding must be written, not left as it was.</summary>
        private static byte[] Unwritten()
        {
            byte[] octets = new byte[Largest];
            octets.AsSpan().Fill(0xEE);
            return octets;
        }
    }
}
