namespace Aiops.Analysis.Storms;

/// <summary>
/// What an alarm shares with its kind where no topology helps: the words of its name, the resources and systems it names,
/// its sender's grouping, its metric. A mark is a short string with a prefix for its kind, so that marks index and compare.
/// </summary>
public static class AlarmMarks
{
    private const string Word = "w:";
    private const string Resource = "r:";
    private const string Group = "g:";
    private const string Signal = "s:";

    private const double NameShare = 0.6; // The rest is the metric: the same metric in two systems is common, so it counts less.

    /// <summary>Tags that name what several components are parts of, as their owners call it.</summary>
    private static readonly string[] SystemTags =
        ["system", "application", "app", "product", "project", "stack", "aws:cloudformation:stack-name"];

    /// <summary>Dimensions that half an account shares.</summary>
    private static readonly HashSet<string> BroadDimensions = new(StringComparer.OrdinalIgnoreCase)
        { "ClusterName", "Cluster", "Region", "Stage", "Environment", "AvailabilityZone", "Currency", "Namespace", "Type", "Class", "Service" };

    /// <summary>What is known of one alarm; null or empty where it says nothing.</summary>
    public sealed record Subject(
        string? Component,
        string Title,
        string? GroupKey,
        string? Namespace,
        string? Metric,
        IEnumerable<KeyValuePair<string, string>> Dimensions,
        IReadOnlyDictionary<string, string> Tags);

    /// <summary>Distinct marks in ordinal order.</summary>
    public static IReadOnlyList<string> Of(Subject alarm)
    {
        SortedSet<string> marks = new(StringComparer.Ordinal);
        marks.UnionWith(AlarmWords.In(alarm.Component).Concat(AlarmWords.In(alarm.Title)).Select(word => Word + word));
        marks.UnionWith(alarm.Dimensions.Where(d => !BroadDimensions.Contains(d.Key)).Select(d => $"{Resource}{d.Key}={d.Value}"));
        marks.UnionWith(SystemTags.Where(alarm.Tags.ContainsKey).Select(tag => $"{Resource}{tag}={alarm.Tags[tag]}"));
        if (alarm.GroupKey is { } group && !GroupsEverything(group))
        {
            marks.Add(Group + group);
        }

        if (alarm.Metric is not null)
        {
            marks.Add($"{Signal}{alarm.Namespace}/{alarm.Metric}");
        }
        else if (alarm.Tags.TryGetValue("alertname", out var name)) // Prometheus: the rule's name is the kind of alarm.
        {
            marks.Add(Signal + name);
        }

        return [.. marks];
    }

    /// <summary>Whether incidents should be looked up by this mark: the same metric alone is no reason to compare.</summary>
    public static bool Finds(string mark) => !mark.StartsWith(Signal, StringComparison.Ordinal);

    /// <summary>
    /// 0 to 1: 1 for the same sender's group; else 0.6 for a shared resource or system, or that part of the alarm's words
    /// which the incident knows, and 0.4 for the same metric.
    /// </summary>
    public static double Similarity(IReadOnlyList<string> alarm, IReadOnlySet<string> incident)
    {
        var shared = default(SharedMarks);
        foreach (var mark in alarm)
        {
            shared.Count(mark, incident.Contains(mark));
        }

        return shared.Similarity;
    }

    /// <summary>For people: what is shared, without the prefixes.</summary>
    public static string Describe(IReadOnlyList<string> alarm, IReadOnlySet<string> incident)
    {
        var shared = alarm.Where(incident.Contains).Select(mark => mark[..2] switch
        {
            Group => $"the sender's group {mark[2..]}",
            Signal => $"the metric {mark[2..]}",
            _ => mark[2..],
        }).Take(5).ToList();
        return shared.Count == 0 ? "nothing of its name or metric is shared" : $"shared: {string.Join(", ", shared)}";
    }

    /// <summary>What of an alarm's marks an incident knows, counted mark by mark.</summary>
    internal struct SharedMarks
    {
        private int words;
        private int known;
        private bool group;
        private bool resource;
        private bool signal;

        public readonly double Similarity
        {
            get
            {
                var name = resource ? 1 : words == 0 ? 0 : (double)known / words;
                return group ? 1 : NameShare * name + (signal ? 1 - NameShare : 0);
            }
        }

        public void Count(string mark, bool isKnown)
        {
            switch (mark[0])
            {
                case 'g':
                    group |= isKnown;
                    break;
                case 'r':
                    resource |= isKnown;
                    break;
                case 's':
                    signal |= isKnown;
                    break;
                case 'w':
                    words++;
                    known += isKnown ? 1 : 0;
                    break;
            }
        }
    }

    // Alertmanager without group_by writes the route and no labels: {}:{}.
    private static bool GroupsEverything(string group) => group.EndsWith(":{}", StringComparison.Ordinal);
}
