using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Aiops.Cdk.Parameters;

/// <summary>
/// Reads one environment's values: its own first, then the app's. The command line gives strings (<c>-c aiops:maxRounds=2</c>),
/// so numbers and booleans are read from those as well.
/// </summary>
internal sealed class ContextReader(string where, JsonObject own, JsonObject shared)
{
    public string? Text(string key, Regex allowed, string says)
    {
        var text = Find(key)?.ToString();
        return string.IsNullOrEmpty(text) ? null : Check(key, text, allowed, says);
    }

    public int Number(string key, int otherwise, int least, int most)
    {
        if (Find(key)?.ToString() is not { Length: > 0 } text)
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least
            && number <= most
            ? number
            : throw Wrong(key, text, $"a whole number from {least} to {most}");
    }

    public int OneOf(string key, int otherwise, IReadOnlyCollection<int> allowed)
    {
        var number = Number(key, otherwise, int.MinValue, int.MaxValue);
        return allowed.Contains(number) ? number : throw Wrong(key, $"{number}", $"one of {string.Join(", ", allowed)}");
    }

    public bool Flag(string key, bool otherwise) => Find(key)?.ToString().ToLowerInvariant() switch
    {
        null or "" => otherwise,
        "true" => true,
        "false" => false,
        var text => throw Wrong(key, text, "true or false"),
    };

    /// <summary>An array, or one string with commas.</summary>
    public IReadOnlyList<string> Texts(string key, int most, Regex allowed, string says)
    {
        IEnumerable<string> found = Find(key) switch
        {
            null => [],
            JsonArray array => array.Select(item => item?.ToString() ?? ""),
            JsonObject => throw Wrong(key, "an object", "a list of texts"),
            var one => one.ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        };
        string[] texts = [.. found.Select(text => Check(key, text, allowed, says))];
        if (texts.Length > most)
        {
            throw Wrong(key, $"{texts.Length} of them", $"at most {most}");
        }

        return texts.Distinct(StringComparer.Ordinal).Count() == texts.Length ? texts
            : throw Wrong(key, string.Join(", ", texts), "each only once");
    }

    public ContextReader? Section(string key) => Find(key) switch
    {
        null => null,
        JsonObject section => new ContextReader($"{where}aiops:{key}.", section, []),
        var other => throw Wrong(key, other.ToString(), "an object"),
    };

    public ParameterException Wrong(string key, string value, string says)
        => new($"{where}aiops:{key} is \"{value}\", but must be {says}. See docs/deploy.md, \"Parameters\".");

    public ParameterException Missing(string key, string says)
        => new($"{where}aiops:{key} is missing: {says}. See docs/deploy.md, \"Parameters\".");

    /// <summary>A key that nothing reads is a typing error, and would be obeyed by nobody.</summary>
    public void RefuseAllBut(IReadOnlyCollection<string> known)
    {
        if (own.Select(pair => pair.Key).FirstOrDefault(key => !known.Contains(key)) is { } unknown)
        {
            throw new ParameterException(
                $"{where}aiops:{unknown} is not a parameter. Known: {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
        }
    }

    private JsonNode? Find(string key) => own[key] ?? shared[key];

    private string Check(string key, string text, Regex allowed, string says)
        => allowed.IsMatch(text) ? text : throw Wrong(key, text, says);
}
