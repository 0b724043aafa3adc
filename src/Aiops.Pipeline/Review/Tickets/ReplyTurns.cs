namespace Aiops.Pipeline.Review.Tickets;

/// <summary>Whose turn it is where there are more tickets than may be looked into at once: each comes round, and closed ones have a share.</summary>
internal sealed class ReplyTurns(int most)
{
    /// <summary>One part in so many is kept for closed incidents while they have that many.</summary>
    public const int ClosedPart = 4;

    private int openAt;
    private int closedAt;

    /// <param name="closed">Empty where they aren't due.</param>
    public List<string> Next(IReadOnlyList<string> open, IReadOnlyList<string> closed)
    {
        var share = Math.Min(closed.Count, Math.Max(most / ClosedPart, most - open.Count));
        return [.. Turn(open, most - share, ref openAt), .. Turn(closed, share, ref closedAt)];
    }

    private static IEnumerable<string> Turn(IReadOnlyList<string> all, int count, ref int at)
    {
        if (all.Count <= count)
        {
            at = 0;
            return all;
        }

        var from = at % all.Count;
        at = (from + count) % all.Count;
        return Enumerable.Range(from, count).Select(i => all[i % all.Count]);
    }
}
