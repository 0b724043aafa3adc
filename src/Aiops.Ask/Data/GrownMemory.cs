namespace Aiops.Ask.Data;

/// <summary>
/// By how much this process has grown since the first of the statements that run now began, .NET's own heap left out: that is what the
/// statements hold, whoever allocated it. Those that run side by side share it, as they share DuckDB's limit.
/// </summary>
/// <remarks>What was left behind is counted out: by what it holds then the process is large before the next one begins. When it ends while
/// others run, what it gives back hides as much of what they take.</remarks>
/// <param name="measure">Bytes of the process, and those of them that are .NET's.</param>
internal sealed class GrownMemory(Func<(long All, long Managed)> measure)
{
    private readonly Lock gate = new();
    private int running;
    private (long All, long Managed) before;

    public GrownMemory()
        : this(Measure)
    {
    }

    public long Bytes
    {
        get
        {
            lock (gate)
            {
                var now = measure();
                return now.All - before.All - (now.Managed - before.Managed);
            }
        }
    }

    public void Begin()
    {
        lock (gate)
        {
            if (running++ == 0)
            {
                before = measure();
            }
        }
    }

    /// <summary>It has ended, or is left behind.</summary>
    public void End()
    {
        lock (gate)
        {
            running--;
        }
    }

    // What was freed stays committed until the heap is trimmed, and what was committed is told only after a collection.
    private static (long All, long Managed) Measure()
        => (Environment.WorkingSet, Math.Max(GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes, GC.GetTotalMemory(forceFullCollection: false)));
}
