using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Review;
using Aiops.Tickets.Http;
using Aiops.Tickets.Markdown;
using Aiops.Tickets.Settings;

namespace Aiops.Tickets.GitHub;

/// <summary>GitHub Issues (REST API, version 2022-11-28): docs.github.com, "REST API endpoints for issues" and "… issue comments".</summary>
/// <remarks>
/// Issues bear the label <c>aiops</c> and our key in a marker in their body; they are looked for by listing the label, newest
/// first, and not by search, whose index lags for minutes. There are no priorities, so a label says the severity; no
/// relations, so a comment names the other issue; and no attachments by API.
/// </remarks>
public sealed class GitHubApi(TicketHttp http, GitHubOptions options) : ITicketApi
{
    private const int PageSize = 100;
    private const int MostPages = 10; // A thousand incidents back: an older ticket is in the ledger, or is made anew.
    private const int LongestTitle = 256;

    private readonly string repository = $"repos/{options.Repository}";
    private (string? Login, bool Asked) us;

    public static TicketSystemKind Kind { get; } = new("github", ["project", "token"], ["url"], (settings, parts) => new GitHubApi(
        new TicketHttp(
            "GitHub", parts.Client(settings.Find("url") ?? "https://api.github.com/"), TicketHttp.Authorization("Bearer", parts.Secret(settings["token"], "token")), parts.Time),
        GitHubOptions.Of(settings)));

    public string Name => "GitHub";

    /// <remarks>Lists may come from a copy of the database, some seconds behind.</remarks>
    public TimeSpan FindLag { get; } = TimeSpan.FromSeconds(10);

    public ITicketFormat Format { get; } = new GitHubFormat();

    public async Task<IReadOnlyList<RemoteTicket>> FindAsync(string key, CancellationToken cancellationToken)
    {
        var marker = Marker.Ticket(key);
        var issues = await PagesAsync($"{repository}/issues?labels={GitHubOptions.Label}&state=all&sort=created&direction=desc", MostPages, cancellationToken);
        var login = await OurLoginAsync(cancellationToken); // Anyone may open an issue in a public repository, with a marker in it.
        return [.. issues.Where(issue => issue["pull_request"] is null && IsOurs(issue, login) && issue.Text("body").Contains(marker, StringComparison.Ordinal)).Reverse().Select(Ticket)];
    }

    public async Task<RemoteTicket> CreateAsync(string key, TicketContent content, CancellationToken cancellationToken)
    {
        var issue = Issue(key, content);
        issue["labels"] = new JsonArray(GitHubOptions.Label, options.PriorityOf(content.Severity));
        var made = await http.SendAsync(HttpMethod.Post, $"{repository}/issues", issue, cancellationToken);

        // Without push access labels are left out, and nothing is said; the issue would never be found again.
        return made.Items("labels").Any(label => label.Text("name") == GitHubOptions.Label)
            ? Ticket(made)
            : throw new TicketSystemRefusedException(
                $"GitHub made #{made.Text("number")} in {options.Repository} without its labels.", "Close it, and give the token's account write access, or the app the permission Issues: write.");
    }

    public async Task UpdateAsync(RemoteTicket ticket, string key, TicketContent content, CancellationToken cancellationToken)
    {
        var now = await http.GetAsync($"{repository}/issues/{ticket.Id}", cancellationToken);
        var issue = Issue(key, content);
        var labels = now.Items("labels").Select(label => label.Text("name")).Where(label => !options.IsPriority(label)).Append(GitHubOptions.Label)
            .Append(options.PriorityOf(content.Severity)).Distinct();
        issue["labels"] = new JsonArray([.. labels.Select(label => (JsonNode)label)]);
        await PatchAsync(ticket, issue, cancellationToken);
    }

    public async Task<IReadOnlyList<string>> FindCommentsAsync(RemoteTicket ticket, string marker, CancellationToken cancellationToken)
    {
        var login = await OurLoginAsync(cancellationToken);
        return [.. (await CommentsAsync(ticket, cancellationToken))
            .Where(comment => IsOurs(comment, login) && comment.Text("body").Contains(marker, StringComparison.Ordinal)).Select(comment => comment.Text("id"))];
    }

    public async Task<string> AddCommentAsync(RemoteTicket ticket, string body, CancellationToken cancellationToken)
        => (await http.SendAsync(HttpMethod.Post, $"{repository}/issues/{ticket.Id}/comments", new JsonObject { ["body"] = body }, cancellationToken)).Text("id");

    public Task EditCommentAsync(RemoteTicket ticket, string commentId, string body, CancellationToken cancellationToken)
        => http.SendAsync(HttpMethod.Patch, $"{repository}/issues/comments/{commentId}", new JsonObject { ["body"] = body }, cancellationToken);

    public Task MoveAsync(RemoteTicket ticket, TicketState state, CancellationToken cancellationToken)
        => PatchAsync(ticket, State(state, "completed"), cancellationToken);

    public async Task LinkAsync(RemoteTicket ticket, RemoteTicket earlier, CancellationToken cancellationToken)
    {
        var marker = Marker.Link(earlier.Id);
        if ((await FindCommentsAsync(ticket, marker, cancellationToken)).Count == 0)
        {
            await AddCommentAsync(ticket, $"Related: #{earlier.Id}\n\n<!-- {marker} -->\n", cancellationToken);
        }
    }

    /// <remarks>The API has no attachments: files are uploaded by the web page alone.</remarks>
    public Task<bool> AttachAsync(RemoteTicket ticket, TicketAttachment attachment, CancellationToken cancellationToken) => Task.FromResult(false);

    public async Task MergeAsync(RemoteTicket duplicate, RemoteTicket into, CancellationToken cancellationToken)
    {
        var issue = State(TicketState.Closed, "not_planned");
        issue["body"] = $"Made twice for the same incident: see #{into.Id}.";
        await AddCommentAsync(duplicate, $"Duplicate of #{into.Id}\n\n<!-- {Marker.Link(into.Id)} -->\n", cancellationToken);
        await PatchAsync(duplicate, issue, cancellationToken);
    }

    public async Task<TicketReplies> RepliesAsync(RemoteTicket ticket, string? after, CancellationToken cancellationToken)
    {
        var login = await OurLoginAsync(cancellationToken);
        var mark = long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : 0;
        var comments = (await CommentsAsync(ticket, cancellationToken)).Where(comment => comment["id"]!.GetValue<long>() > mark).OrderBy(comment => comment["id"]!.GetValue<long>()).ToList();
        return new TicketReplies(
            [.. comments.Where(comment => comment["user"] is { } user && user.Text("type") != "Bot" && !IsOurs(comment, login))
                .Select(comment => new TicketReply(comment.Text("id"), comment["user"]!.Text("login"), comment.Instant("created_at"), comment.Text("body")))],
            comments.Count > 0 ? comments[^1].Text("id") : after);
    }

    private JsonObject Issue(string key, TicketContent content) => new()
    {
        ["title"] = TicketText.Title(content, LongestTitle),
        ["body"] = Format.Render(TicketText.Description(content), Marker.Ticket(key)),
    };

    private static JsonObject State(TicketState state, string reason) => state == TicketState.Open
        ? new JsonObject { ["state"] = "open", ["state_reason"] = "reopened" }
        : new JsonObject { ["state"] = "closed", ["state_reason"] = reason };

    private Task<JsonNode> PatchAsync(RemoteTicket ticket, JsonObject issue, CancellationToken cancellationToken)
        => http.SendAsync(HttpMethod.Patch, $"{repository}/issues/{ticket.Id}", issue, cancellationToken);

    private Task<List<JsonNode>> CommentsAsync(RemoteTicket ticket, CancellationToken cancellationToken)
        => PagesAsync($"{repository}/issues/{ticket.Id}/comments?", int.MaxValue, cancellationToken);

    private async Task<List<JsonNode>> PagesAsync(string path, int most, CancellationToken cancellationToken)
    {
        List<JsonNode> all = [];
        for (var page = 1; page <= most; page++)
        {
            var items = (await http.GetAsync($"{path}&per_page={PageSize}&page={page}".Replace("?&", "?"), cancellationToken)).AsArray();
            all.AddRange(items.OfType<JsonNode>());
            if (items.Count < PageSize)
            {
                break;
            }
        }

        return all;
    }

    /// <param name="login">Ours, or null for an app's token.</param>
    private static bool IsOurs(JsonNode said, string? login)
        => said["user"] is { } user && (login is null ? user.Text("type") == "Bot" : string.Equals(user.Text("login"), login, StringComparison.OrdinalIgnoreCase));

    /// <summary>Null for the token of an app, which is nobody; its comments are those of a bot.</summary>
    private async Task<string?> OurLoginAsync(CancellationToken cancellationToken)
    {
        if (!us.Asked)
        {
            var (status, body) = await http.SendAsync(HttpMethod.Get, "user", null, [HttpStatusCode.Forbidden], cancellationToken);
            us = (status == HttpStatusCode.OK ? body.Text("login") : null, true);
        }

        return us.Login;
    }

    private static RemoteTicket Ticket(JsonNode issue) => new(issue.Text("number"), $"#{issue.Text("number")}", issue.Text("html_url"));
}
