using System.Globalization;
using System.Text.Json;

namespace Aiops.Pipeline.Intake.Formats;

/// <summary>
/// Members as senders really write them: absent, null and of a wrong kind all read as "not said", so that an optional
/// member can never lose an alarm. Where several names are given, the first that is said counts.
/// </summary>
internal static class JsonMembers
{
    private const int ShownKeys = 12;
    private const int ShownCharacters = 40;

    public static bool Has(this JsonElement element, string name)
        => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out _);

    public static JsonElement Member(this JsonElement element, params ReadOnlySpan<string> names)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var name in names)
            {
                if (element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null)
                {
                    return value;
                }
            }
        }

        return default;
    }

    /// <summary>A text that says something; null otherwise.</summary>
    public static string? Text(this JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (element.Member(name).AsText() is { } text)
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>A text, or a number or truth value as its text: for account numbers, tags and the like.</summary>
    public static string? Scalar(this JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (element.Member(name).AsScalar() is { } text)
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>A finite number, be it written as a text.</summary>
    public static double? Number(this JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (element.Member(name).AsNumber() is { } number)
            {
                return number;
            }
        }

        return null;
    }

    public static string? AsText(this JsonElement value)
        => value.ValueKind == JsonValueKind.String && value.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    public static string? AsScalar(this JsonElement value)
        => value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False ? value.GetRawText() : value.AsText();

    public static double? AsNumber(this JsonElement value)
    {
        var said = value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetDouble(out var number) => number,
            JsonValueKind.String when double.TryParse(
                value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            _ => double.NaN,
        };
        return double.IsFinite(said) ? said : null;
    }

    /// <summary>The elements of an array; none for anything else.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement value)
        => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    public static IEnumerable<JsonElement> Items(this JsonElement element, params ReadOnlySpan<string> names)
        => element.Member(names).Items();

    /// <summary>
    /// Names and values, from <c>{"a":"b"}</c> or from a list of <c>{"name":"a","value":"b"}</c> in AWS's spellings; the first
    /// <see cref="TriggerLimits.Count"/> of them, so that looking a name up stays cheap whatever was sent.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Pairs(this JsonElement value)
    {
        var pairs = new Dictionary<string, string>();
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in value.EnumerateObject().Take(TriggerLimits.Count))
            {
                if (property.Value.AsScalar() is { } text)
                {
                    pairs[property.Name] = text;
                }
            }
        }

        foreach (var item in value.Items().Take(TriggerLimits.Count))
        {
            if (item.Text("name", "Name", "key", "Key") is { } name && item.Scalar("value", "Value") is { } text)
            {
                pairs[name] = text;
            }
        }

        return pairs;
    }

    /// <summary>A found value in the words of a reason; never long.</summary>
    public static string Describe(this JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined => "nothing",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => $"the text {value.GetString()!.Quoted(ShownCharacters)}",
        JsonValueKind.Number => $"the number {value.GetRawText().Quoted(ShownCharacters).Trim('"')}",
        _ => value.GetRawText(),
    };

    public static string DescribeKeys(this JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return $"found {element.Describe()}";
        }

        var keys = element.EnumerateObject().Take(ShownKeys + 1).Select(property => property.Name.Quoted(ShownCharacters)).ToList();
        return keys.Count switch
        {
            0 => "the object is empty",
            > ShownKeys => $"keys seen are {string.Join(", ", keys.Take(ShownKeys))} and more",
            _ => $"keys seen are {string.Join(", ", keys)}",
        };
    }

    /// <summary>A sender's text within a sentence of ours: quoted, on one line, cut to a length.</summary>
    public static string Quoted(this string text, int length)
    {
        var shown = text.Length > length ? text.AsSpan(0, length) : text;
        return $"\"{string.Concat(shown.ToString().Select(Printable))}{(text.Length > length ? "…" : "")}\"";
    }

    private static char Printable(char c)
        => char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' ? '�' : c;
}
