using MobikeX.Protocol;

namespace MobikeX.Engine;

/// <summary>Finds the ID of a notify that cannot be read as a whole, so that its answer carries it (section 10).</summary>
internal static class ReadableId
{
    /// <summary>The identifier, where exactly one ID parameter can be read.</summary>
    public static ushort? Of(ReadOnlySpan<byte> data)
    {
        ushort? id = null;
        foreach (AnyParameter parameter in new ParameterEnumerator(data))
        {
            if (parameter.TryGetId(out IdParameter found))
            {
                if (id is not null)
                {
                    return null;
                }

                id = found.Identifier;
            }
        }

        return id;
    }
}
