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

    // What a view keeps beside its roles.
    private static readonly HashSet<string> OfView = new(StringComparer.Ordinal) { "_data", "_isRead", "_isUnderstood" };

    /// <summary>What methods are called that tell why a parameter fits no role, before its name.</summary>
    public const string FailureFor = "FailureFor";

    private StructShape? _shape;

    public RoleShape(RoleModel model, TypeScope scope)
    {
        Model = model;
        string clr = model.Info.ClrName;
        ParameterType = scope.Use(model.ParameterType);
        Property = CSharpText.Identifier(MemberNames.Contains(clr) || clr.StartsWith(FailureFor, StringComparison.Ordinal) || LocalNames.HideProperty(clr) || NamesInCode.IsAsked(clr) || clr == model.ParameterType.ClrName ? clr + "Role" : clr);
        string camel = CSharpText.CamelCase(clr);
        Parameter = CSharpText.Identifier(camel);
        LocalStem = camel;
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

    /// <summary>The local for a parameter that is read before its role is known.</summary>
    public string ParameterLocal => CSharpText.Identifier(CSharpText.CamelCase(Model.ParameterType.ClrName));

    public string Type => IsRequired ? ParameterType : ParameterType + "?";

    public string Property { get; }

    public string Parameter { get; }

    public string LocalStem { get; private set; }

    /// <summary>The field that keeps the value: the reader writes straight to it, since copies are what reading costs.</summary>
    public string Storage { get; private set; }

    /// <summary>What tells in the notify that the parameter is there.</summary>
    public string Has { get; private set; }

    /// <summary>The field that remembers where the parameter was read, for failures that are found later.</summary>
    public string OffsetStorage { get; private set; }

    /// <summary>Gives the locals of each role names that no other has.</summary>
    public static void NameLocals(IReadOnlyList<RoleShape> roles)
    {
        IReadOnlyList<string> stems = LocalNames.Stems(
            roles.Select(role => (role.Model.Info.ClrName, new[] { "Count", "Offset", "Read" })),
            "Role",
            roles.SelectMany(role => new[] { role.Property, LengthOf(role.Model.Parameter), FlagsOf(role.Model.Parameter), role.ParameterLocal }));
        for (int i = 0; i < roles.Count; i++)
        {
            roles[i].LocalStem = stems[i];
        }
    }

    /// <summary>The local for the octets of a parameter.</summary>
    public static string LengthOf(StructModel parameter) => CSharpText.CamelCase(StructEmitter.Stem(parameter)) + "Length";

    /// <summary>The local for the flags of a parameter, before it is read.</summary>
    public static string FlagsOf(StructModel parameter) => CSharpText.CamelCase(StructEmitter.Stem(parameter)) + "Flags";

    /// <summary>Steps aside where another role is kept under the name, or given to the constructor, or the notify keeps something else there.</summary>
    public void KeepApart(IReadOnlyList<RoleShape> others)
    {
        while (OfView.Contains(Storage) || others.Any(other => other.Parameter == Storage))
        {
            Storage += "Value";
        }

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
