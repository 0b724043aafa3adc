using Aiops.Analysis;
using Aiops.Local.Recordings;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Local.Hosting;

/// <summary>A replayed recording knows where normal life and the incident lie in each of its parts.</summary>
/// <param name="clock">What came after its time isn't looked at; null judges the recorder's stretch whole.</param>
internal sealed class RecordedWindowHints(Recording recording, TimeProvider? clock) : IWindowHints
{
    public Task<AnalysisWindows?> WindowsAsync(string incidentId, ContextSource source, CancellationToken cancellationToken)
    {
        var windows = recording.WindowsOf(source);
        return Task.FromResult(windows.Incident is { } incident && windows.Baseline.Count > 0
            ? new AnalysisWindows(Hull(windows.Baseline), Seen(incident.ToWindow()))
            : null);
    }

    private static TimeWindow Hull(IReadOnlyList<RecordedWindow> windows)
        => new(windows.Min(window => window.Start), windows.Max(window => window.End));

    private TimeWindow Seen(TimeWindow incident)
        => clock?.GetUtcNow() is { } now && now > incident.Start && now < incident.End ? new TimeWindow(incident.Start, now) : incident;
}
