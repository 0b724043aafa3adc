namespace Aiops.Local.Recordings;

/// <summary>
/// What a recording may cost its reader. Recordings come from elsewhere, and a small archive can unpack to terabytes: past
/// a limit reading stops with a <see cref="RecordingException"/> that names the file and the limit.
/// </summary>
public sealed record RecordingLimits
{
    public static RecordingLimits Default { get; } = new();

    /// <summary>Bytes of one file once unpacked.</summary>
    public long FileBytes { get; init; } = 8L << 30;

    /// <summary>Bytes of one line; a longer one is skipped and counted.</summary>
    public int LineBytes { get; init; } = 4 << 20;

    /// <summary>Bytes of one OTLP document, which is read whole.</summary>
    public int DocumentBytes { get; init; } = 64 << 20;

    /// <summary>Metric samples kept in memory, over all series (16 bytes each).</summary>
    public long Samples { get; init; } = 50_000_000;

    /// <summary>Files of one recording.</summary>
    public int Files { get; init; } = 4_096;
}
