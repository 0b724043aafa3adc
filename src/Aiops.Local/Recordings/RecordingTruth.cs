using System.Text.Json;

namespace Aiops.Local.Recordings;

/// <summary>
/// What really happened, for scorers only: read from the manifest by a call of its own, so that no source, stage or engine
/// can come across it.
/// </summary>
/// <param name="Component">The root cause; null when nothing was wrong.</param>
/// <param name="Kind">The fault as its maker calls it (<c>throttled-table</c>, <c>network_delay</c>); null when unknown.</param>
/// <param name="Onset">When it began; null when unknown.</param>
/// <param name="Labels">What else the data's makers say, to score by (<c>scenario</c>, <c>metric</c>); null when nothing.</param>
public sealed record RecordingTruth(
    string? Component, string? Kind = null, DateTimeOffset? Onset = null, IReadOnlyDictionary<string, string>? Labels = null)
{
    /// <summary>The truth of a recording, or null when its maker didn't know it.</summary>
    public static RecordingTruth? Read(RecordingFiles files)
    {
        using var manifest = files.OpenRead(RecordingManifest.FileName);
        using var document = JsonDocument.Parse(manifest);
        return document.RootElement.TryGetProperty("truth", out var truth) && truth.ValueKind == JsonValueKind.Object
            ? truth.Deserialize(RecordingJson.Default.RecordingTruth)
            : null;
    }
}
