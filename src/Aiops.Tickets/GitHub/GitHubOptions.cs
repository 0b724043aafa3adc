using System.Text.RegularExpressions;
using Aiops.Pipeline;
using Aiops.Tickets.Settings;

namespace Aiops.Tickets.GitHub;

/// <summary>One repository.</summary>
public sealed partial record GitHubOptions
{
    /// <summary>On every issue of ours.</summary>
    public const string Label = "aiops";

    /// <summary><c>owner/name</c>.</summary>
    public required string Repository { get; init; }

    /// <summary>Labels in place of priorities.</summary>
    public IReadOnlyDictionary<Severity, string> Priorities { get; init; } = new Dictionary<Severity, string>();

    public string PriorityOf(Severity severity) => Priorities.GetValueOrDefault(severity) ?? severity.ToString().ToLowerInvariant();

    public bool IsPriority(string label) => Enum.GetValues<Severity>().Any(severity => PriorityOf(severity) == label);

    public static GitHubOptions Of(TicketSettings settings)
    {
        if (!OwnerAndName().IsMatch(settings["project"]))
        {
            throw new TicketSettingsException(settings.Where, [$"\"project\" is \"{settings["project"]}\": it must be owner/name of a repository."]);
        }

        return settings.States.Count == 0
            ? new GitHubOptions { Repository = settings["project"], Priorities = settings.Priorities }
            : throw new TicketSettingsException(settings.Where, ["\"states\" is no setting of github, whose issues are open or closed: take it out."]);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,100}\z", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex OwnerAndName();
}
