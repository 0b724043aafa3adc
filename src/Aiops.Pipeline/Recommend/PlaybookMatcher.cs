using Aiops.Analysis.Telemetry;

namespace Aiops.Pipeline.Recommend;

/// <summary>What a playbook is held against: one hypothesis, or the incident as a whole.</summary>
public sealed record PlaybookSubject
{
    /// <summary>The hypothesis' rank; 0 for the incident as a whole.</summary>
    public required int Hypothesis { get; init; }

    public required string Component { get; init; }

    /// <summary>CloudFormation type; null when unknown.</summary>
    public string? Type { get; init; }

    public CauseKind Cause { get; init; }

    public IncidentKind Incident { get; init; }

    public DateTimeOffset? Onset { get; init; }

    public IReadOnlyList<string> Metrics { get; init; } = [];

    public IReadOnlyList<string> Logs { get; init; } = [];

    public IReadOnlyList<ChangeKind> Changes { get; init; } = [];

    public IReadOnlyList<string> Alarms { get; init; } = [];

    /// <summary>Playbooks that reviewers of resembling incidents said helped.</summary>
    public IReadOnlyList<string> Helped { get; init; } = [];
}

/// <summary>A playbook that fits, and why.</summary>
/// <param name="Because">One sentence for people.</param>
public sealed record PlaybookMatch(Playbook Playbook, double Score, string Because);

/// <summary>Finds the playbooks for a subject. Pure: the same subject gets the same answer.</summary>
/// <remarks>
/// Points are added for what fits (the figures below) and evidence counts once a signal. A known resource of another type
/// rules a playbook out; so does having neither the cause's kind nor any evidence in common. Where the type isn't known or
/// the playbook names none, the cause's kind alone is too little and evidence is asked for.
/// </remarks>
public static class PlaybookMatcher
{
    /// <summary>More than a person reads under pressure is noise.</summary>
    public const int MostPerSubject = 2;

    private const double ResourcePoints = 3;
    private const double CausePoints = 2;
    private const double EvidencePoints = 2;
    private const double HelpedPoints = 2;
    private const double IncidentPoints = 1;

    // A second recommendation must be nearly as good as the first to be worth its reading.
    private const double LeastShareOfBest = 0.7;

    /// <summary>The best first; equally good ones by id.</summary>
    public static IReadOnlyList<PlaybookMatch> Match(PlaybookLibrary library, PlaybookSubject subject)
    {
        var matches = library.Playbooks
            .Select(playbook => Judge(playbook, subject))
            .OfType<PlaybookMatch>()
            .OrderByDescending(match => match.Score)
            .ThenBy(match => match.Playbook.Id, StringComparer.Ordinal)
            .ToList();
        return [.. matches.Where(match => match.Score >= LeastShareOfBest * matches[0].Score).Take(MostPerSubject)];
    }

    /// <summary>Null when the playbook doesn't apply.</summary>
    public static PlaybookMatch? Judge(Playbook playbook, PlaybookSubject subject)
    {
        var wanted = playbook.Matches;
        var resource = subject.Type is { } type && wanted.Resources.Any(glob => IsLike(type, glob));
        if ((wanted.Resources.Count > 0 && subject.Type is not null && !resource) || (subject.Hypothesis == 0 && !wanted.WithoutCause))
        {
            return null;
        }

        var cause = subject.Cause is not CauseKind.Unknown && wanted.Causes.Contains(subject.Cause);
        var kind = subject.Incident is not IncidentKind.Unknown && wanted.Incidents.Contains(subject.Incident);
        List<(double Points, string Reason)> reasons = [];
        Add(resource, ResourcePoints, () => $"{subject.Component} is {subject.Type}");
        Add(cause, CausePoints, () => $"the cause is {Words(subject.Cause.ToString())}");
        var others = reasons.Count;
        AddWord(wanted.Metrics, subject.Metrics, "the metric");
        AddWord(wanted.Logs, subject.Logs, "the log pattern");
        AddWord(wanted.Alarms, subject.Alarms, "the alarm");
        foreach (var change in wanted.Changes.Where(subject.Changes.Contains).Take(1))
        {
            Add(true, EvidencePoints, () => $"it saw a change of kind {Words(change.ToString())}");
        }

        var evidence = reasons.Count > others;
        Add(kind, IncidentPoints, () => $"the incident is one of {Words(subject.Incident.ToString())}");
        Add(subject.Helped.Contains(playbook.Id), HelpedPoints, () => "it helped in an incident like this one");
        var applies = evidence || (cause && resource);
        return applies ? new PlaybookMatch(playbook, reasons.Sum(reason => reason.Points), Sentence(reasons)) : null;

        void Add(bool holds, double points, Func<string> reason)
        {
            if (holds)
            {
                reasons.Add((points, reason()));
            }
        }

        void AddWord(IReadOnlyList<string> words, IReadOnlyList<string> texts, string what)
        {
            foreach (var word in words)
            {
                if (texts.FirstOrDefault(text => text.Contains(word, StringComparison.OrdinalIgnoreCase)) is { } text)
                {
                    reasons.Add((EvidencePoints, $"{what} “{Shortened(text)}” speaks of “{word}”"));
                    return;
                }
            }
        }
    }

    /// <summary>Whether a type is like a pattern in which <c>*</c> stands for any run of characters.</summary>
    internal static bool IsLike(string type, string glob)
    {
        var parts = glob.Split('*');
        if (parts.Length == 1)
        {
            return type == glob;
        }

        var rest = type.AsSpan();
        if (!rest.StartsWith(parts[0], StringComparison.Ordinal))
        {
            return false;
        }

        rest = rest[parts[0].Length..];
        foreach (var part in parts[1..^1])
        {
            var at = rest.IndexOf(part, StringComparison.Ordinal);
            if (at < 0)
            {
                return false;
            }

            rest = rest[(at + part.Length)..];
        }

        return rest.EndsWith(parts[^1], StringComparison.Ordinal);
    }

    private static string Sentence(IEnumerable<(double Points, string Reason)> reasons)
    {
        var text = string.Join("; ", reasons.Select(reason => reason.Reason));
        return $"{char.ToUpperInvariant(text[0])}{text[1..]}.";
    }

    private static string Words(string name)
        => string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? $" {char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    private static string Shortened(string text) => text.Length > 80 ? text[..80] + "…" : text;
}
