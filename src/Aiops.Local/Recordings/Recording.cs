using System.Text.Json;
using Aiops.Analysis;
using Aiops.Local.Recordings.Reading;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Local.Recordings;

/// <summary>
/// The events and telemetry of one incident, from a folder or a .zip in the format of docs/recordings.md. Opening reads the
/// manifest alone; each source reads its files when it is asked, streaming, and several may be asked at once.
/// </summary>
public sealed class Recording
{
    private readonly RecordingLimits limits;

    private Recording(RecordingFiles files, RecordingManifest manifest, RecordingLimits limits)
    {
        (Files, Manifest, this.limits) = (files, manifest, limits);
        Metrics = new RecordedMetrics(Part("metrics"), WindowsOf(ContextSource.Metrics), limits);
        Logs = new RecordedLogs(Part("logs"));
        Traces = new RecordedTraces(Part("spans"));
        Topology = new RecordedTopology(Part("topology"));
        Changes = new RecordedChanges(Part("changes"));
        Objectives = new RecordedObjectives(Part("objectives"));
    }

    public RecordingFiles Files { get; }

    public RecordingManifest Manifest { get; }

    /// <summary>The stretch that the telemetry covers, baseline and incident together.</summary>
    public TimeWindow Window => Manifest.Window.ToWindow();

    public IMetricSource Metrics { get; }

    public ILogSource Logs { get; }

    public ITraceSource Traces { get; }

    public ITopologySource Topology { get; }

    public IChangeSource Changes { get; }

    public IObjectiveSource Objectives { get; }

    /// <param name="path">A folder with a <c>recording.json</c>, that file itself, or a .zip of such a folder.</param>
    /// <exception cref="RecordingException">There is no recording, or one of a format that this version doesn't know.</exception>
    public static Recording Open(string path, RecordingLimits? limits = null)
    {
        limits ??= RecordingLimits.Default;
        if (File.Exists(path) && Path.GetFileName(path) == RecordingManifest.FileName)
        {
            path = Path.GetDirectoryName(Path.GetFullPath(path))!;
        }

        if (Directory.Exists(path))
        {
            return Open(new FolderFiles(path), limits);
        }

        return File.Exists(path)
            ? Open(new ZipFiles(path, limits), limits)
            : throw new RecordingException($"{path} does not exist: give a recording's folder or its .zip.");
    }

    /// <exception cref="RecordingException">There is no recording, or one of a format that this version doesn't know.</exception>
    public static Recording Open(RecordingFiles files, RecordingLimits? limits = null)
        => new(files, ReadManifest(files), limits ?? RecordingLimits.Default);

    /// <summary>Where normal life and the incident lie in one part; both empty where only the alarm tells.</summary>
    public RecordedWindows WindowsOf(ContextSource source)
        => Manifest.Windows.TryGetValue(PartName(source), out var windows) ? windows : new RecordedWindows();

    /// <summary>The raw events in the order they were recorded, one at a time.</summary>
    /// <exception cref="SourceMissingException">The recording has no events.</exception>
    public IAsyncEnumerable<RecordedEvent> EventsAsync(CancellationToken cancellationToken)
        => RecordedEvents.ReadAsync(Files, limits, cancellationToken);

    /// <summary>Earlier incidents that the recording brings along, and what was odd about them; none when it has no such part.</summary>
    public Task<(IReadOnlyList<RecordedCase> Cases, IReadOnlyList<string> Gaps)> CasesAsync(CancellationToken cancellationToken)
        => RecordedCases.ReadAsync(Part("cases"), cancellationToken);

    private RecordingPart Part(string name) => new(Files, name, limits);

    private static string PartName(ContextSource source) => source switch
    {
        ContextSource.Traces => "spans",
        ContextSource.PastIncidents => "cases",
        _ => source.ToString().ToLowerInvariant(),
    };

    private static RecordingManifest ReadManifest(RecordingFiles files)
    {
        if (!files.Names.Contains(RecordingManifest.FileName))
        {
            throw new RecordingException(
                $"{files.Location} is not a recording: it has no {RecordingManifest.FileName}. docs/recordings.md has the format.");
        }

        try
        {
            using var stream = files.OpenRead(RecordingManifest.FileName);
            var manifest = JsonSerializer.Deserialize(
                new BoundedStream(stream, RecordingManifest.FileName, 1 << 20), RecordingJson.Default.RecordingManifest)
                ?? throw new RecordingException($"{files.Location}/{RecordingManifest.FileName} says nothing.");
            if (manifest.Window is null)
            {
                throw new RecordingException($"{files.Location}/{RecordingManifest.FileName} has no window.");
            }

            _ = manifest.Window.ToWindow();
            foreach (var window in manifest.Windows.Values.SelectMany(w => w.Baseline.Append(w.Incident)).OfType<RecordedWindow>())
            {
                _ = window.ToWindow();
            }

            return manifest.FormatVersion is >= 1 and <= RecordingManifest.CurrentFormat
                ? manifest
                : throw new RecordingException(
                    $"{files.Location} is in format {manifest.FormatVersion}, and this version reads up to {RecordingManifest.CurrentFormat}: use a newer aiops.");
        }
        catch (JsonException e)
        {
            throw new RecordingException($"{files.Location}/{RecordingManifest.FileName} can't be read: {e.Message}", e);
        }
    }
}
