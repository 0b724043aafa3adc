namespace Aiops.Ask.Data;

/// <summary>
/// By how much this process has grown since the first of the statements that run now began, .NET's own heap left out: that is what the
/// statements hold, whoever allocated it. Those that run side by side share it, as they share DuckDB's limit.
/// </summary>
internal sealed class GrownMemory
{
    private readonly Lock gate = new();
    private int running;
    private (long All, long Managed) before;

    public long Bytes
    {
        get
        {
            var now = Measure();
            return now.All - before.All - Math.Max(0, now.Managed - before.Managed);
        }
    }

    public void Begin()
    {
        lock (gate)
        {
            if (running++ == 0)
            {
                before = Measure();
            }
        }
    }

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
