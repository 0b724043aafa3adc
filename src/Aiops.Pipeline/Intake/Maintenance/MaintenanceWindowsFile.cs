using System.Globalization;
using System.Text.Json;

namespace Aiops.Pipeline.Intake.Maintenance;

/// <summary>
/// Reads maintenance windows from JSON. Anything unexpected is refused: a window that is silently wrong either wakes
/// people or, worse, doesn't.
/// </summary>
/// <example><code>
/// { "windows": [
///   { "id": "orders-db-upgrade", "reason": "Upgrade to 16.3", "start": "2026-03-14T10:00:00Z", "end": "2026-03-14T12:00:00Z",
///     "match": { "scopes": ["111122223333"], "components": ["orders-db"], "title": "orders-*", "tags": { "team": "data" } } },
///   { "id": "nightly-batch", "reason": "The batch loads every core", "weekly": { "days": ["monday"], "from": "22:00", "until": "02:00" },
///     "match": { "title": "batch-*" } } ] }
/// </code></example>
public sealed class MaintenanceWindowsFile
{
    private readonly string file;

    private MaintenanceWindowsFile(string file) => this.file = file;

    /// <param name="file">Named in errors.</param>
    /// <exception cref="MaintenanceWindowsException">The content can't be used; says where and what to do.</exception>
    public static MaintenanceWindows Read(string file, ReadOnlyMemory<byte> content)
    {
        try
        {
            using var document = JsonDocument.Parse(content, new JsonDocumentOptions
            {
                AllowTrailingCommas = true,
                CommentHandling = JsonCommentHandling.Skip,
            });
            return new MaintenanceWindowsFile(file).Windows(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new MaintenanceWindowsException(
                file, e.Path ?? "$", $"not JSON (line {e.LineNumber + 1}: {e.Message})", "Mend the syntax there.", e);
        }
    }

    private MaintenanceWindows Windows(JsonElement root)
    {
        Only(root, "$", "windows");
        var windows = Items(Required(root, "$", "windows"), "$.windows").Select(item => Window(item.Element, item.Path)).ToList();
        if (windows.GroupBy(window => window.Id, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw Refused("$.windows", $"two windows have the id {twice.Key}", "Give each its own: decisions name it.");
        }

        return new MaintenanceWindows(windows);
    }

    private MaintenanceWindow Window(JsonElement window, string path)
    {
        Only(window, path, "id", "reason", "start", "end", "weekly", "match");
        return new MaintenanceWindow(
            Text(Required(window, path, "id"), $"{path}.id"),
            Text(Required(window, path, "reason"), $"{path}.reason"),
            Match(Required(window, path, "match"), $"{path}.match"),
            Time(window, path));
    }

    private IWindowTime Time(JsonElement window, string path)
    {
        if (window.TryGetProperty("weekly", out var weekly))
        {
            if (window.TryGetProperty("start", out _) || window.TryGetProperty("end", out _))
            {
                throw Refused(path, "it has both weekly and a start or end", "Keep one of them.");
            }

            return WeeklyTime(weekly, $"{path}.weekly");
        }

        var start = Instant(Required(window, path, "start"), $"{path}.start");
        var end = Instant(Required(window, path, "end"), $"{path}.end");
        return end > start ? new OneTime(start, end) : throw Refused($"{path}.end", "it is not after start", "Swap or mend them.");
    }

    private Weekly WeeklyTime(JsonElement weekly, string path)
    {
        Only(weekly, path, "days", "from", "until");
        var days = Items(Required(weekly, path, "days"), $"{path}.days").Select(item => Day(item.Element, item.Path)).ToList();
        if (days.Count == 0)
        {
            throw Refused($"{path}.days", "it is empty", "Name at least one day, such as \"monday\".");
        }

        return new Weekly(days, Clock(Required(weekly, path, "from"), $"{path}.from"), Clock(Required(weekly, path, "until"), $"{path}.until"));
    }

    private WindowMatch Match(JsonElement match, string path)
    {
        Only(match, path, "scopes", "components", "title", "tags");
        if (!match.EnumerateObject().Any())
        {
            throw Refused(path, "it has no criterion, so it would silence everything",
                "Say what it covers; \"title\": \"*\" where everything is meant.");
        }

        return new WindowMatch
        {
            Scopes = Texts(match, path, "scopes"),
            Components = Texts(match, path, "components"),
            Title = match.TryGetProperty("title", out var title) ? Text(title, $"{path}.title") : null,
            Tags = match.TryGetProperty("tags", out var tags) ? Tags(tags, $"{path}.tags") : new Dictionary<string, string>(),
        };
    }

    private Dictionary<string, string> Tags(JsonElement tags, string path)
        => Object(tags, path).EnumerateObject().ToDictionary(tag => tag.Name, tag => Text(tag.Value, $"{path}.{tag.Name}"), StringComparer.Ordinal);

    private List<string> Texts(JsonElement parent, string path, string name)
    {
        if (!parent.TryGetProperty(name, out var list))
        {
            return [];
        }

        var texts = Items(list, $"{path}.{name}").Select(item => Text(item.Element, item.Path)).ToList();
        return texts.Count > 0 ? texts : throw Refused($"{path}.{name}", "it is empty", "Leave it out, or name at least one.");
    }

    private DayOfWeek Day(JsonElement element, string path)
        => Enum.GetValues<DayOfWeek>().Cast<DayOfWeek?>().FirstOrDefault(day => day.ToString()!.Equals(Text(element, path), StringComparison.OrdinalIgnoreCase))
            ?? throw Refused(path, $"{element.GetRawText()} is no day of the week", "Write it in full: \"monday\".");

    private TimeOnly Clock(JsonElement element, string path)
        => TimeOnly.TryParseExact(Text(element, path), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : throw Refused(path, $"{element.GetRawText()} is no time of day", "Write \"22:00\"; it is taken as UTC.");

    private DateTimeOffset Instant(JsonElement element, string path)
    {
        var text = Text(element, path);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var instant)
            && (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal))
            && text.Contains('T', StringComparison.Ordinal)
            ? instant
            : throw Refused(path, $"{element.GetRawText()} is no instant with an offset", "Write \"2026-03-14T10:00:00Z\".");
    }

    private string Text(JsonElement element, string path)
        => element.ValueKind == JsonValueKind.String && element.GetString() is { } text && !string.IsNullOrWhiteSpace(text)
            ? text
            : throw Refused(path, $"expected text, found {Kind(element)}", "Write a text in quotes that isn't empty.");

    private IEnumerable<(JsonElement Element, string Path)> Items(JsonElement list, string path)
        => list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select((element, i) => (element, $"{path}[{i}]"))
            : throw Refused(path, $"expected a list, found {Kind(list)}", "Put it in square brackets.");

    private JsonElement Required(JsonElement parent, string path, string name)
        => parent.TryGetProperty(name, out var element) ? element : throw Refused(path, $"{name} is missing", $"Add \"{name}\".");

    private void Only(JsonElement element, string path, params ReadOnlySpan<string> known)
    {
        HashSet<string> seen = [];
        foreach (var member in Object(element, path).EnumerateObject())
        {
            if (!known.Contains(member.Name))
            {
                throw Refused($"{path}.{member.Name}", "it is not known here", $"Use one of: {string.Join(", ", known)}.");
            }

            if (!seen.Add(member.Name))
            {
                throw Refused($"{path}.{member.Name}", "it is there twice", "Keep one.");
            }
        }
    }

    private JsonElement Object(JsonElement element, string path)
        => element.ValueKind == JsonValueKind.Object ? element : throw Refused(path, $"expected an object, found {Kind(element)}", "Put it in braces.");

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => "an empty text",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => element.GetRawText(),
    };

    private MaintenanceWindowsException Refused(string path, string problem, string remedy) => new(file, path, problem, remedy);
}

/// <summary>A file of maintenance windows can't be used; the message names the file, the place, what is wrong and what to do.</summary>
public sealed class MaintenanceWindowsException(string file, string path, string problem, string remedy, Exception? inner = null)
    : Exception($"{file}: {path}: {problem}. {remedy}", inner)
{
    public string File { get; } = file;

    public string Path { get; } = path;

    public string Remedy { get; } = remedy;
}
