using System.Text;

namespace MobikeX.Generators.Emit;

/// <summary>Statements under construction: keeps the indentation and the blank line after a block.</summary>
internal sealed class CodeBlock
{
    private readonly StringBuilder _text = new();
    private int _depth;
    private bool _blankDue;

    public bool IsEmpty => _text.Length == 0;

    public CodeBlock Line(string text)
    {
        if (_blankDue)
        {
            _text.Append('\n');
            _blankDue = false;
        }

        foreach (string line in text.Split('\n'))
        {
            _text.Append(' ', line.Length == 0 ? 0 : _depth * 4).Append(line).Append('\n');
        }

        return this;
    }

    /// <summary>A blank line, where something stands before it.</summary>
    public CodeBlock Blank()
    {
        _blankDue = _text.Length > 0;
        return this;
    }

    public CodeBlock Open(string head)
    {
        Line(head);
        Line("{");
        _depth++;
        return this;
    }

    public CodeBlock Close()
    {
        _blankDue = false;
        _depth--;
        Line("}");
        _blankDue = true;
        return this;
    }

    /// <summary>Goes on after a block without the blank line: <c>else</c>.</summary>
    public CodeBlock Next(string head)
    {
        _blankDue = false;
        return Open(head);
    }

    /// <summary>A block of one statement.</summary>
    public CodeBlock When(string condition, string statement) => Open($"if ({condition})").Line(statement).Close();

    /// <summary>A label of a switch and what stands under it, deeper by one.</summary>
    public CodeBlock Case(string label, Action<CodeBlock> body)
    {
        _blankDue = false;
        Line(label);
        _depth++;
        body(this);
        _blankDue = false;
        _depth--;
        return this;
    }

    public override string ToString() => _text.ToString().TrimEnd('\n');
}
