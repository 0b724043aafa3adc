namespace Aiops.Ask.Data;

/// <summary>What the statements of a process hold together, whichever data they read: data is loaded anew while old statements may still run.</summary>
internal sealed class RunningStatements
{
    private int left;

    public static RunningStatements OfProcess { get; } = new();

    public GrownMemory Memory { get; } = new();

    /// <summary>Statements that were left behind and haven't ended yet.</summary>
    public int Left => Volatile.Read(ref left);

    public void Leave() => Interlocked.Increment(ref left);

    public void EndLeft() => Interlocked.Decrement(ref left);
}
