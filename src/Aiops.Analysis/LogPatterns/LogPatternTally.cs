using System.Security.Cryptography;
using System.Text;
using Aiops.Analysis.Telemetry;

namespace Aiops.Analysis.LogPatterns;

/// <summary>Takes the log lines of two periods, in any order, and says which patterns are new, gone, more or less frequent.</summary>
/// <remarks>
/// Patterns are mined per component and severity, so that an error never hides in the pattern of a message. Rates are by
/// the time that logs really cover, for a baseline whose logs begin late would make everything look new, and by how much
/// busier the component is: the median of its patterns' ratios [Anders2010], for load moves them all alike. Memory grows
/// with components and patterns, both bounded, never with lines.
/// [Anders2010] S. Anders, W. Huber: Differential expression analysis for sequence count data, Genome Biology 11 (2010).
/// </remarks>
public sealed class LogPatternTally(TimeWindows baseline, TimeWindow incident)
{
    /// <summary>The root of G from which a pattern counts as moved: 4.7 in 10,000 by chance, as many patterns are compared.</summary>
    public const double Threshold = 3.5;

    /// <summary>The same for errors that were never seen before: few are by chance, and a fault's own come in low numbers.</summary>
    public const double ErrorThreshold = 2.5;

    private const int FewestNewErrors = 3;
    private const int FewestPatterns = 3;  // Of a component, seen this often on both sides, to say how busy it is.
    private const int FewestLines = 5;
    private const int MostMiners = 4_000; // Component and severity: beyond, lines are counted as left out.
    private const int MostShapes = 2_000; // Of a component and severity.
    private const int LongestExample = 300;

    private readonly Dictionary<(string Component, string Severity), LogTemplateMiner> miners = [];
    private readonly Dictionary<LogGroup, Tally> tallies = [];
    private readonly Coverage before = new(baseline);
    private readonly Coverage during = new(incident);
    private readonly LogSequences sequences = new(baseline, incident);

    /// <summary>Lines outside both windows, or of components beyond the bound.</summary>
    public long LeftOut { get; private set; }

    /// <summary>Lines of the baseline.</summary>
    public long BaselineLines => before.Lines;

    /// <summary>Lines of the incident's window.</summary>
    public long IncidentLines => during.Lines;

    public void Add(in LogRecord record)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(record.UnixNanoseconds / 1_000_000);
        var isIncident = incident.Contains(time);
        if ((!isIncident && !baseline.Contains(time)) || MinerFor(record.Component, record.Severity) is not { } miner)
        {
            LeftOut++;
            return;
        }

        var group = miner.Add(record.Body);
        if (!tallies.TryGetValue(group, out var tally))
        {
            var example = record.Body[..Math.Min(record.Body.Length, LongestExample)].ToString();
            tallies[group] = tally = new Tally(record.Component, record.Severity, example);
        }

        (isIncident ? during : before).Add(time);
        tally.Add(isIncident, time.ToUnixTimeMilliseconds(), record.Body);
        sequences.Add(record, group);
    }

    /// <summary>Where the usual order of patterns within traces broke, the most certain first.</summary>
    public IReadOnlyList<SequenceShift> CompareSequences() => sequences.Compare();

    /// <summary>Every pattern, the most significant first; equally significant ones by component, template and severity.</summary>
    public IReadOnlyList<LogPatternShift> Compare()
    {
        var (beforeHours, duringHours) = (before.Length.TotalHours, during.Length.TotalHours);
        if (before.Lines == 0 || during.Lines == 0)
        {
            // One side alone compares with nothing: counts without a verdict.
            return [.. Merged().Select(m => ShiftOf(m, 0, 1)).OrderBy(s => s.Component, StringComparer.Ordinal).ThenBy(s => s.Template, StringComparer.Ordinal)];
        }

        var time = duringHours / beforeHours;
        return [.. Merged()
            .GroupBy(pattern => pattern.Tally.Component)
            .SelectMany(own => Judged(own.ToList(), time))
            .OrderByDescending(s => Math.Round(Math.Abs(s.Significance), 9))
            .ThenBy(s => s.Component, StringComparer.Ordinal)
            .ThenBy(s => s.Template, StringComparer.Ordinal)
            .ThenBy(s => s.Severity, StringComparer.Ordinal)];
    }

    /// <summary>The first 12 hexadecimal digits of the template's SHA-256.</summary>
    public static string IdOf(string template)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(template)).AsSpan(0, 6));

    private static LogPatternShift ShiftOf(Pattern pattern, double significance, double ratio) => new(
        pattern.Tally.Component,
        pattern.Id,
        pattern.Template,
        pattern.Tally.Severity,
        pattern.Tally.Before,
        pattern.Tally.During,
        pattern.Tally.FirstSeen,
        pattern.Tally.Example)
    {
        RateRatio = ratio,
        Significance = significance,
        Trend = significance switch
        {
            >= ErrorThreshold when pattern.Tally.Before == 0 && pattern.Tally.During >= FewestNewErrors && LogSeverity.IsError(pattern.Tally.Severity)
                => LogPatternTrend.New,
            >= Threshold => pattern.Tally.Before == 0 ? LogPatternTrend.New : LogPatternTrend.More,
            <= -Threshold => pattern.Tally.During == 0 ? LogPatternTrend.Gone : LogPatternTrend.Less,
            _ => LogPatternTrend.Same,
        },
    };

    /// <summary>The patterns of one component against what its load makes expected, and against how restless they are as a whole.</summary>
    private static IEnumerable<LogPatternShift> Judged(List<Pattern> own, double time)
    {
        double[] ratios = [.. own
            .Where(p => p.Tally.Before >= FewestLines && p.Tally.During >= FewestLines)
            .Select(p => p.Tally.During / (double)p.Tally.Before)];
        var exposure = ratios.Length < FewestPatterns ? time : Quantile.MedianInPlace(ratios); // The incident's, for one of the baseline.
        var judged = own.Select(p => (Pattern: p, G: PoissonRates.G(p.Tally.Before, 1, p.Tally.During, exposure))).ToList();
        var inflation = PoissonRates.Inflation(judged
            .Where(j => j.Pattern.Tally.Before + j.Pattern.Tally.During >= FewestLines)
            .Select(j => j.G));
        return judged.Select(j =>
        {
            var ratio = (j.Pattern.Tally.During + 0.5) / ((j.Pattern.Tally.Before + 0.5) * exposure);
            return ShiftOf(j.Pattern, Math.Sign(ratio - 1) * Math.Sqrt(j.G / inflation), ratio);
        });
    }

    /// <summary>Groups that merged since their lines were counted are one pattern.</summary>
    private IEnumerable<Pattern> Merged() => tallies
        .GroupBy(pair => pair.Key.Current)
        .Select(same => new Pattern(same.Key.Id, same.Key.Template, same.Select(pair => pair.Value).Aggregate(Tally.Merge)));

    private LogTemplateMiner? MinerFor(string component, string severity)
    {
        if (!miners.TryGetValue((component, severity), out var miner) && miners.Count < MostMiners)
        {
            miners[(component, severity)] = miner = new LogTemplateMiner(MostShapes);
        }

        return miner;
    }

    private sealed record Pattern(string Id, string Template, Tally Tally);

    private sealed class Tally(string component, string severity, string example)
    {
        private bool exampleIsOfIncident;

        public string Component => component;

        public string Severity => severity;

        public string Example { get; private set; } = example;

        public long Before { get; private set; }

        public long During { get; private set; }

        public long? FirstSeen { get; private set; }

        public void Add(bool isIncident, long unixMilliseconds, ReadOnlySpan<char> body)
        {
            if (!isIncident)
            {
                Before++;
                return;
            }

            During++;
            if (!exampleIsOfIncident || unixMilliseconds < FirstSeen)
            {
                (exampleIsOfIncident, Example) = (true, body[..Math.Min(body.Length, LongestExample)].ToString());
            }

            FirstSeen = Math.Min(FirstSeen ?? long.MaxValue, unixMilliseconds);
        }

        public static Tally Merge(Tally one, Tally other)
        {
            var first = (one.FirstSeen ?? long.MaxValue) <= (other.FirstSeen ?? long.MaxValue) ? one : other;
            return new Tally(one.Component, one.Severity, first.Example)
            {
                Before = one.Before + other.Before,
                During = one.During + other.During,
                FirstSeen = first.FirstSeen,
            };
        }
    }

    /// <summary>The time that lines cover: within each stretch from its first to its last, and a line's distance more.</summary>
    private sealed class Coverage(TimeWindows windows)
    {
        private readonly (long Lines, DateTimeOffset First, DateTimeOffset Last)[] seen =
            [.. windows.Stretches.Select(_ => (0L, DateTimeOffset.MaxValue, DateTimeOffset.MinValue))];

        public long Lines { get; private set; }

        public TimeSpan Length
        {
            get
            {
                var length = TimeSpan.Zero;
                for (var i = 0; i < seen.Length; i++)
                {
                    var (lines, first, last) = seen[i];
                    var whole = windows.Stretches[i].Length;
                    var covered = lines < 2 || last == first ? whole : (last - first) * ((lines + 1.0) / (lines - 1.0));
                    length += lines == 0 && Lines > 0 ? TimeSpan.Zero : covered < whole ? covered : whole; // Not a line: not recorded.
                }

                return length;
            }
        }

        public void Add(DateTimeOffset time)
        {
            Lines++;
            ref var stretch = ref seen[windows.IndexOf(time)];
            stretch = (stretch.Lines + 1, time < stretch.First ? time : stretch.First, time > stretch.Last ? time : stretch.Last);
        }
    }
}
