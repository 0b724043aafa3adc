using Aiops.Analysis;
using Aiops.Local.Recordings;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Local.Hosting;

/// <summary>A replayed recording knows where normal life and the incident lie in each of its parts.</summary>
internal sealed class RecordedWindowHints(Recording recording) : IWindowHints
{
    public Task<AnalysisWindows?> WindowsAsync(string incidentId, ContextSource source, CancellationToken cancellationToken)
    {
        var windows = recording.WindowsOf(source);
        return Task.FromResult(windows.Incident is { } incident && windows.Baseline.Count > 0
            ? new AnalysisWindows(Hull(windows.Baseline), incident.ToWindow())
            : null);
    }

    private static TimeWindow Hull(IReadOnlyList<RecordedWindow> windows)
        => new(windows.Min(window => window.Start), windows.Max(window => window.End));
}
