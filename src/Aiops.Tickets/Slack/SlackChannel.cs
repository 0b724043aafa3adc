using System.Text.Json.Nodes;
using Aiops.Pipeline.Comment;
using Aiops.Tickets.Http;
using Aiops.Tickets.Markdown;
using Aiops.Tickets.Notices;
using Aiops.Tickets.Settings;

namespace Aiops.Tickets.Slack;

/// <summary>One Slack channel, by "chat.postMessage" and "chat.update" of its Web API (docs.slack.dev/reference/methods).</summary>
/// <remarks>
/// Slack answers 200 to nearly all and says <c>ok: false</c> where it means no. The message is edited in place, which pings
/// nobody: that it is over, or open again, is said in its thread too. The incident is in its metadata, which only apps see.
/// </remarks>
public sealed class SlackChannel(TicketHttp http, ITicketLedger ledger, string channel) : LedgerNotices(ledger, $"Slack {channel}")
{
    private const int LongestText = 3_000; // The fallback for notifications; beyond 40,000 Slack would cut it.

    private readonly SlackFormat format = new();

    public static NoticeSystemKind Kind { get; } = new("slack", ["channel", "token"], ["url"], (settings, parts, ledger) => new SlackChannel(
        new TicketHttp(
            "Slack", parts.Client(settings.Find("url") ?? "https://slack.com/api/"), TicketHttp.Authorization("Bearer", parts.Secret(settings["token"], "token")), parts.Time),
        ledger, settings["channel"]));

    public override string Name => $"Slack {channel}";

    protected override async Task<(string? Conversation, string? Message)> SendAsync(
        string key, Notice notice, TicketEntry earlier, CancellationToken cancellationToken)
    {
        if (earlier is { TicketId: { } conversation, CommentId: { } message })
        {
            var edited = await CallAsync("chat.update", Body(key, notice, conversation, message), ["message_not_found", "cant_update_message", "edit_window_closed"], cancellationToken);
            if (edited is not null)
            {
                await TellThreadAsync(notice, earlier.State, conversation, message, cancellationToken);
                return (conversation, message);
            }
        }

        var posted = await CallAsync("chat.postMessage", Body(key, notice, channel, message: null), [], cancellationToken);
        return (posted!.Text("channel"), posted!.Text("ts"));
    }

    // After the edit, so that what it points to is there.
    private Task TellThreadAsync(Notice notice, TicketState before, string conversation, string message, CancellationToken cancellationToken)
        => notice.State == before ? Task.CompletedTask : CallAsync(
            "chat.postMessage",
            new JsonObject { ["channel"] = conversation, ["thread_ts"] = message, ["reply_broadcast"] = false, ["text"] = notice.State == TicketState.Open ? "Open again." : "It is over: the incident is closed, and what fires next opens another." },
            [], cancellationToken);

    private JsonObject Body(string key, Notice notice, string to, string? message)
    {
        var body = new JsonObject
        {
            ["channel"] = to,
            ["text"] = Fallback(notice),
            ["blocks"] = JsonNode.Parse(format.Render(Shown(notice), Marker.Comment(key))),
            ["unfurl_links"] = false,
            ["unfurl_media"] = false,
            ["metadata"] = new JsonObject { ["event_type"] = "aiops_incident", ["event_payload"] = new JsonObject { ["incident"] = key } },
        };
        if (message is not null)
        {
            body["ts"] = message;
        }

        return body;
    }

    // The ticket is where people go on from here; the comment's own footer has the report.
    private static string Shown(Notice notice)
        => notice.TicketUrl is { } url ? $"{notice.Markdown.TrimEnd()} · {MarkdownText.Link("Ticket", url)}\n" : notice.Markdown;

    // Read as mrkdwn where blocks can't be shown: three signs begin what calls people ("Formatting text").
    private static string Fallback(Notice notice)
        => new Run(notice.Text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)) is var run
            && run.Text.Length > LongestText ? run.Cut(LongestText).Text : run.Text;

    /// <returns>Null where Slack says one of <paramref name="accept"/>.</returns>
    private async Task<JsonNode?> CallAsync(string method, JsonObject body, IReadOnlyList<string> accept, CancellationToken cancellationToken)
    {
        var answer = await http.SendAsync(HttpMethod.Post, method, body, cancellationToken);
        if (answer["ok"]?.GetValue<bool>() == true)
        {
            return answer;
        }

        var error = MarkdownText.Line(answer.Text("error"), 100);
        return accept.Contains(error) ? null : throw Failure(method, error);
    }

    private Exception Failure(string method, string error) => error switch
    {
        "ratelimited" or "rate_limited" or "internal_error" or "fatal_error" or "service_unavailable" or "request_timeout" or "" =>
            new TicketSystemUnavailableException($"{Name} failed at {method}: {error}"),
        "invalid_auth" or "not_authed" or "token_expired" or "token_revoked" or "account_inactive" =>
            new TicketSystemRefusedException($"{Name} doesn't take our token ({method}: {error}).", "Renew the bot token; docs/tickets.md says where it is read from."),
        "not_in_channel" or "channel_not_found" or "is_archived" or "restricted_action" =>
            new TicketSystemRefusedException($"{Name} doesn't let us write there ({method}: {error}).", "Invite the bot into the channel, and name the channel by its id."),
        "missing_scope" => new TicketSystemRefusedException($"{Name} doesn't allow {method}: {error}", "Give the bot the scope chat:write and install it anew."),
        _ => new TicketSystemRefusedException($"{Name} refused {method}: {error}", "Compare the settings with docs/tickets.md."),
    };
}
