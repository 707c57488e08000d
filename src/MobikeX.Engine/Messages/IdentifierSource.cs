namespace MobikeX.Engine;

/// <summary>The numbers that ID parameters carry: different in one message, which is all that they need to be (section 10).</summary>
internal sealed class IdentifierSource
{
    private ushort _last;

    public ushort Next() => unchecked(++_last);
}
