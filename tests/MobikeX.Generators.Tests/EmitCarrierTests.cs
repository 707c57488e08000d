using System.Reflection;

namespace MobikeX.Generators.Tests;

/// <summary>What the dispatcher knows of the struct that carries notifies.</summary>
public class EmitCarrierTests
{
    private const string Probe = """
        public static class Probe
        {
            public static int Offset(byte[] octets)
            {
                Demo.Carrier.TryRead(octets, out Demo.Carrier carrier, out _, out MobikeX.Runtime.WireFailure failure);
                Demo.NotifyDispatcher.Describe(in carrier, null!, out failure);
                return failure.Offset;
            }
        }
        """;

    /// <summary>An SPI that a notify does not take is blamed on its size, wherever that stands.</summary>
    [Theory]
    [InlineData("", "0001 04 c1c2c3c4", 2)]
    [InlineData("{ reserved: 8 }, ", "00 0001 04 c1c2c3c4", 3)]
    [InlineData("{ cookie: { octets: 8 } }, ", "0000000000000000 0001 04 c1c2c3c4", 10)]
    [InlineData("{ cookie: { octets: 20 } }, { odd: { octets: 3 } }, ", "0000000000000000000000000000000000000000 000000 0001 04 c1c2c3c4", 25)]
    public void The_size_of_the_SPI_is_found_behind_octets_of_a_fixed_number(string before, string octets, int offset)
    {
        byte[] image = CompiledSpec.Emit(
            SpecCompiler.Compile(SpecSources.Demo($$"""
                registries:
                  KIND: { doc: A kind., width: 16, values: { PING: 1 } }
                structs:
                  CARRIER: { doc: A carrier., fields: [ {{before}}{ type: { registry: KIND } }, { size: { bits: 8 } }, { spi: { octets: { size: size } } }, { data: { octets: rest } } ] }
                notify-payload: { struct: CARRIER, type: type, spi: spi, data: data, registry: KIND }
                notifies:
                  PING: { doc: Asks., spi: none }
                """)),
            Probe);

        object? told = Assembly.Load(image).GetType("Probe")!.GetMethod("Offset")!.Invoke(null, [Convert.FromHexString(octets.Replace(" ", "", StringComparison.Ordinal))]);

        Assert.Equal(offset, told);
    }
}
