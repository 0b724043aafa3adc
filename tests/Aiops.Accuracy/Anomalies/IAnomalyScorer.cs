namespace Aiops.Accuracy.Anomalies;

/// <summary>
/// A streaming method under measurement: a score from 0 (usual) to 1 for every point, from that point and earlier ones
/// alone.
/// </summary>
internal interface IAnomalyScorer
{
    double Next(long unixMilliseconds, double value);
}
