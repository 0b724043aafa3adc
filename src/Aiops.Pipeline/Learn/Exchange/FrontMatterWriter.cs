using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Aiops.Pipeline.Learn.Exchange;

/// <summary>Writes front matter as <see cref="FrontMatter"/> reads it; keys in the order of the calls, what is null left out.</summary>
internal sealed class FrontMatterWriter
{
    // What YAML reads as something else than a word.
    private static readonly string[] NoWords = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];

    private readonly StringBuilder text = new("---\n");

    public FrontMatterWriter Text(string key, string? value)
    {
        if (value is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"{key}: {Scalar(value)}\n");
        }

        return this;
    }

    public FrontMatterWriter Number(string key, long value)
    {
        text.Append(CultureInfo.InvariantCulture, $"{key}: {value}\n");
        return this;
    }

    public FrontMatterWriter Instant(string key, DateTimeOffset? value) => Text(key, value?.ToString("O", CultureInfo.InvariantCulture));

    public FrontMatterWriter Name<T>(string key, T? value)
        where T : struct, Enum
        => Text(key, value is { } named ? $"{char.ToLowerInvariant(named.ToString()[0])}{named.ToString()[1..]}" : null);

    /// <summary>An item a line, so that a change of one shows as one; null is left out, and empty is not.</summary>
    public FrontMatterWriter Texts(string key, IReadOnlyList<string>? values) => Items(key, values?.Select(Scalar));

    /// <summary>Items that are JSON already.</summary>
    public FrontMatterWriter Items(string key, IEnumerable<string>? items)
    {
        if (items?.ToList() is not { } all)
        {
            return this;
        }

        text.Append(key).Append(all.Count == 0 ? ": []\n" : ":\n");
        foreach (var item in all)
        {
            text.Append("  - ").Append(item).Append('\n');
        }

        return this;
    }

    public string Close(string body) => text.Append("---\n").Append(body).ToString();

    private static string Scalar(string value)
        => FrontMatter.PlainWord().IsMatch(value) && !NoWords.Contains(value, StringComparer.OrdinalIgnoreCase)
            ? value
            : $"\"{JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
