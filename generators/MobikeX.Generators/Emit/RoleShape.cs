using MobikeX.Generators.Binding;
using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <summary>A role as C# sees it.</summary>
internal sealed class RoleShape
{
    // Members that no user sees, so that a role of the same name steps aside. What users see no role is named after.
    private static readonly HashSet<string> MemberNames = new(StringComparer.Ordinal)
    {
        "Check", "Failure", "FailureIn", "FailureOf", "FailureOfType", "FailureToUnderstand", "IsUnderstood", "TryReadInPlace",
    };

    private static readonly HashSet<string> LocalNames = new(StringComparer.Ordinal)
    {
        "data", "value", "failure", "offset", "length", "source", "octets", "written", "destination", "parameter", "writer", "other",
    };

    private StructShape? _shape;

    public RoleShape(RoleModel model, TypeScope scope)
    {
        Model = model;
        string clr = model.Info.ClrName;
        ParameterType = scope.Use(model.ParameterType);
        Property = CSharpText.Identifier(MemberNames.Contains(clr) || NamesInCode.IsAsked(clr) || clr == model.ParameterType.ClrName ? clr + "Role" : clr);
        string camel = CSharpText.CamelCase(clr);
        Parameter = CSharpText.Identifier(camel);
        LocalStem = LocalNames.Contains(camel) ? camel + "Role" : camel;
        Storage = "_" + camel;
        Has = "_has" + clr;
        OffsetStorage = "_" + camel + "Offset";
    }

    public RoleModel Model { get; }

    /// <summary>True where at most one may stand, and its value needs no view.</summary>
    public bool IsProperty => Model.Maximum == 1 && !Model.Parameter.IsView;

    public string ParameterType { get; }

    /// <summary>True where it stands exactly once, so that its value is always there.</summary>
    public bool IsRequired => IsProperty && Model.Minimum == 1;

    public string Type => IsRequired ? ParameterType : ParameterType + "?";

    public string Property { get; }

    public string Parameter { get; }

    public string LocalStem { get; }

    /// <summary>The field that keeps the value: the reader writes straight to it, since copies are what reading costs.</summary>
    public string Storage { get; }

    /// <summary>What tells in the notify that the parameter is there.</summary>
    public string Has { get; private set; }

    /// <summary>The field that remembers where the parameter was read, for failures that are found later.</summary>
    public string OffsetStorage { get; private set; }

    /// <summary>Steps aside where another role is kept under the name.</summary>
    public void KeepApart(IReadOnlyList<RoleShape> others)
    {
        while (others.Any(other => other.Storage == Has || (other != this && other.OffsetStorage == Has)))
        {
            Has += "Value";
        }

        while (others.Any(other => other.Storage == OffsetStorage))
        {
            OffsetStorage += "Value";
        }
    }

    public bool NeedsOffset(NotifyModel notify) =>
        !notify.IsView && (StructEmitter.MayNotBeUnderstood(Model.Parameter) || IsLocated(notify));

    /// <summary>True where a rule across parameters may be broken at this one.</summary>
    public bool IsLocated(NotifyModel notify) =>
        IsProperty && notify.Rules.Any(rule => rule.Kind != RuleKind.SomePresent && rule.Terms.Any(term => term.Role == Model.Info.ClrName));

    /// <summary>Where the parameter keeps a flag.</summary>
    public (FlagSet? Set, ulong Mask) Flag(string clrName) => (FieldOf(clrName).FlagSet, FieldOf(clrName).FlagMask);

    /// <summary>What the property of the parameter for a field is called.</summary>
    public string PropertyOf(string clrName) => FieldOf(clrName).Property;

    private FieldShape FieldOf(string clrName) =>
        (_shape ??= new StructShape(Model.Parameter, ParameterType, new TypeScope(string.Empty))).Field(clrName);
}
