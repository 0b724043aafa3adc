using Aiops.Pipeline.Comment;
using Microsoft.Extensions.Logging;

namespace Aiops.Tickets.Settings;

/// <summary>One ticket system: what it is called in the settings, what it needs there, and how it is made.</summary>
/// <param name="Needs">Members of the settings that must be there.</param>
/// <param name="Takes">Members that may be.</param>
public sealed record TicketSystemKind(
    string Name, IReadOnlyList<string> Needs, IReadOnlyList<string> Takes, Func<TicketSettings, SystemParts, ITicketApi> Create);

/// <summary>The ticket systems, and how settings become one of them. A new system is a folder and a line here.</summary>
public static class TicketSystems
{
    public static IReadOnlyList<TicketSystemKind> All { get; } =
    [
        Redmine.RedmineApi.Kind,
        Jira.JiraApi.Kind,
        GitHub.GitHubApi.Kind,
        ServiceNow.ServiceNowApi.Kind,
    ];

    /// <param name="ofHost">Systems that only the host can reach, by clients of its own.</param>
    public static TicketSystemKind? Find(string name, IReadOnlyList<TicketSystemKind>? ofHost = null)
        => All.Concat(ofHost ?? []).FirstOrDefault(kind => kind.Name == name);

    /// <param name="ledger">Made with the host's own stores.</param>
    /// <param name="ofHost">As for <see cref="Find"/>.</param>
    /// <exception cref="TicketSettingsException">A secret's reference isn't one.</exception>
    public static ForeignTickets Create(
        TicketSettings settings, SystemParts parts, ITicketLedger ledger, ILoggerFactory loggers, IReadOnlyList<TicketSystemKind>? ofHost = null)
    {
        var notices = settings.Notices.Select(notice => NoticeSystems.Find(notice.System)!.Create(notice, parts, ledger)).ToList();
        var webhook = settings.Find("webhookSecret") is { } reference ? parts.Secret(reference, "webhookSecret") : null;
        var found = new ForeignTickets { Notices = notices, Reviewers = settings.Reviewers, WebhookSecret = webhook is null ? null : webhook.ReadAsync };
        if (settings.System is null)
        {
            return found;
        }

        var api = Find(settings.System, ofHost)!.Create(settings, parts);
        var tickets = new RemoteTicketSystem(api, ledger, new RemoteTicketOptions(), parts.Time, loggers.CreateLogger<RemoteTicketSystem>());
        var sweep = new TicketSweep(tickets, api, ledger, parts.Time, loggers.CreateLogger<TicketSweep>());
        return found with { Tickets = tickets, Replies = tickets, Sweep = sweep.RunWhenDueAsync };
    }
}
