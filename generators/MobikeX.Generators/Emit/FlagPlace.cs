using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <summary>Where a flag stands in every value of a struct: an octet, and its bit there.</summary>
internal sealed record FlagPlace(int Octet, int Mask)
{
    /// <summary>The place; null where a field before it has no fixed length, or an octet order of its own.</summary>
    public static FlagPlace? Of(StructModel model, string flag)
    {
        if (model.ByteOrder != ByteOrder.BigEndian)
        {
            return null;
        }

        int bit = 0;
        foreach (FieldModel field in model.Fields)
        {
            if (field.Info.ClrName == flag)
            {
                return new FlagPlace(bit / 8, 0x80 >> (bit % 8));
            }

            if (field.CountBits() is not int bits)
            {
                return null;
            }

            bit += bits;
        }

        return null;
    }
}
