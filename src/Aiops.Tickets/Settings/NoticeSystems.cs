using Aiops.Pipeline.Comment;

namespace Aiops.Tickets.Settings;

/// <summary>One kind of notices: what it is called in the settings, what it needs there, and how it is made.</summary>
public sealed record NoticeSystemKind(
    string Name, IReadOnlyList<string> Needs, IReadOnlyList<string> Takes, Func<NoticeSettings, SystemParts, ITicketLedger, INoticeChannel> Create);

/// <summary>The chat systems and webhooks that notices go to. A new one is a folder and a line here.</summary>
public static class NoticeSystems
{
    public static IReadOnlyList<NoticeSystemKind> All { get; } =
    [
        Slack.SlackChannel.Kind,
        Teams.TeamsChannel.Kind,
        Webhook.WebhookChannel.Kind,
    ];

    public static NoticeSystemKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);
}
