namespace Aiops.Local.Storage;

/// <summary>What a committed write survives.</summary>
public enum Durability
{
    /// <summary>A power cut: every commit waits for the disk (<c>synchronous=FULL</c>).</summary>
    PowerLoss,

    /// <summary>A killed process, but not a power cut (<c>synchronous=NORMAL</c>): for benchmarks and throwaway state.</summary>
    ProcessCrash,
}

/// <summary>How one database file is opened. The defaults suit the product.</summary>
public sealed record SqliteDatabaseOptions
{
    public static SqliteDatabaseOptions Default { get; } = new();

    public Durability Durability { get; init; } = Durability.PowerLoss;

    /// <summary>How long a write waits for another process's transaction before <see cref="DatabaseBusyException"/>.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Reads that may run side by side; more wait their turn.</summary>
    public int MaxReaders { get; init; } = 4;

    /// <summary>Waiting writes that may share one transaction, and so one wait for the disk.</summary>
    public int MaxWritesPerCommit { get; init; } = 64;
}
