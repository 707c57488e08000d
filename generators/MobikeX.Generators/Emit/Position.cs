using System.Globalization;

namespace MobikeX.Generators.Emit;

/// <summary>Where the generated reader or writer is: a number as long as all before has a fixed length, else a variable and a number.</summary>
internal sealed class Position
{
    private int _constant;

    public bool IsVariable { get; private set; }

    /// <summary>The number, where it is one.</summary>
    public int Constant => _constant;

    /// <summary>The expression of an octet <paramref name="ahead"/> of here.</summary>
    public string At(int ahead = 0)
    {
        string number = (_constant + ahead).ToString(CultureInfo.InvariantCulture);
        return !IsVariable ? number : _constant + ahead == 0 ? "offset" : "offset + " + number;
    }

    /// <summary>The span <paramref name="span"/> from here.</summary>
    public string From(string span, int ahead = 0) => At(ahead) == "0" ? span : $"{span}.Slice({At(ahead)})";

    public void Skip(int octets) => _constant += octets;

    /// <summary>Moves on by a number of octets known at run time: makes or changes the variable.</summary>
    public void Advance(CodeBlock code, string octets)
    {
        if (!IsVariable)
        {
            code.Line($"int offset = {(_constant == 0 ? string.Empty : At() + " + ")}{octets};");
            IsVariable = true;
        }
        else
        {
            code.Line(_constant == 0 ? $"offset += {octets};" : $"offset += {_constant.ToString(CultureInfo.InvariantCulture)} + {octets};");
        }

        _constant = 0;
    }

    /// <summary>Makes the position a variable, before statements that change it under a condition.</summary>
    public void Settle(CodeBlock code)
    {
        if (!IsVariable)
        {
            code.Line($"int offset = {At()};");
            IsVariable = true;
        }
        else if (_constant != 0)
        {
            code.Line($"offset += {_constant.ToString(CultureInfo.InvariantCulture)};");
        }

        _constant = 0;
    }
}
