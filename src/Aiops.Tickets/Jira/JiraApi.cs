using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Review;
using Aiops.Tickets.Http;
using Aiops.Tickets.Markdown;
using Aiops.Tickets.Settings;

namespace Aiops.Tickets.Jira;

/// <summary>Jira Cloud (REST API v3): developer.atlassian.com/cloud/jira/platform/rest/v3, the groups that the methods name.</summary>
/// <remarks>
/// The key is a label, for issue properties can be searched only where an app had them indexed. JQL is the only way to it, and
/// its index follows the issues with a delay: <see cref="FindLag"/> is what we allow for it; Atlassian promises none.
/// </remarks>
public sealed class JiraApi(TicketHttp http, JiraOptions options) : ITicketApi
{
    private const string Api = "rest/api/3";
    private const int PageSize = 100;
    private const int LongestSummary = 255;

    private string? us;

    public static TicketSystemKind Kind { get; } = new("jira", ["url", "project", "account", "token"], ["type"], (settings, parts) => new JiraApi(
        new TicketHttp("Jira", parts.Client(settings["url"]), TicketHttp.Basic(settings["account"], parts.Secret(settings["token"], "token")), parts.Time),
        JiraOptions.Of(settings)));

    public string Name => "Jira";

    public TimeSpan FindLag { get; } = TimeSpan.FromMinutes(1);

    public ITicketFormat Format { get; } = new AdfFormat();

    /// <remarks>Group "Issue search", enhanced search: pages by token, and only the fields that are asked for.</remarks>
    public async Task<IReadOnlyList<RemoteTicket>> FindAsync(string key, CancellationToken cancellationToken)
    {
        var label = Label(key);
        var query = new JsonObject
        {
            ["jql"] = $"project = \"{options.Project}\" AND labels = \"{label}\" ORDER BY created ASC, key ASC",
            ["fields"] = new JsonArray("labels"),
            ["maxResults"] = PageSize,
        };
        var found = await http.SendAsync(HttpMethod.Post, $"{Api}/search/jql", query, cancellationToken);
        return [.. found.Items("issues").Where(issue => Labels(issue).Contains(label)).Select(Ticket)];
    }

    /// <remarks>Group "Issues".</remarks>
    public async Task<RemoteTicket> CreateAsync(string key, TicketContent content, CancellationToken cancellationToken)
    {
        var fields = Fields(key, content);
        fields["project"] = new JsonObject { ["key"] = options.Project };
        fields["issuetype"] = new JsonObject { ["name"] = options.Type };
        fields["labels"] = new JsonArray(Label(key));
        return Ticket(await http.SendAsync(HttpMethod.Post, $"{Api}/issue", new JsonObject { ["fields"] = fields }, cancellationToken));
    }

    public Task UpdateAsync(RemoteTicket ticket, string key, TicketContent content, CancellationToken cancellationToken)
        => http.SendAsync(
            HttpMethod.Put, $"{Api}/issue/{ticket.Id}", new JsonObject { ["fields"] = Fields(key, content), ["update"] = ChangeLabel("add", key) }, cancellationToken);

    public async Task<IReadOnlyList<string>> FindCommentsAsync(RemoteTicket ticket, string marker, CancellationToken cancellationToken)
    {
        var account = await OurAccountAsync(cancellationToken);
        return [.. (await CommentsAsync(ticket, cancellationToken))
            .Where(comment => comment["author"]?.Text("accountId") == account && AdfText.Of(comment["body"]).Contains(marker, StringComparison.Ordinal))
            .Select(comment => comment.Text("id"))];
    }

    /// <remarks>Group "Issue comments".</remarks>
    public async Task<string> AddCommentAsync(RemoteTicket ticket, string body, CancellationToken cancellationToken)
        => (await http.SendAsync(HttpMethod.Post, $"{Api}/issue/{ticket.Id}/comment", Body(body), cancellationToken)).Text("id");

    public Task EditCommentAsync(RemoteTicket ticket, string commentId, string body, CancellationToken cancellationToken)
        => http.SendAsync(HttpMethod.Put, $"{Api}/issue/{ticket.Id}/comment/{commentId}", Body(body), cancellationToken);

    /// <remarks>
    /// A workflow is left by transitions: the one that the settings name, or else the first that leads to a state of the right
    /// category. Where the issue is in such a state already, nothing is done.
    /// </remarks>
    public async Task MoveAsync(RemoteTicket ticket, TicketState state, CancellationToken cancellationToken)
    {
        var issue = await http.GetAsync($"{Api}/issue/{ticket.Id}?fields=status", cancellationToken);
        if (IsMeant(issue["fields"]?["status"], state))
        {
            return;
        }

        var there = (await http.GetAsync($"{Api}/issue/{ticket.Id}/transitions", cancellationToken)).Items("transitions").ToList();
        var transition = there.FirstOrDefault(one => options.States.TryGetValue(state, out var name) && Same(one.Text("name"), name))
            ?? there.FirstOrDefault(one => IsMeant(one["to"], state))
            ?? throw new TicketSystemRefusedException(
                $"Jira has no way to move {ticket.Label} to {options.States.GetValueOrDefault(state) ?? state.ToString().ToLowerInvariant()}.",
                $"Set \"states.{state.ToString().ToLowerInvariant()}\" to one of {string.Join(", ", there.Select(one => one.Text("name")))}, or change the workflow.");
        await http.SendAsync(
            HttpMethod.Post, $"{Api}/issue/{ticket.Id}/transitions", new JsonObject { ["transition"] = new JsonObject { ["id"] = transition.Text("id") } }, cancellationToken);
    }

    public Task LinkAsync(RemoteTicket ticket, RemoteTicket earlier, CancellationToken cancellationToken) => LinkAsync("Relates", ticket, earlier, cancellationToken);

    /// <remarks>Group "Issue attachments"; without the header the request is taken for a forged one. Of its name and ours only the new one stays.</remarks>
    public async Task<bool> AttachAsync(RemoteTicket ticket, TicketAttachment attachment, CancellationToken cancellationToken)
    {
        var before = await http.GetAsync($"{Api}/issue/{ticket.Id}?fields=attachment", cancellationToken);
        var account = await OurAccountAsync(cancellationToken);
        using var uploaded = await http.SendAsync(() => Upload(ticket, attachment), [], cancellationToken);
        foreach (var old in (before["fields"] ?? before).Items("attachment").Where(old => old.Text("filename") == attachment.Name && old["author"]?.Text("accountId") == account))
        {
            await http.SendAsync(HttpMethod.Delete, $"{Api}/attachment/{old.Text("id")}", null, [HttpStatusCode.NotFound, HttpStatusCode.Forbidden], cancellationToken);
        }

        return true;
    }

    public async Task MergeAsync(RemoteTicket duplicate, RemoteTicket into, CancellationToken cancellationToken)
    {
        var issue = await http.GetAsync($"{Api}/issue/{duplicate.Id}?fields=labels", cancellationToken);
        await LinkAsync("Duplicate", duplicate, into, cancellationToken);
        await MoveAsync(duplicate, TicketState.Closed, cancellationToken);
        var labels = new JsonArray([.. Labels(issue).Where(label => !label.StartsWith(LabelPrefix, StringComparison.Ordinal)).Select(label => (JsonNode)label)]);
        await http.SendAsync(HttpMethod.Put, $"{Api}/issue/{duplicate.Id}", new JsonObject { ["fields"] = new JsonObject { ["labels"] = labels } }, cancellationToken);
    }

    public async Task<TicketReplies> RepliesAsync(RemoteTicket ticket, string? after, CancellationToken cancellationToken)
    {
        var account = await OurAccountAsync(cancellationToken);
        var mark = Number(after);
        var comments = (await CommentsAsync(ticket, cancellationToken)).Where(comment => Number(comment.Text("id")) > mark).OrderBy(comment => Number(comment.Text("id"))).ToList();
        return new TicketReplies(
            [.. comments.Where(comment => comment["author"]?.Text("accountId") is { } author && author != account)
                .Select(comment => new TicketReply(comment.Text("id"), comment["author"]!.Text("accountId"), comment.Instant("created"), AdfText.Of(comment["body"])))],
            comments.Count > 0 ? comments[^1].Text("id") : after);
    }

    private const string LabelPrefix = "aiops-";

    /// <summary>A label holds no space; the rest of a marker's signs it does.</summary>
    private static string Label(string key) => LabelPrefix + Marker.Ticket(key)["aiops:ticket:".Length..^1];

    private JsonObject Fields(string key, TicketContent content) => new()
    {
        ["summary"] = TicketText.Title(content, LongestSummary),
        ["description"] = JsonNode.Parse(Format.Render(TicketText.Description(content), Marker.Ticket(key))),
        ["priority"] = new JsonObject { ["name"] = options.PriorityOf(content.Severity) },
    };

    private static JsonObject ChangeLabel(string how, string key) => new() { ["labels"] = new JsonArray(new JsonObject { [how] = Label(key) }) };

    private static JsonObject Body(string document) => new() { ["body"] = JsonNode.Parse(document) };

    private bool IsMeant(JsonNode? status, TicketState state) => status is not null && (options.States.TryGetValue(state, out var name)
        ? Same(status.Text("name"), name)
        : (status["statusCategory"]?.Text("key") == "done") == (state != TicketState.Open));

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private async Task LinkAsync(string type, RemoteTicket from, RemoteTicket to, CancellationToken cancellationToken)
    {
        var issue = await http.GetAsync($"{Api}/issue/{from.Id}?fields=issuelinks", cancellationToken);
        if ((issue["fields"] ?? issue).Items("issuelinks").Any(link => (link["inwardIssue"] ?? link["outwardIssue"])?.Text("id") == to.Id))
        {
            return;
        }

        var link = new JsonObject
        {
            ["type"] = new JsonObject { ["name"] = type },
            ["inwardIssue"] = new JsonObject { ["key"] = from.Label },
            ["outwardIssue"] = new JsonObject { ["key"] = to.Label },
        };
        await http.SendAsync(HttpMethod.Post, $"{Api}/issueLink", link, cancellationToken);
    }

    private async Task<List<JsonNode>> CommentsAsync(RemoteTicket ticket, CancellationToken cancellationToken)
    {
        List<JsonNode> comments = [];
        while (true)
        {
            var page = await http.GetAsync($"{Api}/issue/{ticket.Id}/comment?orderBy=created&maxResults={PageSize}&startAt={comments.Count}", cancellationToken);
            var read = page.Items("comments").ToList();
            comments.AddRange(read);
            if (read.Count == 0 || comments.Count >= Number(page.Text("total")))
            {
                return comments;
            }
        }
    }

    private async Task<string> OurAccountAsync(CancellationToken cancellationToken)
        => us ??= (await http.GetAsync($"{Api}/myself", cancellationToken)).Text("accountId");

    private static HttpRequestMessage Upload(RemoteTicket ticket, TicketAttachment attachment)
    {
        ReadOnlyMemoryContent file = new(attachment.Content);
        file.Headers.ContentType = MediaTypeHeaderValue.Parse(attachment.MediaType);
        HttpRequestMessage request = new(HttpMethod.Post, $"{Api}/issue/{ticket.Id}/attachments") { Content = new MultipartFormDataContent { { file, "file", attachment.Name } } };
        request.Headers.Add("X-Atlassian-Token", "no-check");
        return request;
    }

    private static IEnumerable<string> Labels(JsonNode issue) => (issue["fields"] ?? issue).Items("labels").Select(label => label.GetValue<string>());

    private static long Number(string? id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private RemoteTicket Ticket(JsonNode issue) => new(issue.Text("id"), issue.Text("key"), new Uri(http.Address, $"browse/{issue.Text("key")}").ToString());
}
