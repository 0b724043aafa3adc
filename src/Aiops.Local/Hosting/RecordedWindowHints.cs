using Aiops.Analysis;
using Aiops.Local.Recordings;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Local.Hosting;

/// <summary>A replayed recording knows where normal life and the incident lie in each of its parts.</summary>
/// <param name="clock">What came after its time isn't looked at; null judges the recorder's stretch whole.</param>
internal sealed class RecordedWindowHints(Recording recording, TimeProvider? clock) : IWindowHints
{
    // Imported data is cut around its fault and says where. A simulated recording runs on, and must be judged by what was
    // there at the time of the analysis.
    public static RecordedWindowHints For(Recording recording, TimeProvider clock)
        => new(recording, recording.Manifest.Simulated ? clock : null);

    public Task<AnalysisWindows?> WindowsAsync(string incidentId, ContextSource source, CancellationToken cancellationToken)
    {
        var windows = recording.WindowsOf(source);
        return Task.FromResult(windows.Incident is { } incident && windows.Baseline.Count > 0
            ? new AnalysisWindows(new TimeWindows(windows.Baseline.Select(window => window.ToWindow())), Seen(incident.ToWindow()))
            : null);
    }

    private TimeWindow Seen(TimeWindow incident)
        => clock?.GetUtcNow() is { } now && now > incident.Start && now < incident.End ? new TimeWindow(incident.Start, now) : incident;
}
