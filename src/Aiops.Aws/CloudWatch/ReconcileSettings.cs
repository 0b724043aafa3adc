namespace Aiops.Aws.CloudWatch;

/// <summary>How the alarms are compared with what intake knows.</summary>
public sealed record ReconcileSettings
{
    public required string Account { get; init; }

    public required string Region { get; init; }

    /// <summary>What the names of the system's own alarms begin with: they never come in.</summary>
    public string? OwnAlarmPrefix { get; init; }

    /// <summary>A state younger than this may still be on its way.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMinutes(5);

    public int MostAlarms { get; init; } = 10_000;

    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(100);
}

/// <summary>What a comparison found.</summary>
/// <param name="Seen">Alarms looked at.</param>
/// <param name="Missed">Firing, and intake never heard of it: events were made.</param>
/// <param name="Stuck">Over, and intake takes them to be firing: events were made.</param>
/// <param name="Gone">Of alarms that no longer exist, and intake takes them to be firing: events were made.</param>
/// <param name="IsWhole">False when a limit or the time ended it.</param>
public sealed record ReconcileReport(
    int Seen, IReadOnlyList<string> Missed, IReadOnlyList<string> Stuck, IReadOnlyList<string> Gone, bool IsWhole);
