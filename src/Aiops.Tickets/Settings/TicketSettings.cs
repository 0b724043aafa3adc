using Aiops.Pipeline;
using Aiops.Pipeline.Comment;

namespace Aiops.Tickets.Settings;

/// <summary>Where tickets and notices go, as one JSON file says. Secrets are named in it and never stand in it.</summary>
public sealed record TicketSettings
{
    /// <summary>The file, or what else it came from: for messages.</summary>
    public required string Where { get; init; }

    /// <summary>Null where only notices are sent.</summary>
    public string? System { get; init; }

    /// <summary>Members of one text each (<c>url</c>, <c>project</c>, …), by name; those that the system needs are there.</summary>
    public IReadOnlyDictionary<string, string> Members { get; init; } = new Dictionary<string, string>();

    /// <summary>The system's own priority for a severity; the system's default for those that are absent.</summary>
    public IReadOnlyDictionary<Severity, string> Priorities { get; init; } = new Dictionary<Severity, string>();

    /// <summary>The system's own state, or transition, for a state; the system's default for those that are absent.</summary>
    public IReadOnlyDictionary<TicketState, string> States { get; init; } = new Dictionary<TicketState, string>();

    /// <summary>Accounts whose commands in a ticket count, in the system's own terms; nobody's where it is empty.</summary>
    public IReadOnlyList<string> Reviewers { get; init; } = [];

    public IReadOnlyList<NoticeSettings> Notices { get; init; } = [];

    public string this[string member] => Members[member];

    public string? Find(string member) => Members.GetValueOrDefault(member);
}

/// <summary>One channel of notices.</summary>
public sealed record NoticeSettings
{
    public required string System { get; init; }

    public IReadOnlyDictionary<string, string> Members { get; init; } = new Dictionary<string, string>();

    public string this[string member] => Members[member];

    public string? Find(string member) => Members.GetValueOrDefault(member);
}
