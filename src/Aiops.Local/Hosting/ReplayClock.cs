namespace Aiops.Local.Hosting;

/// <summary>
/// A clock that stands still until it is told: a replay runs by event time, and a wait of 14 days costs nothing. Whoever
/// drives the replay advances it when all work is done and only waiting is left.
/// </summary>
public sealed class ReplayClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private DateTimeOffset now = start;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    /// <summary>Moves forward; an earlier time changes nothing, for a clock never runs backwards.</summary>
    public void AdvanceTo(DateTimeOffset time)
    {
        lock (gate)
        {
            now = time > now ? time : now;
        }
    }
}
