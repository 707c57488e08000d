using System.Reflection;
using System.Runtime.InteropServices;
using MobikeX.Wfp.Interop;

namespace MobikeX.Wfp.Windows;

/// <summary>The structs of the P/Invoke layer are laid out as the C compiler lays out those of the headers.</summary>
public sealed class LayoutTests
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly string[] Compiled = Platform.Layouts.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public void Every_size_and_every_field_is_where_the_compiler_puts_it() => Assert.Equal(Compiled.Order(StringComparer.Ordinal), Ours().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("IpsecTraffic1 72")]
    [InlineData("IpsecSa0 16")]
    [InlineData("IpsecSaBundle1 112")]
    [InlineData("IpsecSaContext1 24")]
    [InlineData("IpsecGetSpi1 96")]
    [InlineData("IpsecSaAuthAndCipherInformation0 64")]
    [InlineData("FwpmFilter0 200")]
    [InlineData("IpsecSaDetails1 224")]
    public void A_size_is_that_of_the_platform(string line) => Assert.Contains(line, Compiled);

    /// <summary>A line a struct and a line a field, in the form of the stand-in's; each struct of the assemblies that the compiler may know under another name is in.</summary>
    private static IEnumerable<string> Ours()
    {
        // The unions that are parts of other structs have no name in the headers.
        Type[] unnamed = [typeof(FwpAddress), typeof(FwpmFilter0.FilterContext)];
        IEnumerable<Type> structs = new[] { typeof(WfpEngine).Assembly, typeof(LayoutTests).Assembly }
            .SelectMany(static assembly => assembly.GetTypes())
            .Where(type => type is { IsValueType: true, IsEnum: false, IsGenericType: false } && type.Name[^1] is not '>' && !unnamed.Contains(type))
            .Where(static type => type.Name.StartsWith("Fwp", StringComparison.Ordinal) || type.Name.StartsWith("Ipsec", StringComparison.Ordinal));
        foreach (Type type in structs)
        {
            yield return $"{type.Name} {Marshal.SizeOf(type)}";
            foreach (FieldInfo field in type.GetFields(Fields))
            {
                Type stored = field.FieldType.IsEnum ? field.FieldType.GetEnumUnderlyingType() : field.FieldType;
                yield return $"{type.Name}.{field.Name} {Marshal.OffsetOf(type, field.Name)} {Marshal.SizeOf(stored)}";
            }
        }
    }
}
