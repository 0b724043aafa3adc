using System.Text.Json;

namespace Aiops.Pipeline.Reason.Models;

/// <summary>The members of one JSON object, each read by its kind; what is wrong with one is a problem, and the rest is read on.</summary>
/// <param name="at">What stands before a member's name in a problem: <c>limits.</c></param>
internal sealed class SettingsMembers(JsonElement element, string at, List<string> problems)
{
    public bool Has(string name) => element.TryGetProperty(name, out _);

    /// <summary>Every member besides these is one too many.</summary>
    public void OnlyKnown(params ReadOnlySpan<string> known)
    {
        foreach (var member in element.EnumerateObject())
        {
            if (!known.Contains(member.Name))
            {
                Problem(member.Name, $"is no setting: take it out, or name one of {string.Join(", ", known.ToArray())}");
            }
        }
    }

    public string? Text(string name)
    {
        if (!element.TryGetProperty(name, out var member))
        {
            return null;
        }

        if (member.ValueKind == JsonValueKind.String && member.GetString() is { } text && !string.IsNullOrWhiteSpace(text))
        {
            return text.Trim();
        }

        Problem(name, "must be a text that is not empty");
        return null;
    }

    public bool Truth(string name, bool otherwise)
    {
        if (!element.TryGetProperty(name, out var member))
        {
            return otherwise;
        }

        if (member.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Problem(name, "must be true or false");
        }

        return member.ValueKind == JsonValueKind.True;
    }

    /// <param name="least">Included, as is <paramref name="most"/>.</param>
    public decimal? Number(string name, decimal least, decimal most)
    {
        if (!element.TryGetProperty(name, out var member))
        {
            return null;
        }

        if (member.ValueKind == JsonValueKind.Number && member.TryGetDecimal(out var number) && number >= least && number <= most)
        {
            return number;
        }

        Problem(name, $"must be a number from {least} to {most}");
        return null;
    }

    public long? Whole(string name, long least, long most)
    {
        var number = Number(name, least, most);
        if (number is { } one && one != decimal.Truncate(one))
        {
            Problem(name, "must be a whole number");
        }

        return (long?)number;
    }

    /// <summary>One of these words; the first is meant where the member is absent.</summary>
    public T Word<T>(string name, params ReadOnlySpan<(string Word, T Meaning)> words)
    {
        if (Text(name) is not { } text)
        {
            return words[0].Meaning;
        }

        foreach (var (word, meaning) in words)
        {
            if (word == text)
            {
                return meaning;
            }
        }

        Problem(name, $"must be one of {string.Join(", ", words.ToArray().Select(one => one.Word))}");
        return words[0].Meaning;
    }

    /// <summary>An object's members; null where it is absent.</summary>
    public SettingsMembers? Inner(string name)
    {
        if (!element.TryGetProperty(name, out var member))
        {
            return null;
        }

        if (member.ValueKind == JsonValueKind.Object)
        {
            return new SettingsMembers(member, $"{at}{name}.", problems);
        }

        Problem(name, "must be an object");
        return null;
    }

    public List<string> Texts(string name, int shortest)
    {
        if (!element.TryGetProperty(name, out var member))
        {
            return [];
        }

        if (member.ValueKind == JsonValueKind.Array
            && member.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String && item.GetString()!.Trim().Length >= shortest))
        {
            return [.. member.EnumerateArray().Select(item => item.GetString()!.Trim())];
        }

        Problem(name, $"must be a list of texts of {shortest} letters and more");
        return [];
    }

    public void Problem(string name, string what) => problems.Add($"\"{at}{name}\" {what}.");
}
