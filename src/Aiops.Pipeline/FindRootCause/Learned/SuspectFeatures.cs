using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Aiops.Analysis.LogPatterns;
using Aiops.Analysis.RootCauses;
using Aiops.Analysis.Telemetry;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Pipeline.FindRootCause.Learned;

/// <summary>Says what a suspect is and shows, in terms that hold under another name: each component's name is taken out of every text.</summary>
/// <remarks>The name itself is one feature among many: the same service under another name lacks that one alone.</remarks>
internal sealed class SuspectFeatures
{
    /// <summary>What a feature begins with that tells what the suspect is; all others tell what it shows.</summary>
    public const string Being = "is:";

    private const int MostOfASort = 40;
    private const char Somebody = '•';

    private readonly RootCauseCase asked;
    private readonly IReadOnlyList<string> names;

    public SuspectFeatures(RootCauseCase asked)
    {
        this.asked = asked;

        // The longest first: ts-order-other-service isn't ts-order-service with something about it.
        names = [.. asked.Topology.Components.Select(component => component.Name)
            .Concat(asked.Metrics.Select(series => series.Component))
            .Concat(asked.Logs.Select(shift => shift.Component))
            .Concat(asked.Traces.Select(shift => shift.Component))
            .Where(name => name.Length > 2)
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(name => name.Length).ThenBy(name => name, StringComparer.Ordinal)];
    }

    public SuspectSignature Of(Suspect suspect) => new(
        suspect.Component,
        asked.Topology.TypeOf(suspect.Component),
        [.. Is(suspect.Component).Concat(suspect.For.Concat(suspect.Against).SelectMany(Shown)).Concat(Place(suspect))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        suspect.Confidence);

    private List<string> Is(string component)
    {
        var graph = asked.Topology;
        List<string> features = [$"{Being}named:{component}", $"{Being}type:{graph.TypeOf(component) ?? "unknown"}"];
        features.AddRange(graph.CalleesOf(component).Select(callee => $"{Being}calls:{graph.TypeOf(callee) ?? "unknown"}"));
        features.AddRange(graph.CallersOf(component).Select(caller => $"{Being}called-by:{graph.TypeOf(caller) ?? "unknown"}"));
        features.Add(string.Create(CultureInfo.InvariantCulture, $"{Being}callees:{graph.CalleesOf(component).Count}"));
        features.Add(string.Create(CultureInfo.InvariantCulture, $"{Being}callers:{graph.CallersOf(component).Count}"));
        features.AddRange(Some(asked.Metrics.Where(series => series.Component == component).Select(series => $"{Being}metric:{Word(series.Metric)}")));
        features.AddRange(Some(asked.Logs.Where(shift => shift.Component == component).Select(shift => $"{Being}log:{Digest(shift.Template)}")));
        features.AddRange(Some(asked.Traces.Where(shift => shift.Component == component).Select(shift => $"{Being}operation:{Digest(shift.Operation)}")));
        return features;
    }

    private IEnumerable<string> Shown(Finding finding) => finding switch
    {
        Finding.MetricDeparted f => Metric(f.Series, f.Departure.Upwards ? "up" : "down"),
        Finding.MetricFellSilent f => Metric(f.Series, "silent"),
        Finding.LogPatternMoved f => Log(f.Shift),
        Finding.OperationSlowed f => ["slow", $"slow:{Digest(f.Shift.Operation)}"],
        Finding.CallersWait f => [$"wait:{(f.Component == f.Shift.Component ? "to" : "from")}"],
        Finding.OperationFailing f => ["failing", $"failing:{Digest(f.Shift.Operation)}"],
        Finding.OperationGone f => ["gone", $"gone:{Digest(f.Shift.Operation)}"],
        Finding.OperationNew f => ["called-anew", $"called-anew:{Digest(f.Shift.Operation)}"],
        Finding.SequenceBroken f => [$"sequence:{f.Shift.Break}", $"sequence:{f.Shift.Break}:{Digest(f.Shift.Template)}"],
        Finding.NamedInLogs f => ["named-in-logs", $"named-in-logs:{Digest(f.Shift.Template)}"],
        Finding.ChangedBefore f => [$"change:{f.Change.Kind}"],
        Finding.ExplainsCallers f => [f.Symptom ? "place:explains-alarm" : "place:explains-callers"],
        Finding.ExplainsLoad f => [f.Symptom ? "place:loads-alarm" : "place:explains-load"],
        Finding.ExplainedByCallee => ["place:explained-by-callee"],
        Finding.ExplainedByCaller => ["place:explained-by-caller"],
        Finding.BeganFirst => ["place:first"],
        Finding.BeganLater => ["place:later"],
        Finding.OffThePath => ["place:off-the-path"],
        _ => [],
    };

    private IEnumerable<string> Metric(MetricSeries series, string how)
        => [$"metric:{series.Kind}:{how}", $"metric:{Word(series.Metric)}:{how}"];

    private IEnumerable<string> Log(LogPatternShift shift)
        => [$"log:{shift.Trend}:{shift.Severity}", $"log:{shift.Trend}:{Digest(shift.Template)}"];

    private IEnumerable<string> Place(Suspect suspect)
    {
        if (asked.Symptom is { } symptom)
        {
            var distance = asked.Topology.Distance(symptom.Component, suspect.Component, limit: 4);
            yield return string.Create(CultureInfo.InvariantCulture, $"place:distance:{(distance is { } near ? $"{near}" : "far")}");
        }
    }

    // The first by their own order, so that the same component has the same ones each time.
    private static IEnumerable<string> Some(IEnumerable<string> features)
        => features.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MostOfASort);

    private string Word(string text) => WithoutNames(text).ToLowerInvariant();

    /// <summary>Texts may be long, and nobody reads them here.</summary>
    private string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(WithoutNames(text))).AsSpan(0, 6));

    private string WithoutNames(string text)
    {
        foreach (var name in names)
        {
            text = text.Replace(name, $"{Somebody}", StringComparison.OrdinalIgnoreCase);
        }

        return text;
    }
}
