using System.Text;
using Aiops.Pipeline.Comment;
using Aiops.Tickets.Http;
using Aiops.Tickets.Markdown;
using Aiops.Tickets.Notices;
using Aiops.Tickets.Settings;

namespace Aiops.Tickets.Teams;

/// <summary>
/// One Microsoft Teams channel, by a webhook of Workflows ("Create incoming webhooks with Workflows for Microsoft Teams",
/// support.microsoft.com): the address itself is the secret.
/// </summary>
/// <remarks>
/// A webhook can't edit what it posted and gives no id for it: each changed analysis is a card of its own that says which it is.
/// The flow answers 202 before it has posted; a card that it then can't post is lost to us, and shows in the flow's run history.
/// </remarks>
public sealed class TeamsChannel(TicketHttp http, ISecret address, ITicketLedger ledger, string name) : LedgerNotices(ledger, $"Teams {name}")
{
    private readonly AdaptiveCardFormat format = new();

    public static NoticeSystemKind Kind { get; } = new("teams", ["webhook"], ["channel"], (settings, parts, ledger) => new TeamsChannel(
        new TicketHttp("Microsoft Teams", parts.Client("https://localhost/"), (_, _) => ValueTask.CompletedTask, parts.Time),
        parts.Secret(settings["webhook"], "webhook"), ledger, settings.Find("channel") is { } channel ? channel : "channel"));

    public override string Name { get; } = $"Microsoft Teams {name}";

    protected override async Task<(string? Conversation, string? Message)> SendAsync(string key, Notice notice, TicketEntry earlier, CancellationToken cancellationToken)
    {
        var card = format.Render(Shown(notice, earlier.CommentVersion), Marker.Comment(key));
        var body = $$"""{"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","contentUrl":null,"content":{{card}}}]}""";
        var to = await AddressAsync(cancellationToken);
        using var answer = await http.SendAsync(
            () => new HttpRequestMessage(HttpMethod.Post, to) { Content = new StringContent(body, Encoding.UTF8, "application/json") }, [], cancellationToken);
        return (null, null);
    }

    private async Task<string> AddressAsync(CancellationToken cancellationToken)
        => await address.ReadAsync(cancellationToken) is var text && Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.IsLoopback)
            ? text
            : throw new TicketSystemRefusedException($"The webhook of {Name} is no https address.", "Copy it from the flow's trigger; docs/tickets.md says how.");

    private static string Shown(Notice notice, int toldBefore)
    {
        var parts = notice.Markdown.TrimEnd();
        parts = notice.TicketUrl is { } url ? $"{parts} · {MarkdownText.Link("Ticket", url)}" : parts;
        var why = (notice.State, toldBefore) switch
        {
            (TicketState.Open, 0) => "",
            (TicketState.Open, _) => "*Analysed anew; this replaces the card above.*\n\n",
            _ => "*It is over: the incident is closed, and what fires next opens another.*\n\n",
        };
        return $"{why}{parts}\n";
    }
}
