namespace Aiops.Tickets;

/// <summary>How long what takes how long; the defaults fit a stage's deadline of two minutes.</summary>
public sealed record RemoteTicketOptions
{
    /// <summary>How long a lease lasts: longer than the calls of one method take on a bad day. Whoever dies holds others up for so long.</summary>
    public TimeSpan LeaseLasts { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long another's lease is waited for, before the workflow is left to try again.</summary>
    public TimeSpan LeaseWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a lease that another holds is asked for again.</summary>
    public TimeSpan LeasePoll { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// What must be left of the lease before something is created: with all its attempts, a request ends within it
    /// (<see cref="Http.TicketHttp"/>: three of 15 s, and two waits of 10 s).
    /// </summary>
    public TimeSpan CreateTakes { get; init; } = TimeSpan.FromSeconds(65);

    /// <summary>
    /// How long a system may go on with a request that we have no answer to: so long, besides the lag of its search, a retry
    /// that doesn't find what it may have created waits.
    /// </summary>
    public TimeSpan InFlight { get; init; } = TimeSpan.FromSeconds(15);
}
