using System.Text.Json.Serialization;
using Aiops.Analysis;

namespace Aiops.Local.Recordings;

/// <summary>
/// What <c>recording.json</c> says about its recording; docs/recordings.md has the format. What really happened (the
/// manifest's <c>truth</c>) is not here, so that nothing downstream can look: see <see cref="RecordingTruth"/>.
/// </summary>
public sealed record RecordingManifest
{
    public const string FileName = "recording.json";

    /// <summary>The format that this version writes and reads.</summary>
    public const int CurrentFormat = 1;

    public required int FormatVersion { get; init; }

    /// <summary>Lower case with hyphens, as its folder is called.</summary>
    public required string Name { get; init; }

    public string Title { get => field ?? ""; init; } // Generated JSON code sets what is absent to null.

    public string Description { get => field ?? ""; init; }

    /// <summary>Whether a simulator made it up. Whatever shows the recording says so.</summary>
    public bool Simulated { get; init; }

    /// <summary>The seed that a simulated recording comes from; null for a real one.</summary>
    public long? Seed { get; init; }

    /// <summary>What wrote it (<c>Aiops.Simulator 1</c>).</summary>
    public string Generator { get => field ?? ""; init; }

    /// <summary>The stretch that the telemetry covers, baseline and incident together.</summary>
    public required RecordedWindow Window { get; init; }

    /// <summary>Baseline and incident of each part (<c>metrics</c>, <c>logs</c>, <c>traces</c>), where the recorder knows them.</summary>
    public IReadOnlyDictionary<string, RecordedWindows> Windows { get => field ?? new Dictionary<string, RecordedWindows>(); init; }

    /// <summary>The parts that the recorder wrote (<c>events</c>, <c>metrics</c>, …). What isn't listed was never recorded.</summary>
    public IReadOnlyList<string> Parts { get => field ?? []; init; }
}

/// <summary>A <see cref="TimeWindow"/> as the manifest writes it: half-open, UTC.</summary>
public sealed record RecordedWindow(DateTimeOffset Start, DateTimeOffset End)
{
    public static RecordedWindow From(TimeWindow window) => new(window.Start, window.End);

    /// <exception cref="RecordingException">The end lies before the start.</exception>
    public TimeWindow ToWindow()
        => End < Start
            ? throw new RecordingException(
                $"A window of {RecordingManifest.FileName} ends ({End:O}) before it starts ({Start:O}).")
            : new TimeWindow(Start, End);
}

/// <summary>
/// Where normal life and the incident lie within one part. They need not touch, and the baseline may even come later: some
/// recorders have metrics of days but logs of a single minute that was free of faults.
/// </summary>
public sealed record RecordedWindows
{
    /// <summary>Stretches of normal life.</summary>
    public IReadOnlyList<RecordedWindow> Baseline { get => field ?? []; init; }

    /// <summary>The stretch to judge; null when only the alarm tells.</summary>
    public RecordedWindow? Incident { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    IndentSize = 2,
    NewLine = "\n")]
[JsonSerializable(typeof(RecordingManifest))]
[JsonSerializable(typeof(RecordedCase))]
[JsonSerializable(typeof(RecordingTruth))]
internal sealed partial class RecordingJson : JsonSerializerContext;

/// <summary>The same, a line an object.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RecordedCase))]
internal sealed partial class RecordingLineJson : JsonSerializerContext;
