using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Model;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>The structs that a union may be, each told from every other by its constants.</summary>
internal sealed class UnionMembers(DiagnosticBag diagnostics)
{
    private readonly List<UnionMemberModel> _members = [];
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private bool _faulty;

    /// <summary>Adds a member; null where its struct is at fault, which is reported.</summary>
    public void Add(YamlScalar name, (TypeRef Type, StructModel Model)? member)
    {
        if (member is not { } found || !IsNew(name, found.Type))
        {
            _faulty = true;
            return;
        }

        EquatableArray<OctetTest> tests = Constants(found.Model).ToEquatableArray();
        UnionMemberModel? same = _members.Find(other => !Differ(other.Tests, tests));
        if (tests.Count == 0 || same is not null)
        {
            diagnostics.Report(WireRules.UnionMember, name, name.Value, same is null ? "the other members" : $"'{same.Definition.Info.Name}'");
            _faulty = true;
            return;
        }

        _members.Add(new UnionMemberModel(found.Type, found.Model, tests));
    }

    /// <summary>Adds the member that stands for all that no other is.</summary>
    public void AddOtherwise(YamlScalar name, (TypeRef Type, StructModel Model)? member)
    {
        if (member is { } found && IsNew(name, found.Type))
        {
            _members.Add(new UnionMemberModel(found.Type, found.Model, default));
        }
        else
        {
            _faulty = true;
        }
    }

    public StructModel? Union(ElementInfo info)
    {
        if (_faulty || _members.Count == 0)
        {
            return null;
        }

        int? length = _members[0].Definition.FixedLength;
        return new StructModel(
            info,
            StructKind.Union,
            ByteOrder.BigEndian,
            IsView: true,
            _members.Min(member => member.Definition.MinimumLength),
            _members.All(member => member.Definition.FixedLength == length) ? length : null,
            default,
            string.Empty,
            Told().ToEquatableArray());
    }

    /// <summary>The members with no more tests than tell them apart: what else is constant is checked when the member is read, and then has a name.</summary>
    private List<UnionMemberModel> Told()
    {
        int furthest = _members.SelectMany(member => member.Tests).Select(test => test.Octet).DefaultIfEmpty().Max();
        for (int last = 0; last < furthest; last++)
        {
            List<UnionMemberModel> members = [.. _members.Select(member => member with { Tests = member.Tests.Where(test => test.Octet <= last).ToEquatableArray() })];
            List<UnionMemberModel> tested = [.. members.Where((_, index) => _members[index].Tests.Count > 0)];
            if (tested.All(member => member.Tests.Count > 0 && tested.All(other => other == member || Differ(member.Tests, other.Tests))))
            {
                return members;
            }
        }

        return _members;
    }

    private bool IsNew(YamlScalar name, TypeRef type)
    {
        if (_names.Add(type.ClrName))
        {
            return true;
        }

        diagnostics.Report(WireRules.UnionMember, name, name.Value, "itself, which is a member already");
        return false;
    }

    private static bool Differ(EquatableArray<OctetTest> left, EquatableArray<OctetTest> right) =>
        left.Any(one => right.Any(other => one.Octet == other.Octet && ((one.Value ^ other.Value) & one.Mask & other.Mask) != 0));

    /// <summary>The bits that every value of the struct has in common, as far as all before them is fixed.</summary>
    private static IEnumerable<OctetTest> Constants(StructModel model)
    {
        Dictionary<int, (int Mask, int Value)> octets = [];
        int bit = 0;
        foreach (FieldModel field in model.Fields)
        {
            if (field.CountBits() is not { } bits)
            {
                if (field is not OctetsField { SizeField: null, Rest: false } fixedOctets)
                {
                    break;
                }

                bit += fixedOctets.Minimum * 8;
                continue;
            }

            if (field is ConstantField constant)
            {
                for (int i = 0; i < bits; i++)
                {
                    int at = Place(model.ByteOrder, bit, bits, i);
                    int mask = 0x80 >> (at % 8);
                    octets.TryGetValue(at / 8, out (int Mask, int Value) octet);
                    bool isSet = ((constant.Value >> (bits - 1 - i)) & 1) != 0;
                    octets[at / 8] = (octet.Mask | mask, octet.Value | (isSet ? mask : 0));
                }
            }

            bit += bits;
        }

        return octets.OrderBy(octet => octet.Key).Select(octet => new OctetTest(octet.Key, octet.Value.Mask, octet.Value.Value));
    }

    /// <summary>Where the bit <paramref name="index"/> of a number, counted from its most significant, stands on the wire.</summary>
    private static int Place(ByteOrder order, int start, int bits, int index)
    {
        if (order == ByteOrder.BigEndian || bits <= 8)
        {
            return start + index;
        }

        int last = (bits / 8) - 1;
        return start + ((last - (index / 8)) * 8) + (index % 8);
    }
}
