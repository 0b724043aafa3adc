namespace Aiops.Analysis.Drift;

/// <summary>Whether, and when, a series will reach its limit if it goes on as it does.</summary>
public abstract record BreachForecast
{
    private BreachForecast() { }

    /// <summary>It has reached the limit.</summary>
    /// <param name="Level">Where it stands, in the series' unit: its trend and season, not its newest sample.</param>
    public sealed record Breached(double Level) : BreachForecast;

    /// <summary>It will.</summary>
    /// <param name="At">When its usual level meets the limit; a single sample may do so sooner.</param>
    /// <param name="Earliest">First end of the 95 % interval of <paramref name="At"/>.</param>
    /// <param name="Latest">Its other end; null where it may not happen within the horizon.</param>
    public sealed record Foreseen(DateTimeOffset At, DateTimeOffset Earliest, DateTimeOffset? Latest) : BreachForecast
    {
        /// <summary>Where it stands, in the series' unit.</summary>
        public required double Level { get; init; }

        public required double ChangePerDay { get; init; }

        /// <summary>Since when the trend has been looked at: where it is clearest.</summary>
        public required DateTimeOffset Since { get; init; }

        /// <summary>Mann-Kendall's standard normal, always positive.</summary>
        public required double Significance { get; init; }
    }

    /// <summary>No trend that can be told from chance, or none that leads to the limit within the horizon.</summary>
    public sealed record NotForeseen(string Reason) : BreachForecast;

    /// <summary>Nothing can be said yet.</summary>
    public sealed record Undecided(string Reason) : BreachForecast;
}

/// <summary>The limit, and how far one looks back and ahead.</summary>
/// <param name="Limit">In the series' unit: the size of a disk, the objective of a latency.</param>
public sealed record BreachSettings(double Limit)
{
    /// <summary>False where falling to the limit harms: free space, a share of successes.</summary>
    public bool HarmsUpwards { get; init; } = true;

    /// <summary>How much of the past is kept, in 256 steps.</summary>
    public TimeSpan History { get; init; } = TimeSpan.FromDays(14);

    /// <summary>How far ahead a breach is told: not farther than the past that is known, unless there is a reason.</summary>
    public TimeSpan Horizon { get; init; } = TimeSpan.FromDays(14);

    /// <summary>A day, a week; null compares without regard to the hour. At most a third of the history.</summary>
    public TimeSpan? Season { get; init; }
}
