using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Review;
using Aiops.Tickets.Http;
using Aiops.Tickets.Markdown;
using Aiops.Tickets.Settings;

namespace Aiops.Tickets.Redmine;

/// <summary>Redmine 5.0 or later (REST API, which an administrator enables).</summary>
/// <remarks>
/// Lists are read from the database itself, so a ticket is found as soon as it is there. Our comment is a note, edited in
/// place by <c>PUT /journals/ID.json</c>, which takes API keys since 5.0. The key is looked for in the description, or in a
/// custom field where the settings name one.
/// </remarks>
public sealed class RedmineApi(TicketHttp http, RedmineOptions options) : ITicketApi
{
    private const int PageSize = 100; // The most that Redmine gives.
    private const int LongestSubject = 255;

    private readonly RedmineNames names = new(http);

    public static TicketSystemKind Kind { get; } = new("redmine", ["url", "project", "token"], ["type", "field", "format"], (settings, parts) => new RedmineApi(
        new TicketHttp("Redmine", parts.Client(settings["url"]), TicketHttp.Header("X-Redmine-API-Key", parts.Secret(settings["token"], "token")), parts.Time),
        RedmineOptions.Of(settings)));

    public string Name => "Redmine";

    public TimeSpan FindLag => TimeSpan.Zero;

    public ITicketFormat Format => options.Format;

    public async Task<IReadOnlyList<RemoteTicket>> FindAsync(string key, CancellationToken cancellationToken)
    {
        var marker = Marker.Ticket(key);
        var filter = options.Field is { } field ? $"cf_{field}={Uri.EscapeDataString(key)}" : $"description={Uri.EscapeDataString($"~{marker}")}";
        var found = await http.GetAsync(
            $"issues.json?project_id={Uri.EscapeDataString(options.Project)}&status_id=*&sort=id&limit={PageSize}&{filter}", cancellationToken);

        // "~" finds words, in any case: what is meant must stand there exactly. Whoever may open issues may write a marker, too.
        var us = await names.OurIdAsync(cancellationToken);
        return [.. found.Items("issues").Where(issue => issue["author"]?.Text("id") == us && IsMeant(issue, key, marker)).Select(Ticket)];
    }

    public async Task<RemoteTicket> CreateAsync(string key, TicketContent content, CancellationToken cancellationToken)
    {
        var issue = await IssueAsync(key, content, cancellationToken);
        issue["project_id"] = options.Project;
        if (options.Type is { } type)
        {
            issue["tracker_id"] = await names.IdAsync("trackers.json", "trackers", type, "type", cancellationToken);
        }

        var made = await http.SendAsync(HttpMethod.Post, "issues.json", new JsonObject { ["issue"] = issue }, cancellationToken);
        return Ticket(made["issue"]!);
    }

    public async Task UpdateAsync(RemoteTicket ticket, string key, TicketContent content, CancellationToken cancellationToken)
        => await PutAsync(ticket, await IssueAsync(key, content, cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<string>> FindCommentsAsync(RemoteTicket ticket, string marker, CancellationToken cancellationToken)
    {
        var us = await names.OurIdAsync(cancellationToken);
        var issue = await ReadAsync(ticket, "journals", cancellationToken);
        return [.. issue.Items("journals").Where(journal => IsBy(journal, us) && journal.Text("notes").Contains(marker, StringComparison.Ordinal)).Select(journal => journal.Text("id"))];
    }

    /// <remarks>The answer to a note has no body, so the note is looked for: the newest of ours that says this.</remarks>
    public async Task<string> AddCommentAsync(RemoteTicket ticket, string body, CancellationToken cancellationToken)
    {
        await PutAsync(ticket, new JsonObject { ["notes"] = body }, cancellationToken);
        var us = await names.OurIdAsync(cancellationToken);
        var issue = await ReadAsync(ticket, "journals", cancellationToken);
        var ours = issue.Items("journals").Where(journal => IsBy(journal, us) && journal.Text("notes").Length > 0).ToList();
        var said = Comparable(body);
        return (ours.LastOrDefault(journal => Comparable(journal.Text("notes")) == said) ?? ours.LastOrDefault())?.Text("id")
            ?? throw new TicketSystemRefusedException(
                $"Redmine took a note for {ticket.Label} and doesn't show it.", "Give the account's role the right to add notes; docs/tickets.md lists its rights.");
    }

    public Task EditCommentAsync(RemoteTicket ticket, string commentId, string body, CancellationToken cancellationToken)
        => http.SendAsync(HttpMethod.Put, $"journals/{commentId}.json", new JsonObject { ["journal"] = new JsonObject { ["notes"] = body } }, cancellationToken);

    /// <remarks>Redmine leaves out a status that the tracker's workflow doesn't allow, and answers as if it hadn't.</remarks>
    public async Task MoveAsync(RemoteTicket ticket, TicketState state, CancellationToken cancellationToken)
    {
        var status = options.StateOf(state);
        var id = await names.IdAsync("issue_statuses.json", "issue_statuses", status, $"states.{state.ToString().ToLowerInvariant()}", cancellationToken);
        await PutAsync(ticket, new JsonObject { ["status_id"] = id }, cancellationToken);
        if ((await ReadAsync(ticket, "", cancellationToken))["status"]?.Text("id") is { } now && now != id.ToString(CultureInfo.InvariantCulture))
        {
            throw new TicketSystemRefusedException(
                $"Redmine doesn't let our account move {ticket.Label} to \"{status}\".", "Allow the transition to the account's role in the tracker's workflow, or name another state.");
        }
    }

    public async Task LinkAsync(RemoteTicket ticket, RemoteTicket earlier, CancellationToken cancellationToken)
    {
        var relations = await http.GetAsync($"issues/{ticket.Id}/relations.json", cancellationToken);
        if (!relations.Items("relations").Any(relation => relation.Text("issue_id") == earlier.Id || relation.Text("issue_to_id") == earlier.Id))
        {
            await RelateAsync(ticket, earlier, "relates", cancellationToken);
        }
    }

    /// <remarks>Attachments can't be replaced: the new one is put beside the old ones of ours by its name, then those go.</remarks>
    public async Task<bool> AttachAsync(RemoteTicket ticket, TicketAttachment attachment, CancellationToken cancellationToken)
    {
        var before = await ReadAsync(ticket, "attachments", cancellationToken);
        var us = await names.OurIdAsync(cancellationToken);
        using var uploaded = await http.SendAsync(() => Upload(attachment), [], cancellationToken);
        var upload = JsonNode.Parse(await uploaded.Content.ReadAsStringAsync(cancellationToken))!["upload"]!;
        var file = new JsonObject { ["token"] = upload.Text("token"), ["filename"] = attachment.Name, ["content_type"] = attachment.MediaType };
        await PutAsync(ticket, new JsonObject { ["uploads"] = new JsonArray(file) }, cancellationToken);

        foreach (var old in before.Items("attachments").Where(old => old.Text("filename") == attachment.Name && old["author"]?.Text("id") == us))
        {
            await http.SendAsync(HttpMethod.Delete, $"attachments/{old.Text("id")}.json", null, [HttpStatusCode.NotFound, HttpStatusCode.Forbidden], cancellationToken);
        }

        return true;
    }

    public async Task MergeAsync(RemoteTicket duplicate, RemoteTicket into, CancellationToken cancellationToken)
    {
        var issue = new JsonObject
        {
            ["notes"] = $"Made twice for the same incident: #{into.Id} goes on.",
            ["status_id"] = await names.IdAsync("issue_statuses.json", "issue_statuses", options.StateOf(TicketState.Closed), "states.closed", cancellationToken),
            [options.Field is null ? "description" : "custom_fields"] = options.Field is { } field ? CustomField(field, "") : $"See #{into.Id}.",
        };
        await PutAsync(duplicate, issue, cancellationToken);
        await LinkAsync(duplicate, into, cancellationToken);
    }

    public async Task<TicketReplies> RepliesAsync(RemoteTicket ticket, string? after, CancellationToken cancellationToken)
    {
        var us = await names.OurIdAsync(cancellationToken);
        var issue = await ReadAsync(ticket, "journals", cancellationToken);
        var mark = long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : 0;
        var journals = issue.Items("journals").Where(journal => journal["id"]!.GetValue<long>() > mark).OrderBy(journal => journal["id"]!.GetValue<long>()).ToList();
        return new TicketReplies(
            [.. journals.Where(journal => !IsBy(journal, us) && journal.Text("notes").Length > 0)
                .Select(journal => new TicketReply(journal.Text("id"), journal["user"]?.Text("id") ?? "", journal.Instant("created_on"), journal.Text("notes")))],
            journals.Count > 0 ? journals[^1].Text("id") : after);
    }

    private async Task<JsonObject> IssueAsync(string key, TicketContent content, CancellationToken cancellationToken)
    {
        var issue = new JsonObject
        {
            ["subject"] = TicketText.Title(content, LongestSubject),
            ["description"] = Format.Render(TicketText.Description(content), Marker.Ticket(key)),
        };
        var priority = options.PriorityOf(content.Severity);
        issue["priority_id"] = await names.IdAsync(
            "enumerations/issue_priorities.json", "issue_priorities", priority, $"priorities.{content.Severity.ToString().ToLowerInvariant()}", cancellationToken);
        if (options.Field is { } field)
        {
            issue["custom_fields"] = CustomField(field, key);
        }

        return issue;
    }

    private static JsonArray CustomField(int field, string value) => new(new JsonObject { ["id"] = field, ["value"] = value });

    private Task<JsonNode> PutAsync(RemoteTicket ticket, JsonObject issue, CancellationToken cancellationToken)
        => http.SendAsync(HttpMethod.Put, $"issues/{ticket.Id}.json", new JsonObject { ["issue"] = issue }, cancellationToken);

    private async Task<JsonNode> ReadAsync(RemoteTicket ticket, string include, CancellationToken cancellationToken)
        => (await http.GetAsync($"issues/{ticket.Id}.json?include={include}", cancellationToken))["issue"] ?? new JsonObject();

    private Task<JsonNode> RelateAsync(RemoteTicket ticket, RemoteTicket other, string type, CancellationToken cancellationToken)
        => http.SendAsync(
            HttpMethod.Post, $"issues/{ticket.Id}/relations.json",
            new JsonObject { ["relation"] = new JsonObject { ["issue_to_id"] = long.Parse(other.Id, CultureInfo.InvariantCulture), ["relation_type"] = type } },
            cancellationToken);

    private static HttpRequestMessage Upload(TicketAttachment attachment) => new(HttpMethod.Post, $"uploads.json?filename={Uri.EscapeDataString(attachment.Name)}")
    {
        Content = new ReadOnlyMemoryContent(attachment.Content) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } },
    };

    private bool IsMeant(JsonNode issue, string key, string marker) => options.Field is { } field
        ? issue.Items("custom_fields").Any(custom => custom.Text("id") == field.ToString(CultureInfo.InvariantCulture) && custom.Text("value") == key)
        : issue.Text("description").Contains(marker, StringComparison.Ordinal);

    private static bool IsBy(JsonNode journal, string us) => journal["user"]?.Text("id") == us;

    private static string Comparable(string text) => text.ReplaceLineEndings("\n").Trim();

    private RemoteTicket Ticket(JsonNode issue) => new(issue.Text("id"), $"#{issue.Text("id")}", new Uri(http.Address, $"issues/{issue.Text("id")}").ToString());
}
