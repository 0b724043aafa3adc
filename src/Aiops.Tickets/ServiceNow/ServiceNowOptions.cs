using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Aiops.Tickets.Settings;

namespace Aiops.Tickets.ServiceNow;

/// <summary>One ServiceNow instance, and what it calls things.</summary>
public sealed record ServiceNowOptions
{
    /// <summary>Our user_name: journal entries by it are ours.</summary>
    public required string Account { get; init; }

    /// <summary>The resolution code of incidents that end; an instance asks for one before it lets anything be resolved.</summary>
    public string CloseCode { get; init; } = "Solution provided";

    /// <summary><c>impact/urgency</c> a severity, from which the instance looks the priority up: 1 is high.</summary>
    public IReadOnlyDictionary<Severity, string> Priorities { get; init; } = new Dictionary<Severity, string>();

    public IReadOnlyDictionary<TicketState, string> States { get; init; } = new Dictionary<TicketState, string>();

    /// <summary>As "Data lookup rules" is shipped: 1/1 is critical, 1/2 high, 2/2 moderate, 2/3 low.</summary>
    public (string Impact, string Urgency) PriorityOf(Severity severity)
    {
        var parts = (Priorities.GetValueOrDefault(severity) ?? severity switch
        {
            Severity.Sev1 => "1/1",
            Severity.Sev2 => "1/2",
            Severity.Sev3 => "2/2",
            _ => "2/3",
        }).Split('/');
        return (parts[0], parts[1]);
    }

    /// <summary>The numbers of incident states as they are shipped.</summary>
    public string StateOf(TicketState state) => States.GetValueOrDefault(state) ?? state switch
    {
        TicketState.Resolved => "6",
        TicketState.Closed => "7",
        _ => "2",
    };

    public static ServiceNowOptions Of(TicketSettings settings)
    {
        if (settings.Priorities.FirstOrDefault(one => one.Value.Split('/') is not [{ Length: > 0 }, { Length: > 0 }]) is { Value: { } wrong })
        {
            throw new TicketSettingsException(settings.Where, [$"\"priorities\" holds \"{wrong}\": for ServiceNow it must be impact/urgency, such as 1/2."]);
        }

        return new ServiceNowOptions
        {
            Account = settings["account"],
            CloseCode = settings.Find("closeCode") ?? new ServiceNowOptions { Account = "" }.CloseCode,
            Priorities = settings.Priorities,
            States = settings.States,
        };
    }
}
