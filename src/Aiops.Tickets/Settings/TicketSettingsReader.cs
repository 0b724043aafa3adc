using System.Text.Json;
using Aiops.Pipeline;
using Aiops.Pipeline.Comment;

namespace Aiops.Tickets.Settings;

/// <summary>Reads settings strictly: a member that nobody knows is a mistake that would otherwise show at three in the morning.</summary>
public static class TicketSettingsReader
{
    private static readonly string[] Shared = ["system", "priorities", "states", "reviewers", "notices"];

    /// <summary>Texts that any system takes.</summary>
    private static readonly string[] ForAll = ["webhookSecret"];

    /// <param name="where">The file, or what else it came from.</param>
    /// <exception cref="TicketSettingsException">Names every member that is missing, unknown or wrong.</exception>
    /// <param name="ofHost">As for <see cref="TicketSystems.Find"/>.</param>
    public static TicketSettings Read(ReadOnlyMemory<byte> json, string where, IReadOnlyList<TicketSystemKind>? ofHost = null)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false });
            return Read(document.RootElement, where, ofHost ?? []);
        }
        catch (JsonException e)
        {
            throw new TicketSettingsException(where, [$"It is no JSON: {e.Message}"]);
        }
    }

    private static TicketSettings Read(JsonElement root, string where, IReadOnlyList<TicketSystemKind> ofHost)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new TicketSettingsException(where, ["It must hold one JSON object."]);
        }

        List<string> problems = [];
        var known = string.Join(", ", TicketSystems.All.Concat(ofHost).Select(one => one.Name));
        var system = Text(root, "system", problems);
        var kind = system is null ? null : TicketSystems.Find(system, ofHost);
        if (system is not null && kind is null)
        {
            problems.Add($"\"system\" is \"{system}\": it must be one of {known}.");
        }

        var settings = new TicketSettings
        {
            Where = where,
            System = system,
            Members = kind is null ? new Dictionary<string, string>() : Members(root, kind.Needs, [.. kind.Takes, .. ForAll], Shared, system!, "", problems),
            Priorities = Mapped<Severity>(root, "priorities", problems),
            States = Mapped<TicketState>(root, "states", problems),
            Reviewers = Listed(root, problems),
            Notices = Notices(root, problems),
        };
        if (system is null)
        {
            problems.AddRange(root.EnumerateObject().Where(member => !Shared.Contains(member.Name)).Select(member => $"\"{member.Name}\" has no meaning without \"system\"."));
            if (settings.Notices.Count == 0 && problems.Count == 0)
            {
                problems.Add($"\"system\" is missing: name one of {known}, or a channel in \"notices\".");
            }
        }

        return problems.Count == 0 ? settings : throw new TicketSettingsException(where, problems);
    }

    private static List<NoticeSettings> Notices(JsonElement root, List<string> problems)
    {
        List<NoticeSettings> notices = [];
        foreach (var (element, at) in Items(root, "notices", problems).Select((element, at) => (element, $"notices[{at}].")))
        {
            var system = element.ValueKind == JsonValueKind.Object ? Text(element, "system", problems, at) : null;
            if (system is null || NoticeSystems.Find(system) is not { } kind)
            {
                problems.Add($"\"{at}system\" must be one of {string.Join(", ", NoticeSystems.All.Select(known => known.Name))}.");
                continue;
            }

            notices.Add(new NoticeSettings { System = system, Members = Members(element, kind.Needs, kind.Takes, ["system"], system, at, problems) });
        }

        return notices;
    }

    private static Dictionary<string, string> Members(
        JsonElement element, IReadOnlyList<string> needs, IReadOnlyList<string> takes, IReadOnlyList<string> shared, string system, string at, List<string> problems)
    {
        Dictionary<string, string> members = [];
        foreach (var name in needs.Concat(takes))
        {
            if (Text(element, name, problems, at) is { } text)
            {
                members[name] = text;
            }
            else if (needs.Contains(name) && !element.TryGetProperty(name, out _))
            {
                problems.Add($"\"{at}{name}\" is missing: {system} needs it.");
            }
        }

        problems.AddRange(element.EnumerateObject().Select(member => member.Name).Where(name => !needs.Contains(name) && !takes.Contains(name) && !shared.Contains(name))
            .Select(name => $"\"{at}{name}\" is no setting of {system}: take it out, or name one of {string.Join(", ", needs.Concat(takes).Concat(shared))}."));
        CheckUrl(members, at, problems);
        return members;
    }

    // Tokens go there: over the network only encrypted.
    private static void CheckUrl(Dictionary<string, string> members, string at, List<string> problems)
    {
        if (members.TryGetValue("url", out var url)
            && !(Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.UserInfo.Length == 0
                && (parsed.Scheme == Uri.UriSchemeHttps || (parsed.Scheme == Uri.UriSchemeHttp && parsed.IsLoopback))))
        {
            problems.Add($"\"{at}url\" must be an https address without a user (http only for this machine).");
        }
    }

    private static Dictionary<T, string> Mapped<T>(JsonElement root, string name, List<string> problems)
        where T : struct, Enum
    {
        Dictionary<T, string> mapped = [];
        if (!root.TryGetProperty(name, out var element))
        {
            return mapped;
        }

        var values = Enum.GetValues<T>().ToDictionary(one => one.ToString().ToLowerInvariant()); // TryParse would also take numbers.
        var known = string.Join(", ", values.Keys);
        if (element.ValueKind != JsonValueKind.Object)
        {
            problems.Add($"\"{name}\" must be an object of {known}.");
            return mapped;
        }

        foreach (var member in element.EnumerateObject())
        {
            if (!values.TryGetValue(member.Name, out var value))
            {
                problems.Add($"\"{name}.{member.Name}\" is unknown: it must be one of {known}.");
            }
            else if (Text(element, member.Name, problems, $"{name}.") is { } text)
            {
                mapped[value] = text;
            }
        }

        return mapped;
    }

    private static List<string> Listed(JsonElement root, List<string> problems)
    {
        List<string> texts = [];
        foreach (var item in Items(root, "reviewers", problems))
        {
            if (item.ValueKind == JsonValueKind.String && item.GetString() is { Length: > 0 } text)
            {
                texts.Add(text);
            }
            else
            {
                problems.Add("\"reviewers\" must hold texts: accounts as the system names them.");
            }
        }

        return texts;
    }

    private static List<JsonElement> Items(JsonElement root, string name, List<string> problems)
    {
        if (!root.TryGetProperty(name, out var list))
        {
            return [];
        }

        if (list.ValueKind == JsonValueKind.Array)
        {
            return [.. list.EnumerateArray()];
        }

        problems.Add($"\"{name}\" must be a list.");
        return [];
    }

    private static string? Text(JsonElement element, string name, List<string> problems, string at = "")
    {
        if (!element.TryGetProperty(name, out var member))
        {
            return null;
        }

        if (member.ValueKind == JsonValueKind.String && member.GetString() is { Length: > 0 } text)
        {
            return text;
        }

        problems.Add($"\"{at}{name}\" must be a text that is not empty.");
        return null;
    }
}
