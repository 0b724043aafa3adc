using System.Text.Json;
using System.Text.RegularExpressions;

namespace Aiops.Pipeline.Learn.Exchange;

/// <summary>
/// The front matter of a file of ours, read strictly: a line a key, its value in JSON (which is YAML too) or a plain word, a
/// list's items possibly below it with <c>- </c>. Whatever else YAML allows isn't ours, and is refused where it stands.
/// </summary>
internal sealed partial class FrontMatter
{
    private const string Fence = "---";

    private readonly Dictionary<string, (int Line, JsonElement Value)> values = new(StringComparer.Ordinal);
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    private FrontMatter(string body, int lastLine) => (Body, LastLine) = (body, lastLine);

    /// <summary>All after the closing fence's line.</summary>
    public string Body { get; private set; }

    /// <summary>Of the closing fence.</summary>
    public int LastLine { get; private set; }

    /// <exception cref="KnowledgeFileException">The file has none, or one that isn't ours.</exception>
    public static FrontMatter Read(string text)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        if (lines[0] != Fence)
        {
            throw new KnowledgeFileException(1, "The file doesn't begin with front matter.", "Only what `aiops kb export` wrote can be imported; `aiops kb add` takes Markdown.");
        }

        FrontMatter matter = new("", 0);
        var number = 1;
        while (number < lines.Length && lines[number] != Fence)
        {
            number = matter.ReadKey(lines, number);
        }

        if (number == lines.Length)
        {
            throw new KnowledgeFileException(number, "The front matter has no end.", "Close it with a line of three dashes.");
        }

        (matter.Body, matter.LastLine) = (string.Join('\n', lines.Skip(number + 1)), number + 1);
        return matter;
    }

    public bool Has(string key) => values.ContainsKey(key);

    public string Required(string key) => Text(key) ?? throw new KnowledgeFileException(LastLine, $"There is no `{key}`.", "It is needed; export the case again to see how it is written.");

    public string? Text(string key) => Find(key, JsonValueKind.String, "a text") is { } value ? value.GetString() : null;

    public IReadOnlyList<string>? Texts(string key)
    {
        if (Find(key, JsonValueKind.Array, "a list of texts") is not { } list)
        {
            return null;
        }

        return [.. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Wrong(key, "a list of texts"))];
    }

    public IReadOnlyList<JsonElement> Objects(string key) => Find(key, JsonValueKind.Array, "a list") is { } list ? [.. list.EnumerateArray()] : [];

    public long Number(string key, long otherwise)
        => Find(key, JsonValueKind.Number, "a whole number") is not { } value ? otherwise : value.TryGetInt64(out var number) && number >= 0 ? number : throw Wrong(key, "a whole number");

    public DateTimeOffset? Instant(string key)
        => Find(key, JsonValueKind.String, "a time") is not { } value ? null : value.TryGetDateTimeOffset(out var instant) ? instant : throw Wrong(key, "a time such as \"2026-03-04T10:00:00+00:00\"");

    public T? Name<T>(string key)
        where T : struct, Enum
        => Text(key) is not { } name ? null
            : name.All(char.IsLetterOrDigit) && !char.IsDigit(name[0]) && Enum.TryParse<T>(name, ignoreCase: true, out var value) ? value
            : throw Wrong(key, $"one of {string.Join(", ", Enum.GetNames<T>().Select(one => $"{char.ToLowerInvariant(one[0])}{one[1..]}"))}");

    public KnowledgeFileException Wrong(string key, string wanted)
        => new(values.TryGetValue(key, out var found) ? found.Line : LastLine, $"`{key}` is not {wanted}.", "Correct it, or export again.");

    /// <summary>Refuses what nobody asked for: a misspelt key would otherwise be lost in silence.</summary>
    public void RefuseOthers()
    {
        if (values.Where(one => !taken.Contains(one.Key)).OrderBy(one => one.Value.Line).Select(one => (one.Key, one.Value.Line)).FirstOrDefault() is { Key: { } key, Line: var line })
        {
            throw new KnowledgeFileException(line, $"`{key}` is not known.", "Check its spelling, or take the line out.");
        }
    }

    private JsonElement? Find(string key, JsonValueKind kind, string wanted)
    {
        taken.Add(key);
        return !values.TryGetValue(key, out var found) ? null : found.Value.ValueKind == kind ? found.Value : throw Wrong(key, wanted);
    }

    // Returns the line after the key's.
    private int ReadKey(string[] lines, int at)
    {
        var match = KeyLine().Match(lines[at]);
        if (!match.Success)
        {
            throw new KnowledgeFileException(at + 1, "This is no `key: value`.", "Write one key a line, its value in double quotes where it is more than a word.");
        }

        var (key, value, next) = (match.Groups["key"].Value, match.Groups["value"].Value.Trim(), at + 1);
        List<string> items = [];
        while (value.Length == 0 && next < lines.Length && lines[next].StartsWith("  - ", StringComparison.Ordinal))
        {
            items.Add(Json(lines[next][4..].Trim(), next));
            next++;
        }

        var json = items.Count > 0 ? $"[{string.Join(',', items)}]" : Json(value, at);
        if (!values.TryAdd(key, (at + 1, Parse(json, at))))
        {
            throw new KnowledgeFileException(at + 1, $"`{key}` stands there twice.", "Take one of them out.");
        }

        return next;
    }

    private static string Json(string value, int at)
    {
        if (PlainWord().IsMatch(value))
        {
            return $"\"{value}\"";
        }

        Parse(value, at);
        return value;
    }

    private static JsonElement Parse(string json, int at)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8 });
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw new KnowledgeFileException(at + 1, "This value can't be read.", "Put it in double quotes, with a backslash before quotes and backslashes in it.");
        }
    }

    [GeneratedRegex("^(?<key>[A-Za-z]+):(?<value>.*)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex KeyLine();

    /// <summary>What is written without quotes.</summary>
    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]*\\z", RegexOptions.NonBacktracking)]
    internal static partial Regex PlainWord();
}
