namespace Aiops.Analysis.Storms;

/// <summary>
/// How well an alarm fits an open incident: a weighted sum of topology, time and similarity, each shown with its value, so
/// that a person can see why two alarms were put together. Pure: the same input has the same score everywhere.
/// </summary>
/// <param name="Gap">Between the alarm and the span of the incident's events; zero within it.</param>
/// <param name="Similarity">0 to 1, by <see cref="AlarmMarks.Similarity"/>.</param>
/// <remarks>
/// Our own and deliberately plain: learned correlation needs labelled storms, which a new installation doesn't have, and
/// can't be explained in a sentence to whoever was woken by it.
/// </remarks>
public readonly record struct CorrelationScore(TopologyRelation Relation, TimeSpan Gap, double Similarity, CorrelationWeights Weights)
{
    /// <summary>0 to 1: linear in the gap, 0 from <see cref="CorrelationWeights.Window"/> on.</summary>
    public double Time => Math.Max(0, 1 - Gap / Weights.Window);

    // Rounded, so that ties are ties on every processor.
    public double Total => Math.Round(
        Weights.Topology * Relation.Value + Weights.Time * Time + Weights.Similarity * Similarity, 4);

    /// <summary>Whether the alarm belongs: the total reaches the threshold, inside the window.</summary>
    public bool Joins => Gap <= Weights.Window && Total >= Weights.Threshold;
}
