using System.Text.RegularExpressions;
using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Aiops.Tickets.Settings;

namespace Aiops.Tickets.Jira;

/// <summary>One project of a Jira Cloud site, and what it calls things.</summary>
public sealed partial record JiraOptions
{
    /// <summary>The project's key (<c>OPS</c>).</summary>
    public required string Project { get; init; }

    /// <summary>The name of the issue type.</summary>
    public string Type { get; init; } = "Task";

    public IReadOnlyDictionary<Severity, string> Priorities { get; init; } = new Dictionary<Severity, string>();

    /// <summary>Names of transitions, or of the states they lead to.</summary>
    public IReadOnlyDictionary<TicketState, string> States { get; init; } = new Dictionary<TicketState, string>();

    /// <summary>Priorities as Jira's default scheme names them.</summary>
    public string PriorityOf(Severity severity) => Priorities.GetValueOrDefault(severity) ?? severity switch
    {
        Severity.Sev1 => "Highest",
        Severity.Sev2 => "High",
        Severity.Sev3 => "Medium",
        _ => "Low",
    };

    public static JiraOptions Of(TicketSettings settings) => new()
    {
        Project = ProjectKey().IsMatch(settings["project"])
            ? settings["project"]
            : throw new TicketSettingsException(settings.Where, [$"\"project\" is \"{settings["project"]}\": it must be a project's key, such as OPS."]),
        Type = settings.Find("type") ?? "Task",
        Priorities = settings.Priorities,
        States = settings.States,
    };

    [GeneratedRegex(@"\A[A-Z][A-Z0-9_]{1,99}\z", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex ProjectKey();
}
