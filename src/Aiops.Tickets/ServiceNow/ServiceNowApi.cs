using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Review;
using Aiops.Tickets.Http;
using Aiops.Tickets.Markdown;
using Aiops.Tickets.Settings;

namespace Aiops.Tickets.ServiceNow;

/// <summary>ServiceNow's incidents, by its "Table API" and "Attachment API" (REST API reference, docs.servicenow.com).</summary>
/// <remarks>
/// The external key is <c>correlation_id</c>, the field that ServiceNow has for it; a query on it reads the database itself.
/// Work notes and comments are journals, which can't be edited: our comment therefore stands in the description, edited in
/// place, and each change leaves a work note that says so, in the same request. Answers to people are work notes. Incidents
/// are related by a work note too: <c>parent_incident</c> would resolve the one with the other, which fits duplicates alone.
/// </remarks>
public sealed class ServiceNowApi(TicketHttp http, ServiceNowOptions options) : ITicketApi
{
    private const string Incidents = "api/now/table/incident";
    private const string Journal = "api/now/table/sys_journal_field";
    private const string InDescription = "description";
    private const int LongestTitle = 160;
    private const int PageSize = 1_000;

    public static TicketSystemKind Kind { get; } = new("servicenow", ["url", "account", "token"], ["closeCode"], (settings, parts) => new ServiceNowApi(
        new TicketHttp("ServiceNow", parts.Client(settings["url"]), TicketHttp.Basic(settings["account"], parts.Secret(settings["token"], "token")), parts.Time),
        ServiceNowOptions.Of(settings)));

    public string Name => "ServiceNow";

    public TimeSpan FindLag => TimeSpan.Zero;

    public ITicketFormat Format => PlainTextFormat.ServiceNow;

    public async Task<IReadOnlyList<RemoteTicket>> FindAsync(string key, CancellationToken cancellationToken)
    {
        var found = await QueryAsync(Incidents, $"correlation_id={Value(key)}^ORDERBYsys_created_on^ORDERBYnumber", "sys_id,number,correlation_id", cancellationToken);
        return [.. found.Where(incident => incident.Text("correlation_id") == key).Select(Ticket)];
    }

    public async Task<RemoteTicket> CreateAsync(string key, TicketContent content, CancellationToken cancellationToken)
    {
        var incident = Fields(content);
        incident["description"] = new Run(ServiceNowDescription.Normal(content.Description)).Cut(Math.Min(content.Description.Length, ServiceNowDescription.MaxLength)).Text;
        incident["correlation_id"] = key;
        incident["correlation_display"] = "Aiops";
        var made = await http.SendAsync(HttpMethod.Post, $"{Incidents}?sysparm_fields=sys_id,number", incident, cancellationToken);
        return Ticket(made["result"]!);
    }

    /// <remarks>The description stays: our comment is in it, and what people wrote.</remarks>
    public Task UpdateAsync(RemoteTicket ticket, string key, TicketContent content, CancellationToken cancellationToken)
        => PatchAsync(ticket, Fields(content), cancellationToken);

    public async Task<IReadOnlyList<string>> FindCommentsAsync(RemoteTicket ticket, string marker, CancellationToken cancellationToken)
    {
        if (IsComment(marker))
        {
            return (await DescriptionAsync(ticket, cancellationToken)).Contains(marker, StringComparison.Ordinal) ? [InDescription] : [];
        }

        var notes = await JournalAsync(ticket, "", cancellationToken);
        return [.. notes.Where(note => IsOurs(note) && note.Text("value").Contains(marker, StringComparison.Ordinal)).Select(note => note.Text("sys_id"))];
    }

    public async Task<string> AddCommentAsync(RemoteTicket ticket, string body, CancellationToken cancellationToken)
    {
        if (IsComment(body))
        {
            await EditCommentAsync(ticket, InDescription, body, cancellationToken);
            return InDescription;
        }

        await PatchAsync(ticket, new JsonObject { ["work_notes"] = body }, cancellationToken);
        return "work_notes"; // The answer to it doesn't say which; answers aren't edited.
    }

    public async Task EditCommentAsync(RemoteTicket ticket, string commentId, string body, CancellationToken cancellationToken)
    {
        var before = await DescriptionAsync(ticket, cancellationToken);
        var (after, leftOut) = ServiceNowDescription.With(before, body);
        if (after == before)
        {
            return; // Written, and the answer to it lost: one note is enough.
        }

        var isNew = !before.Contains("aiops:comment:", StringComparison.Ordinal);
        var note = isNew ? "Aiops put its analysis into the description." : "Aiops analysed it anew: the description has changed.";
        if (leftOut.Length > 0) // People may have written it, and the field is shipped with room for 4,000 characters.
        {
            note += $" It had no room for what ended it:\n{leftOut}";
        }

        await PatchAsync(ticket, new JsonObject { ["description"] = after, ["work_notes"] = note }, cancellationToken);
    }

    public Task MoveAsync(RemoteTicket ticket, TicketState state, CancellationToken cancellationToken)
    {
        var fields = new JsonObject { ["state"] = options.StateOf(state) };
        if (state != TicketState.Open)
        {
            fields["close_code"] = options.CloseCode;
            fields["close_notes"] = "Aiops closed its incident.";
        }

        return PatchAsync(ticket, fields, cancellationToken);
    }

    public async Task LinkAsync(RemoteTicket ticket, RemoteTicket earlier, CancellationToken cancellationToken)
    {
        var note = $"Resembles {earlier.Label}: {earlier.Url}";
        if (!(await JournalAsync(ticket, "", cancellationToken)).Any(entry => entry.Text("value").Contains(note, StringComparison.Ordinal)))
        {
            await PatchAsync(ticket, new JsonObject { ["work_notes"] = note }, cancellationToken);
        }
    }

    /// <remarks>An attachment can't be replaced: the new one is put beside those of its name, then those go.</remarks>
    public async Task<bool> AttachAsync(RemoteTicket ticket, TicketAttachment attachment, CancellationToken cancellationToken)
    {
        var name = Uri.EscapeDataString(attachment.Name);
        var before = await QueryAsync(
            "api/now/attachment", $"table_name=incident^table_sys_id={ticket.Id}^file_name={Value(attachment.Name)}^sys_created_by={Value(options.Account)}", "sys_id", cancellationToken);
        using var uploaded = await http.SendAsync(
            () => Upload($"api/now/attachment/file?table_name=incident&table_sys_id={ticket.Id}&file_name={name}", attachment), [], cancellationToken);
        foreach (var old in before)
        {
            await http.SendAsync(HttpMethod.Delete, $"api/now/attachment/{old.Text("sys_id")}", null, [HttpStatusCode.NotFound, HttpStatusCode.Forbidden], cancellationToken);
        }

        return true;
    }

    public Task MergeAsync(RemoteTicket duplicate, RemoteTicket into, CancellationToken cancellationToken) => PatchAsync(duplicate, new JsonObject
    {
        ["correlation_id"] = "",
        ["parent_incident"] = into.Id,
        ["work_notes"] = $"Made twice for the same incident: {into.Label} goes on.",
        ["state"] = options.StateOf(TicketState.Closed),
        ["close_code"] = "Duplicate",
        ["close_notes"] = $"See {into.Label}.",
    }, cancellationToken);

    /// <remarks>Times have seconds only: the mark is the last second, and which entries of it were seen.</remarks>
    public async Task<TicketReplies> RepliesAsync(RemoteTicket ticket, string? after, CancellationToken cancellationToken)
    {
        var (since, seen) = after?.Split('|') is [var at, var ids] ? (at, ids.Split(',')) : ("", []);
        var entries = (await JournalAsync(ticket, since.Length == 0 ? "" : $"^sys_created_on>={since}", cancellationToken))
            .Where(entry => !seen.Contains(entry.Text("sys_id"))).ToList();
        if (entries.Count == 0)
        {
            return new TicketReplies([], after);
        }

        var last = entries[^1].Text("sys_created_on");
        var ofLast = entries.Where(entry => entry.Text("sys_created_on") == last).Select(entry => entry.Text("sys_id")).Concat(last == since ? seen : []);
        return new TicketReplies(
            [.. entries.Where(entry => !IsOurs(entry))
                .Select(entry => new TicketReply(entry.Text("sys_id"), entry.Text("sys_created_by"), entry.Instant("sys_created_on"), entry.Text("value")))],
            $"{last}|{string.Join(',', ofLast)}");
    }

    private JsonObject Fields(TicketContent content)
    {
        var (impact, urgency) = options.PriorityOf(content.Severity);
        return new JsonObject { ["short_description"] = TicketText.Title(content, LongestTitle), ["impact"] = impact, ["urgency"] = urgency };
    }

    private bool IsOurs(JsonNode entry) => string.Equals(entry.Text("sys_created_by"), options.Account, StringComparison.OrdinalIgnoreCase);

    private static bool IsComment(string text) => text.Contains("aiops:comment:", StringComparison.Ordinal);

    private async Task<string> DescriptionAsync(RemoteTicket ticket, CancellationToken cancellationToken)
        => ServiceNowDescription.Normal((await http.GetAsync($"{Incidents}/{ticket.Id}?sysparm_fields=description", cancellationToken))["result"]!.Text("description"));

    private Task<List<JsonNode>> JournalAsync(RemoteTicket ticket, string and, CancellationToken cancellationToken) => QueryAsync(
        Journal, $"element_id={ticket.Id}^elementINwork_notes,comments{and}^ORDERBYsys_created_on^ORDERBYsys_id", "sys_id,value,sys_created_by,sys_created_on", cancellationToken);

    private async Task<List<JsonNode>> QueryAsync(string table, string query, string fields, CancellationToken cancellationToken)
        => [.. (await http.GetAsync($"{table}?sysparm_query={Uri.EscapeDataString(query)}&sysparm_fields={fields}&sysparm_limit={PageSize}", cancellationToken)).Items("result")];

    private Task<JsonNode> PatchAsync(RemoteTicket ticket, JsonObject fields, CancellationToken cancellationToken)
        => http.SendAsync(HttpMethod.Patch, $"{Incidents}/{ticket.Id}?sysparm_fields=sys_id", fields, cancellationToken);

    private RemoteTicket Ticket(JsonNode incident) => new(
        incident.Text("sys_id"), incident.Text("number"), new Uri(http.Address, $"nav_to.do?uri=incident.do%3Fsys_id%3D{incident.Text("sys_id")}").ToString());

    // "^" joins conditions; two of them are one that is meant ("Encoded query strings").
    private static string Value(string text) => text.Replace("^", "^^", StringComparison.Ordinal);

    private static HttpRequestMessage Upload(string path, TicketAttachment attachment)
    {
        var content = new ReadOnlyMemoryContent(attachment.Content);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(attachment.MediaType);
        return new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
    }
}
