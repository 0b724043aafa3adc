using System.Collections.Concurrent;

namespace Aiops.Console.Routes;

/// <summary>One question at a time for each who asks: nobody keeps the engine or the model from the others.</summary>
internal sealed class QuestionTurns
{
    private readonly ConcurrentDictionary<string, byte> asking = new(StringComparer.Ordinal);

    /// <returns>What ends the turn; null while another of the same person's is under way.</returns>
    public IDisposable? TryTake(string asker) => asking.TryAdd(asker, 0) ? new Turn(this, asker) : null;

    private sealed class Turn(QuestionTurns turns, string asker) : IDisposable
    {
        public void Dispose() => turns.asking.TryRemove(asker, out _);
    }
}
