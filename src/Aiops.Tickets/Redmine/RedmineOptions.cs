using System.Globalization;
using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Aiops.Tickets.Markdown;
using Aiops.Tickets.Settings;

namespace Aiops.Tickets.Redmine;

/// <summary>One Redmine project, and what its installation calls things.</summary>
public sealed record RedmineOptions
{
    /// <summary>The project's identifier, as in its address.</summary>
    public required string Project { get; init; }

    /// <summary>The tracker's name; null for the project's first.</summary>
    public string? Type { get; init; }

    /// <summary>The id of a custom field (text, used as a filter) that holds our key; null where the description does.</summary>
    public int? Field { get; init; }

    public ITicketFormat Format { get; init; } = new TextileFormat();

    public IReadOnlyDictionary<Severity, string> Priorities { get; init; } = new Dictionary<Severity, string>();

    public IReadOnlyDictionary<TicketState, string> States { get; init; } = new Dictionary<TicketState, string>();

    /// <summary>Priorities as Redmine's default configuration names them.</summary>
    public string PriorityOf(Severity severity) => Priorities.GetValueOrDefault(severity) ?? severity switch
    {
        Severity.Sev1 => "Urgent",
        Severity.Sev2 => "High",
        Severity.Sev3 => "Normal",
        _ => "Low",
    };

    /// <summary>Statuses as Redmine's default configuration names them.</summary>
    public string StateOf(TicketState state) => States.GetValueOrDefault(state) ?? state switch
    {
        TicketState.Resolved => "Resolved",
        TicketState.Closed => "Closed",
        _ => "New",
    };

    public static RedmineOptions Of(TicketSettings settings) => new()
    {
        Project = settings["project"],
        Type = settings.Find("type"),
        Field = settings.Find("field") switch
        {
            null => null,
            var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) => id,
            var text => throw new TicketSettingsException(settings.Where, [$"\"field\" is \"{text}\": it must be the number of a custom field."]),
        },
        Format = settings.Find("format") switch
        {
            null or "textile" => new TextileFormat(),
            "markdown" or "common_mark" => new CommonMarkFormat(),
            var text => throw new TicketSettingsException(settings.Where, [$"\"format\" is \"{text}\": it must be textile, markdown or common_mark, as Redmine's settings say."]),
        },
        Priorities = settings.Priorities,
        States = settings.States,
    };
}
