using Aiops.Analysis.Storms;

namespace Aiops.Pipeline.Intake.Scopes;

/// <summary>
/// The one versioned item of a correlation scope: the incidents that take alarms, in the order of their ids. Whoever
/// commits against a version that is no longer the current one reads again and decides again.
/// </summary>
public sealed record ScopeHead(IReadOnlyList<IncidentState> Incidents)
{
    /// <summary>What the head may weigh, in bytes of JSON: DynamoDB's 400 KB less room for what one batch adds.</summary>
    public const int MaxBytes = 350_000;

    public static ScopeHead Empty { get; } = new([]);

    /// <summary>What grouping has learned from the scope's alarms; null before the first.</summary>
    public AlarmMemory? Memory { get; init; }

    /// <summary>
    /// The head of these incidents. Closed ones leave it; where the rest outgrow <see cref="MaxBytes"/>, those that have
    /// been quiet for longest leave as well: they stay open and keep their members, whose alarms still find them by
    /// subject, but no new alarm is correlated with them until one of their own comes.
    /// </summary>
    public static ScopeHead Of(IEnumerable<IncidentState> incidents, AlarmMemory? memory = null)
    {
        var live = incidents.Where(incident => incident.TakesAlarms).ToList();
        var bytes = live.Sum(Weight) + (memory is null ? 0 : Weight(memory));
        if (bytes > MaxBytes)
        {
            live = [.. live.OrderByDescending(incident => incident.LastEventAt).ThenByDescending(incident => incident.Id, StringComparer.Ordinal)];
            while (bytes > MaxBytes)
            {
                bytes -= Weight(live[^1]);
                live.RemoveAt(live.Count - 1);
            }
        }

        return new ScopeHead([.. live.OrderBy(incident => incident.Id, StringComparer.Ordinal)]) { Memory = memory };
    }

    // An upper bound without writing the JSON: its fixed part is under 420 bytes, and a character escapes to six at most.
    private static int Weight(IncidentState incident)
        => 420 + incident.Components.Sum(Weight) + incident.Marks.Sum(Weight);

    // A number of relations or gaps has five digits at most, and a comma.
    private static int Weight(AlarmMemory memory)
        => 200 + memory.Components.Sum(Weight) + 6 * (memory.Relations.Count + memory.Meetings.Count + memory.Gaps.Count);

    private static int Weight(string text)
    {
        var plain = 3 + text.Length;
        foreach (var c in text)
        {
            plain += char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '/' or '=' or ' ' ? 0 : 5;
        }

        return plain;
    }
}
