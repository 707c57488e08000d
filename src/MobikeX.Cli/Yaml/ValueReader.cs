using System.Globalization;
using MobikeX.Engine;
using MobikeX.Runtime;

namespace MobikeX.Cli.Yaml;

/// <summary>Reads the single values of a file; a wrong one is a fault at its place, and null or an empty list.</summary>
internal sealed class ValueReader(Faults faults)
{
    private static readonly (string Suffix, double Milliseconds)[] Units = [("ms", 1), ("s", 1000), ("m", 60_000), ("min", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

    /// <summary>The largest whole number that every reader of JSON has.</summary>
    private const ulong MostOfAnAmount = (1UL << 53) - 1;

    public Faults Faults { get; } = faults;

    public IpAddress? Address(YamlValue value)
    {
        if (value is YamlScalar scalar && IpAddress.TryParse(scalar.Text, out IpAddress address))
        {
            return address;
        }

        Faults.Add(value, $"an IPv4 or IPv6 address is expected, found {value.Kind}");
        return null;
    }

    /// <summary>Addresses in a list; one alone may stand without brackets.</summary>
    public IReadOnlyList<IpAddress> Addresses(YamlValue value)
    {
        var found = new List<IpAddress>();
        foreach (YamlValue item in value is YamlSequence list ? list.Items : [value])
        {
            if (Address(item) is { } address)
            {
                found.Add(address);
            }
        }

        return found;
    }

    public AddressPrefix? Prefix(YamlValue value)
    {
        if (value is YamlScalar scalar && AddressPrefix.TryParse(scalar.Text, out AddressPrefix prefix))
        {
            return prefix;
        }

        Faults.Add(value, $"an address or a prefix such as 192.0.2.0/24 is expected, found {value.Kind}");
        return null;
    }

    public IReadOnlyList<AddressPrefix>? Prefixes(YamlValue? value)
    {
        if (value is null)
        {
            return null;
        }

        var found = new List<AddressPrefix>();
        foreach (YamlValue item in value is YamlSequence list ? list.Items : [value])
        {
            if (Prefix(item) is { } prefix)
            {
                found.Add(prefix);
            }
        }

        return found;
    }

    /// <summary>An SPI of so many octets, in hexadecimal digits.</summary>
    public ulong? Spi(YamlValue value, int octets)
    {
        if (value is YamlScalar scalar)
        {
            string digits = scalar.Text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? scalar.Text[2..] : scalar.Text;
            if (digits.Length == octets * 2 && ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong spi))
            {
                return spi;
            }
        }

        Faults.Add(value, $"an SPI of {octets * 2} hexadecimal digits is expected, found {value.Kind}");
        return null;
    }

    public int? Number(YamlValue value, int minimum, int maximum, string what)
    {
        if (value is YamlScalar scalar
            && int.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number >= minimum && number <= maximum)
        {
            return number;
        }

        Faults.Add(value, $"{what} is a number from {minimum} to {maximum}, found {value.Kind}");
        return null;
    }

    /// <summary>The number under a key; the other one where the key is left out or the number is wrong.</summary>
    public int Number(MappingReader mapping, string key, int minimum, int maximum, int otherwise) =>
        mapping.Take(key) is { } value && Number(value, minimum, maximum, key) is { } number ? number : otherwise;

    /// <summary>An amount under a key, of octets or packets; 0 where it is left out or wrong.</summary>
    public ulong Amount(MappingReader mapping, string key)
    {
        if (mapping.Take(key) is not { } value)
        {
            return 0;
        }

        if (value is YamlScalar scalar && ulong.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong amount) && amount <= MostOfAnAmount)
        {
            return amount;
        }

        Faults.Add(value, $"{key} is a number from 0 to {MostOfAnAmount}, found {value.Kind}");
        return 0;
    }

    /// <summary>A number that need not be whole.</summary>
    public double? Factor(YamlValue value, double minimum, double maximum, string what)
    {
        if (value is YamlScalar scalar
            && double.TryParse(scalar.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            && number >= minimum && number <= maximum)
        {
            return number;
        }

        Faults.Add(value, string.Create(CultureInfo.InvariantCulture, $"{what} is a number from {minimum} to {maximum}, found {value.Kind}"));
        return null;
    }

    public IReadOnlyList<int> Numbers(YamlValue value, int minimum, int maximum, string what)
    {
        var found = new List<int>();
        foreach (YamlValue item in value is YamlSequence list ? list.Items : [value])
        {
            if (Number(item, minimum, maximum, what) is { } number)
            {
                found.Add(number);
            }
        }

        return found;
    }

    public bool Flag(YamlValue? value, string what, bool otherwise = false)
    {
        switch (value)
        {
            case null:
                return otherwise;
            case YamlScalar { Text: "false" }:
                return false;
            case YamlScalar { Text: "true" }:
                return true;
            default:
                Faults.Add(value, $"{what} is true or false, found {value.Kind}");
                return false;
        }
    }

    /// <summary>A duration such as 30s, 500ms or 2m; a number alone counts seconds.</summary>
    public TimeSpan? Duration(YamlValue value)
    {
        if (value is YamlScalar scalar)
        {
            string text = scalar.Text.Replace(" ", string.Empty, StringComparison.Ordinal);
            string number = text.TrimEnd("abcdefghijklmnopqrstuvwxyz".ToCharArray());
            string suffix = number.Length == text.Length ? "s" : text[number.Length..];
            foreach ((string unit, double milliseconds) in Units)
            {
                if (unit == suffix
                    && double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double amount)
                    && amount * milliseconds <= TimeSpan.FromDays(365_000).TotalMilliseconds)
                {
                    return TimeSpan.FromMilliseconds(amount * milliseconds);
                }
            }
        }

        Faults.Add(value, $"a duration such as 30s, 500ms or 2m is expected, found {value.Kind}");
        return null;
    }

    /// <summary>The duration under a key; the other one where the key is left out or the duration is wrong.</summary>
    public TimeSpan Duration(MappingReader mapping, string key, TimeSpan otherwise) =>
        mapping.Take(key) is { } value && Duration(value) is { } duration ? duration : otherwise;

    /// <summary>The age at which an SA is rekeyed, zero for never, and the one at which it ends where it was not; zero for never, which it is where nothing is said.</summary>
    public (TimeSpan Rekey, TimeSpan Life) Lifetimes(MappingReader mapping, TimeSpan usualRekey)
    {
        const string Life = "life-time";
        (TimeSpan rekey, TimeSpan life) = (Duration(mapping, "rekey-time", usualRekey), Duration(mapping, Life, TimeSpan.Zero));
        if (life > TimeSpan.Zero && life < rekey)
        {
            Faults.Add(mapping.Take(Life)!, string.Create(CultureInfo.InvariantCulture, $"{Life} is less than rekey-time, which is {rekey.TotalSeconds}s: the SA would end before it is rekeyed"));
        }

        return (rekey, life);
    }

    /// <summary>As <see cref="Duration(MappingReader, string, TimeSpan)"/>, where no time at all means nothing.</summary>
    public TimeSpan PositiveDuration(MappingReader mapping, string key, TimeSpan otherwise)
    {
        TimeSpan duration = Duration(mapping, key, otherwise);
        if (duration == TimeSpan.Zero)
        {
            Faults.Add(mapping.Take(key)!, $"{key} is longer than no time");
        }

        return duration;
    }

    /// <summary>Texts in a list, each read by the reader of its kind; one alone may stand without brackets.</summary>
    public IReadOnlyList<T> Parsed<T>(YamlValue? value, TextParser<T> parse)
    {
        var found = new List<T>();
        foreach (YamlValue item in value is YamlSequence list ? list.Items : value is null ? [] : [value])
        {
            if (item is not YamlScalar { IsNull: false } scalar)
            {
                Faults.Add(item, $"a single value is expected, found {item.Kind}");
            }
            else if (parse(scalar.Text, out T read, out string fault))
            {
                found.Add(read);
            }
            else
            {
                Faults.Add(item, fault);
            }
        }

        return found;
    }

    /// <summary>Those of the names that a list has; one alone may stand without brackets.</summary>
    public IReadOnlyList<string> AnyOf(YamlValue? value, string what, IReadOnlyList<string> names) =>
        [.. (value is YamlSequence list ? list.Items : value is null ? [] : [value]).Select(item => OneOf(item, what, names)).OfType<string>()];

    /// <summary>One of the names, without regard to case; the name as it is known.</summary>
    public string? OneOf(YamlValue value, string what, IReadOnlyList<string> names)
    {
        if (MappingReader.ScalarText(value, what, Faults) is not { } text)
        {
            return null;
        }

        string? known = names.FirstOrDefault(name => string.Equals(name, text, StringComparison.OrdinalIgnoreCase));
        if (known is null)
        {
            Faults.Add(value, $"'{text}' is no {what}{NearestName.Hint(text, names)}");
        }

        return known;
    }

    /// <summary>A list of texts, for keys that only other commands read.</summary>
    public void Names(YamlValue? value, string what)
    {
        if (value is null)
        {
            return;
        }

        if (value is not YamlSequence list)
        {
            Faults.Add(value, $"{what} is a list of ids, found {value.Kind}");
            return;
        }

        foreach (YamlValue item in list.Items)
        {
            MappingReader.ScalarText(item, $"an id of {what}", Faults);
        }
    }
}

/// <summary>Reads a text of one kind; where it is wrong, says why.</summary>
internal delegate bool TextParser<T>(string? text, out T value, out string fault);
