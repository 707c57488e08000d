using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Model;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>Numbers of a protocol that are no code points: lengths, ports, limits.</summary>
internal sealed class ConstantBinder(ErratumBinder errata, DiagnosticBag diagnostics)
{
    public IEnumerable<ConstantModel> BindAll(SpecScope spec) =>
        spec.All(Section.Constants).Where(d => d.Usable).Select(Read).OfType<ConstantModel>();

    private ConstantModel? Read(Declaration declaration)
    {
        if (KeyReader.Of(declaration.Body, declaration.NameNode, diagnostics) is not { } keys)
        {
            return null;
        }

        ElementInfo info = new ElementReader(declaration.Owner, errata).Read(keys, declaration.NameNode, declaration.ClrName!, needsDoc: true);
        YamlScalar? written = keys.RequireScalar("value");
        string? unit = keys.Scalar("unit")?.Value;
        keys.Finish();
        if (written is null || KeyReader.ParseNumber(written, diagnostics) is not { } value)
        {
            return null;
        }

        if (value > long.MaxValue)
        {
            diagnostics.Report(WireRules.DoesNotFit, written, value, 63, long.MaxValue);
            return null;
        }

        return new ConstantModel(info, (long)value, unit);
    }
}
