namespace Aiops.Local.Queue;

/// <summary>The embedded queue's rules; README.md tells them in one piece.</summary>
public sealed record TriggerQueueOptions
{
    /// <summary>Receives without success after which a message becomes a dead letter.</summary>
    public int MaxReceives { get; init; } = 5;

    /// <summary>How long a routine message is visible before it counts as aged.</summary>
    public TimeSpan AgeingBound { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>While an aged routine message waits, one message in this many is handed out from the routine lane.</summary>
    public int AgedShare { get; init; } = 4;
}
