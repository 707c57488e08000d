namespace MobikeX.Requirements;

/// <summary>
/// Names a requirement of the draft that a test shows, by its id in <c>spec/requirements.yaml</c>.
/// <c>mobikex requirements</c> reads it from the source, so the id is written out: one attribute an id, one literal each.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public sealed class RequirementAttribute(string id) : Attribute
{
    public string Id { get; } = id;
}
