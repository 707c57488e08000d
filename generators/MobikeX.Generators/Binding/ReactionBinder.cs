using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Model;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>Reactions: what a kind of failure is answered with.</summary>
internal sealed class ReactionBinder(NameResolver names, ErratumBinder errata, NotifyCarrierBinder carriers, DiagnosticBag diagnostics)
{
    private readonly Dictionary<Declaration, ReactionModel?> _bound = [];

    public IEnumerable<ReactionModel> BindAll(SpecScope spec) => spec.All(Section.Reactions).Select(Bind).OfType<ReactionModel>();

    public ReactionModel? Resolve(SpecScope spec, YamlScalar reference) =>
        names.Resolve(spec, Section.Reactions, reference) is { } declaration ? Bind(declaration) : null;

    private ReactionModel? Bind(Declaration declaration)
    {
        if (!_bound.TryGetValue(declaration, out ReactionModel? model))
        {
            _bound[declaration] = model = declaration.Usable ? Read(declaration) : null;
        }

        return model;
    }

    private ReactionModel? Read(Declaration declaration)
    {
        if (KeyReader.Of(declaration.Body, declaration.NameNode, diagnostics) is not { } keys)
        {
            return null;
        }

        SpecScope spec = declaration.Owner;
        ElementInfo info = new ElementReader(spec, errata).Read(keys, declaration.NameNode, declaration.ClrName!, needsDoc: true);
        YamlScalar? answer = keys.Scalar("answer");
        bool echoesId = keys.Boolean("echo-id");
        bool echoesPayloadType = keys.Boolean("echo-payload-type");
        keys.Finish();
        if (answer is null)
        {
            return new ReactionModel(info, null, null, 0, echoesId, echoesPayloadType);
        }

        if (carriers.TypesFor(spec) is not { } types)
        {
            if (!NotifyCarrierBinder.IsSaid(spec))
            {
                diagnostics.Report(WireRules.NoNotifyPayload, answer);
            }

            return null;
        }

        if (types.Registry.Find(spec, answer.Value) is { } value)
        {
            return new ReactionModel(info, value.Info.Name, types.Registry.Literal(value), (ushort)value.Value, echoesId, echoesPayloadType);
        }

        if (NameResolver.Find(spec, Section.Notifies, answer.Value).Count == 0 && !spec.Closure.Any(s => s.Incomplete))
        {
            diagnostics.Report(WireRules.Unresolved, answer, "notify", answer.Value, Suggestion.For(answer.Value, types.Registry.Names(spec)));
        }

        return null;
    }
}
