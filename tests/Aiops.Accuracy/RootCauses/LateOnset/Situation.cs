using Aiops.Local.Recordings;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Accuracy.RootCauses.LateOnset;

/// <summary>All that a case is made of, before the pipeline asks: what a disturbance changes.</summary>
/// <param name="Windows">By source; a source that isn't there has the pipeline's defaults.</param>
internal sealed record Situation(Telemetry Telemetry, Alarm Alarm, IReadOnlyDictionary<ContextSource, AnalysisWindows> Windows)
    : IWindowHints
{
    public static async Task<Situation> ReadAsync(Recording recording, CancellationToken cancellationToken)
    {
        var alarm = await CaseReader.AlarmOfAsync(recording, cancellationToken)
            ?? throw new MissingDataException($"{recording.Manifest.Name} has no alarm: expected an event that fires.");
        var hints = Local.Hosting.RecordedWindowHints.For(recording, alarm.Clock);
        var windows = new SortedDictionary<ContextSource, AnalysisWindows>();
        foreach (var source in Enum.GetValues<ContextSource>())
        {
            if (await hints.WindowsAsync(alarm.Incident.Id, source, cancellationToken) is { } known)
            {
                windows[source] = known;
            }
        }

        return new Situation(await Telemetry.ReadAsync(recording, cancellationToken), alarm, windows);
    }

    /// <summary>Components that have telemetry or stand in the graph, in ordinal order.</summary>
    public IReadOnlyList<string> Components => [.. (Telemetry.Metrics ?? []).Select(series => series.Component)
        .Concat((Telemetry.Logs ?? []).Select(line => line.Component))
        .Concat((Telemetry.Spans ?? []).Select(span => span.Component))
        .Concat((Telemetry.Topology?.Components ?? []).Select(component => component.Name))
        .Distinct()
        .Order(StringComparer.Ordinal)];

    public Task<AnalysisWindows?> WindowsAsync(string incidentId, ContextSource source, CancellationToken cancellationToken)
        => Task.FromResult(Windows.GetValueOrDefault(source));

    /// <summary>The same with every window changed.</summary>
    public Situation WithWindows(Func<AnalysisWindows, AnalysisWindows> change)
        => this with { Windows = Windows.ToDictionary(pair => pair.Key, pair => change(pair.Value)) };
}
