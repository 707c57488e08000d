using System.Globalization;
using System.Text;
using YamlDotNet.RepresentationModel;

namespace MobikeX.Protocol.Tests.Vectors;

/// <summary>The notation as one line of text, from generated code on the one side and from a vector's YAML on the other.</summary>
internal sealed class NotationText : INotationWriter
{
    private readonly StringBuilder _text = new();
    private bool _first = true;

    public override string ToString() => _text.ToString();

    /// <summary>The text of a vector's <c>reads</c>: a sequence of parameters or a mapping of fields.</summary>
    public static string Of(YamlNode node)
    {
        var text = new NotationText();
        if (node is YamlSequenceNode parameters)
        {
            foreach (YamlMappingNode parameter in parameters.Children.Cast<YamlMappingNode>())
            {
                text.Fields(parameter);
            }
        }
        else
        {
            text.Fields((YamlMappingNode)node);
        }

        return text.ToString();
    }

    public void Begin(string name, int offset)
    {
        Next(name);
        _text.Append('{');
        _first = true;
    }

    public void End()
    {
        _text.Append('}');
        _first = false;
    }

    public void Flag(string field, bool value)
    {
        if (value)
        {
            Next(field).Append("=true");
        }
    }

    public void Number(string field, ulong value, string? unit) => Value(field, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>By name, but in a list by number, as the notation has versions.</summary>
    public void Registry(string field, ulong value, string? name) =>
        Value(field, field.Length == 0 || name is null ? value.ToString(CultureInfo.InvariantCulture) : name);

    public void Address(string field, IpAddress value) => Value(field, value.ToString());

    public void Octets(string field, ReadOnlySpan<byte> value) => Value(field, Convert.ToHexStringLower(value));

    public void BeginList(string field)
    {
        Next(field).Append("=[");
        _first = true;
    }

    public void EndList()
    {
        _text.Append(']');
        _first = false;
    }

    private void Fields(YamlMappingNode fields)
    {
        foreach ((YamlNode key, YamlNode value) in fields.Children)
        {
            string name = key.ToString();
            switch (value)
            {
                case YamlMappingNode nested:
                    Begin(name, 0);
                    Fields(nested);
                    End();
                    break;
                case YamlSequenceNode list:
                    BeginList(name);
                    foreach (string item in VectorHex.Items(list))
                    {
                        Value(string.Empty, item);
                    }

                    EndList();
                    break;
                default:
                    Value(name, VectorHex.Expand(value.ToString()));
                    break;
            }
        }
    }

    private void Value(string field, string value)
    {
        Next(field);
        _text.Append(field.Length == 0 ? string.Empty : "=").Append(value);
    }

    private StringBuilder Next(string name)
    {
        if (!_first)
        {
            _text.Append(' ');
        }

        _first = false;
        return _text.Append(name);
    }
}
