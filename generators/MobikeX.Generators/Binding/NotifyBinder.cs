using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Model;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>Notifies: which parameters each carries and how many, or which fields; and the set that a spec's dispatcher knows.</summary>
internal sealed class NotifyBinder(
    ErratumBinder errata,
    StructBinder structs,
    ParameterTypes parameterTypes,
    NotifyCarrierBinder carriers,
    NotifyCodes codes,
    ReactionBinder reactions,
    TraitBinder traits,
    DiagnosticBag diagnostics)
{
    private readonly Dictionary<Declaration, NotifyModel?> _bound = [];
    private readonly RoleBinder _roles = new(errata, structs, diagnostics);
    private readonly RuleBinder _rules = new(diagnostics);
    private readonly ImportClashes _clashes = new(diagnostics);

    /// <summary>Null for a spec without notifies of its own.</summary>
    public NotifySetModel? BindSet(SpecScope spec)
    {
        IReadOnlyList<Declaration> own = spec.All(Section.Notifies);
        foreach (Declaration notify in own)
        {
            Bind(notify);
        }

        // Read, and so checked, in a spec without notifies too: another may import it for its carrier.
        TypeRef? parameterRegistry = parameterTypes.RegistryOf(spec)?.Type;
        if (carriers.TypesFor(spec) is not { } types || carriers.CarrierFor(spec) is not { } carrier || own.Count == 0)
        {
            return null;
        }

        IReadOnlyList<NotifyModel> notifies = Notifies(spec);
        ISet<TypeRef> told = Traits(spec, notifies);
        return new NotifySetModel(
            carrier.Payload,
            carrier.TypeField,
            carrier.SpiField,
            carrier.DataField,
            carrier.SpiSizeOffset,
            types.Registry.Type,
            types.Registry.SeenBy(spec),
            parameterRegistry,
            Parameters(spec).ToEquatableArray(),
            notifies.Select(n => n with { Traits = n.Traits.Where(t => told.Contains(t.Type)).ToEquatableArray() }).OrderBy(n => n.Code).ToEquatableArray());
    }

    private IReadOnlyList<NotifyModel> Notifies(SpecScope spec)
    {
        List<(Declaration Declaration, NotifyModel Model)> all = [.. Known(spec, Section.Notifies, Bind)];

        // What a nearer spec redefines is passed over.
        var found = all.Where(far => !all.Any(near => near.Model.Code == far.Model.Code && near.Declaration.IsNearerThan(far.Declaration)));
        return
        [
            .. _clashes
                .Apart(spec, found, (near, far) => near.Code == far.Code ? $"are both the code {far.Code}" : ImportClashes.SharedName(near.Info.ClrName, far.Info.ClrName))
                .Select(n => n.Model with { Own = n.Declaration.Owner == spec }),
        ];
    }

    private IEnumerable<ParameterModel> Parameters(SpecScope spec) =>
        _clashes.Apart(spec, Known(spec, Section.Parameters, structs.Bind), ParameterTypes.Shared)
            .Select(p => new ParameterModel(new TypeRef(p.Declaration.Owner.Namespace, p.Model.Info.ClrName), p.Model))
            .OrderBy(p => ((ConstantField)p.Definition.Fields[0]).Value);

    /// <summary>The traits that the spec's dispatcher is asked for: its own, and those of imports that a notify states.</summary>
    private HashSet<TypeRef> Traits(SpecScope spec, IEnumerable<NotifyModel> notifies)
    {
        HashSet<TypeRef> stated = [.. notifies.SelectMany(n => n.Traits).Select(t => t.Type)];
        IEnumerable<(Declaration, TypeRef)> asked = spec.Closure
            .SelectMany(s => s.All(Section.Traits))
            .Where(d => d.Usable)
            .Select(d => (d, TraitBinder.TypeOf(d)))
            .Where(t => t.d.Owner == spec || stated.Contains(t.Item2));
        return [.. _clashes.Apart(spec, asked, (near, far) => ImportClashes.SharedName(near.ClrName, far.ClrName)).Select(t => t.Model)];
    }

    /// <summary>What a spec and its imports declare, nearest first, without what is at fault.</summary>
    private static IEnumerable<(Declaration Declaration, T Model)> Known<T>(SpecScope spec, Section section, Func<Declaration, T?> bind)
        where T : class =>
        from declaration in spec.Closure.SelectMany(s => s.All(section))
        let model = bind(declaration)
        where model is not null
        select (declaration, model);

    private NotifyModel? Bind(Declaration declaration)
    {
        if (!_bound.TryGetValue(declaration, out NotifyModel? model))
        {
            _bound[declaration] = model = declaration.Usable ? Read(declaration) : null;
        }

        return model;
    }

    private NotifyModel? Read(Declaration declaration)
    {
        SpecScope spec = declaration.Owner;
        if (KeyReader.Of(declaration.Body, declaration.NameNode, diagnostics) is not { } keys)
        {
            return null;
        }

        ElementInfo info = new ElementReader(spec, errata).Read(keys, declaration.NameNode, declaration.ClrName!, needsDoc: true);
        keys.Know("code", "redefines");
        NotifyCode? code = codes.Of(declaration);
        NotifyClass notifyClass = ReadClass(spec, keys, code);
        bool spiAllowed = keys.Word("spi", "allowed", "allowed", "none") == "allowed";
        bool ignoresData = keys.Word("data", "", "ignored") == "ignored";
        ReactionModel? malformed = keys.Scalar("malformed") is { } reaction ? reactions.Resolve(spec, reaction) : null;
        EquatableArray<TraitValueModel> stated = (keys.Mapping("traits") is { } mapping ? traits.Resolve(spec, mapping) : []).ToEquatableArray();
        CheckOneKindOfData(keys, declaration.NameNode);

        YamlMapping? parameters = keys.Mapping("parameters");
        List<RoleModel>? roles = parameters is null ? [] : _roles.Read(spec, info, parameters, stated);
        YamlNode? fields = keys.Take("fields");
        StructModel? data = fields is null ? null : structs.ReadFields(spec, info, fields, StructKind.Struct, ByteOrder.BigEndian, ["Type", .. stated.Select(t => t.Trait.ClrName)]);
        IReadOnlyList<YamlNode> rules = keys.Items("rules");
        keys.Finish();
        if (code is null || roles is null || (fields is not null && data is null))
        {
            return null;
        }

        return new NotifyModel(
            info,
            new TypeRef(spec.Namespace, info.ClrName),
            Own: true,
            code.Number,
            code.Literal,
            notifyClass,
            roles.ToEquatableArray(),
            data,
            ignoresData,
            spiAllowed,
            IsView: data?.IsView ?? roles.Any(r => r.Maximum != 1 || r.Parameter.IsView),
            rules.Select(r => _rules.Read(r, declaration.NameNode, roles, new ElementReader(spec, errata))).OfType<RuleModel>().ToEquatableArray(),
            stated,
            malformed);
    }

    private NotifyClass ReadClass(SpecScope spec, KeyReader keys, NotifyCode? code)
    {
        string written = keys.Word("class", "", "status", "error");
        if (code is null || carriers.TypesFor(spec)?.Errors is not { } errors)
        {
            return written == "error" ? NotifyClass.Error : NotifyClass.Status;
        }

        string real = errors.First <= code.Number && code.Number <= errors.Last ? "error" : "status";
        if (written.Length > 0 && written != real)
        {
            diagnostics.Report(WireRules.NotifyClass, keys.Scalar("class")!, code.Number, real, written);
        }

        return real == "error" ? NotifyClass.Error : NotifyClass.Status;
    }

    private void CheckOneKindOfData(KeyReader keys, YamlScalar name)
    {
        List<string> given = [.. new[] { "parameters", "fields", "data" }.Where(keys.Has)];
        if (given.Count > 1)
        {
            diagnostics.Report(WireRules.NotifyData, name, string.Join(" and ", given));
        }
    }
}
