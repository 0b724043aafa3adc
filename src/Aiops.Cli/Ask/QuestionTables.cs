using Aiops.Ask.Data;

namespace Aiops.Cli.Ask;

/// <summary>
/// The tables that the console's questions are asked of: loaded when first wanted, and anew once they are old. Who holds a lease
/// keeps the tables that it began with.
/// </summary>
internal sealed class QuestionTables(Func<CancellationToken, Task<QuestionData>> open, TimeProvider time) : IDisposable
{
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5); // Loading a day of telemetry takes seconds.

    private readonly SemaphoreSlim gate = new(1);
    private Lease? current;

    /// <returns>To be disposed of by whoever took it.</returns>
    public async Task<Lease> TakeAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            if (current is null || now - current.AsOf >= Fresh)
            {
                var data = await open(cancellationToken);
                current?.Dispose();
                current = new Lease(data, now);
            }

            return current.Again();
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose()
    {
        current?.Dispose();
        gate.Dispose();
    }

    internal sealed class Lease : IDisposable
    {
        private readonly Shared shared;

        public Lease(QuestionData data, DateTimeOffset asOf) => (Data, AsOf, shared) = (data, asOf, new Shared());

        private Lease(Lease other) => (Data, AsOf, shared) = (other.Data, other.AsOf, other.shared);

        public QuestionData Data { get; }

        public DateTimeOffset AsOf { get; }

        public Lease Again()
        {
            Interlocked.Increment(ref shared.Holders);
            return new Lease(this);
        }

        public void Dispose()
        {
            if (Interlocked.Decrement(ref shared.Holders) == 0)
            {
                Data.Dispose();
            }
        }

        private sealed class Shared
        {
            public int Holders = 1;
        }
    }
}
