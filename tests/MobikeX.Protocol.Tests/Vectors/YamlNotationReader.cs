using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace MobikeX.Protocol.Tests.Vectors;

/// <summary>Gives the fields of a vector to the generated code that writes them as octets.</summary>
internal sealed class YamlNotationReader(YamlMappingNode node, string path) : INotationReader
{
    private readonly Dictionary<string, YamlNode> _left = node.Children.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value);

    /// <summary>What was wrong, the fields' own readers included.</summary>
    public List<string> Errors { get; private init; } = [];

    public static YamlNotationReader Empty { get; } = new(new YamlMappingNode(), string.Empty);

    public bool TryFlag(string field, out bool value)
    {
        value = false;
        return !_left.Remove(field, out YamlNode? given) || bool.TryParse(given.ToString(), out value) || Wrong(field);
    }

    public bool TryNumber(string field, ulong minimum, ulong maximum, bool required, out ulong value)
    {
        value = 0;
        return _left.Remove(field, out YamlNode? given)
            ? (Number(given.ToString(), out value) && value >= minimum && value <= maximum) || Wrong(field)
            : !required || Wrong(field);
    }

    public bool TryRegistry(string field, string[] names, ulong[] values, ulong maximum, bool required, out ulong value)
    {
        value = 0;
        return _left.Remove(field, out YamlNode? given)
            ? Named(given.ToString(), names, values, maximum, out value) || Wrong(field)
            : !required || Wrong(field);
    }

    public bool TryAddress(string field, out IpAddress value)
    {
        value = default;
        return (_left.Remove(field, out YamlNode? given) && IpAddress.TryParse(given.ToString(), out value)) || Wrong(field);
    }

    public bool TryOctets(string field, bool required, out byte[] value)
    {
        bool given = _left.Remove(field, out YamlNode? octets);
        value = given ? Convert.FromHexString(VectorHex.Expand(octets!.ToString())) : [];
        return given || !required || Wrong(field);
    }

    public bool TryList(string field, string[] names, ulong[] values, ulong maximum, bool required, out ulong[] value)
    {
        value = [];
        if (!_left.Remove(field, out YamlNode? given))
        {
            return !required || Wrong(field);
        }

        List<ulong> items = [];
        foreach (string item in VectorHex.Items((YamlSequenceNode)given))
        {
            if (!Named(item, names, values, maximum, out ulong number))
            {
                return Wrong(field);
            }

            items.Add(number);
        }

        value = [.. items];
        return true;
    }

    public bool TryNested(string field, bool required, out INotationReader? value)
    {
        value = _left.Remove(field, out YamlNode? given) ? new YamlNotationReader((YamlMappingNode)given, $"{path}.{field}") { Errors = Errors } : null;
        return value is not null || !required || Wrong(field);
    }

    public bool TryNestedList(string field, bool required, out INotationReader[] value)
    {
        value = _left.Remove(field, out YamlNode? given)
            ? [.. ((YamlSequenceNode)given).Children.Select(item => new YamlNotationReader((YamlMappingNode)item, $"{path}.{field}") { Errors = Errors })]
            : [];
        return given is not null || !required || Wrong(field);
    }

    public void Reject(in WireFailure failure) => Errors.Add($"{path}: {failure}");

    public bool Finish(string[] fields)
    {
        Errors.AddRange(_left.Keys.Select(field => $"{path}.{field}: none of {string.Join(", ", fields)}"));
        return Errors.Count == 0;
    }

    private static bool Named(string text, string[] names, ulong[] values, ulong maximum, out ulong value)
    {
        int index = Array.IndexOf(names, text);
        value = index < 0 ? 0 : values[index];
        return index >= 0 || (Number(text, out value) && value <= maximum);
    }

    private static bool Number(string text, out ulong value) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private bool Wrong(string field)
    {
        Errors.Add($"{path}.{field}");
        return false;
    }
}
