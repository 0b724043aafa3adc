namespace Aiops.Pipeline.Reason.Checks;

/// <summary>
/// How far a model may change the ranking: it may put the second first where the figures can't tell the two apart, and nothing
/// else. The confidences stay as they are.
/// </summary>
public static class ReRanking
{
    /// <summary>The most by which the second's confidence may be below the first's.</summary>
    public const double Margin = 0.05;

    /// <summary>Below this a hypothesis isn't in question, however near the next one is.</summary>
    public const double LeastConfidence = 0.15;

    /// <inheritdoc cref="Within(IReadOnlyList{Hypothesis}, IReadOnlyList{string}, double, double)"/>
    public static (IReadOnlyList<string> Order, bool Refused) Within(IReadOnlyList<Hypothesis> ranked, IReadOnlyList<string> answered)
        => Within(ranked, answered, Margin, LeastConfidence);

    /// <param name="answered">Components in the model's order; those that it left out keep their places.</param>
    /// <returns>All components in their new order, empty where nothing moves; and whether a move was asked for that isn't allowed.</returns>
    /// <param name="margin">As <see cref="Margin"/>, and the next as <see cref="LeastConfidence"/>, for measuring what others would do.</param>
    public static (IReadOnlyList<string> Order, bool Refused) Within(IReadOnlyList<Hypothesis> ranked, IReadOnlyList<string> answered, double margin, double leastConfidence)
    {
        if (ranked.Count < 2 || answered.Count == 0 || answered[0] == ranked[0].Component)
        {
            return ([], false);
        }

        var (first, second) = (ranked[0], ranked[1]);
        var open = answered[0] == second.Component && second.Role is SuspectRole.Cause
            && second.Confidence >= leastConfidence && first.Confidence - second.Confidence <= margin;

        // A model that speaks of the second alone hasn't compared them.
        return open && answered.Contains(first.Component)
            ? ([second.Component, first.Component, .. ranked.Skip(2).Select(one => one.Component)], false)
            : ([], true);
    }

    /// <summary>The hypotheses in that order, ranks anew; as they were where the order isn't one of them.</summary>
    public static IReadOnlyList<Hypothesis> Apply(IReadOnlyList<Hypothesis> ranked, IReadOnlyList<string> order)
    {
        var known = ranked.DistinctBy(one => one.Component).ToDictionary(one => one.Component);
        return order.Count == ranked.Count && known.Count == ranked.Count && order.All(known.ContainsKey) && order.Distinct(StringComparer.Ordinal).Count() == order.Count
            ? [.. order.Select((component, at) => known[component] with { Rank = at + 1 })]
            : ranked;
    }
}
