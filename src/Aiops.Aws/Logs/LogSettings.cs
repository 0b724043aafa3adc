namespace Aiops.Aws.Logs;

/// <summary>Which logs to read for an incident, how much of them, and for how long.</summary>
public sealed record LogSettings
{
    /// <summary>
    /// Log groups by name or prefix (<c>/shop/*</c>). Empty looks where AWS puts the logs of a component by itself:
    /// <c>/aws/lambda/NAME</c>, <c>/ecs/NAME</c>, <c>/aws/rds/instance/NAME</c>.
    /// </summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Queries that the window is cut into, of 10,000 lines at most: so baseline and incident both speak.</summary>
    public int Slices { get; init; } = 8;

    /// <summary>How long one query may run before it is stopped and what it has found is taken.</summary>
    public TimeSpan QueryPatience { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>The stage gives logs 180 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(150);

    /// <summary>Windows up to this long are read event by event, which isn't charged by the gigabyte scanned.</summary>
    public TimeSpan SmallWindow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether to note what CloudWatch's own anomaly detectors found in these groups.</summary>
    public bool NoteAnomalies { get; init; }
}
