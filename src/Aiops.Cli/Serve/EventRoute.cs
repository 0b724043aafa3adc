namespace Aiops.Cli.Serve;

/// <summary>An address that events are posted to. All take every format; the path says whom to believe, and labels the event.</summary>
/// <param name="Format">What the queue notes of how it came in.</param>
internal sealed record EventRoute(string Path, string Format)
{
    public static readonly EventRoute Events = new("/events", "http");

    /// <summary>Signed messages of allowed topics need no token here.</summary>
    public static readonly EventRoute Sns = new("/sns", "sns");

    /// <summary>Webhooks signed with our secret need no token here.</summary>
    public static readonly EventRoute Webhook = new("/webhook", "webhook");

    public static readonly IReadOnlyList<EventRoute> All =
        [Events, Sns, new("/alertmanager", "alertmanager"), new("/grafana", "grafana"), Webhook];
}
