using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Model;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>Fields of an <c>address</c>, whose family is fixed, another field's value, or told by the length of the struct.</summary>
internal sealed class AddressFieldBinder(DiagnosticBag diagnostics)
{
    public AddressField? Bind(ElementInfo info, KeyReader keys, FieldList before)
    {
        YamlNode node = keys.Take("address")!;
        if (node is YamlScalar { IsNull: false })
        {
            FixedFamily family = keys.Word("address", "", "IPv4", "IPv6") switch
            {
                "IPv4" => FixedFamily.IPv4,
                "IPv6" => FixedFamily.IPv6,
                _ => FixedFamily.None,
            };
            return family == FixedFamily.None ? null : new AddressField(info, null, null, null, family, null);
        }

        if (KeyReader.Of(node, node, diagnostics) is not { } families)
        {
            return null;
        }

        AddressField? field = families.Has("by-length")
            ? BindAddressByLength(info, families)
            : BindAddressByField(info, families, before);
        families.Finish();
        return field;
    }

    private AddressField? BindAddressByLength(ElementInfo info, KeyReader families)
    {
        YamlNode node = families.Take("by-length")!;
        if (KeyReader.Of(node, node, diagnostics) is not { } lengths)
        {
            return null;
        }

        bool both = lengths.Require("IPv4") is not null & lengths.Require("IPv6") is not null;
        int? four = lengths.SmallNumber("IPv4", OctetsFieldBinder.MaximumOctets);
        int? six = lengths.SmallNumber("IPv6", OctetsFieldBinder.MaximumOctets);
        lengths.Finish();
        return both && four is not null && six is not null
            ? new AddressField(info, null, null, null, FixedFamily.None, new LengthPair(four.Value, six.Value))
            : null;
    }

    private AddressField? BindAddressByField(ElementInfo info, KeyReader families, FieldList before)
    {
        YamlScalar? by = families.RequireScalar("by");
        YamlScalar? four = families.Scalar("IPv4");
        YamlScalar? six = families.Scalar("IPv6");
        if (by is null)
        {
            return null;
        }

        if (four is null && six is null)
        {
            families.Require("IPv4");
            return null;
        }

        if (before.Derive<RegistryField>(by, info.Name, "a field with a registry", shared: true) is not { } family)
        {
            return null;
        }

        string? literalFour = FamilyLiteral(four, family);
        string? literalSix = FamilyLiteral(six, family);
        return (four is null) == (literalFour is null) && (six is null) == (literalSix is null)
            ? new AddressField(info, family.Info.ClrName, literalFour, literalSix, FixedFamily.None, null)
            : null;
    }

    private string? FamilyLiteral(YamlScalar? name, RegistryField family)
    {
        if (name is null)
        {
            return null;
        }

        if (family.Definition.Values.FirstOrDefault(v => v.Info.Name == name.Value) is { } value)
        {
            return family.Registry.ValueNamed(value.Info.ClrName);
        }

        IEnumerable<string> values = family.Definition.Values.Select(v => v.Info.Name);
        diagnostics.Report(WireRules.Unresolved, name, $"value of {family.Definition.Info.Name}", name.Value, Suggestion.For(name.Value, values));
        return null;
    }
}
