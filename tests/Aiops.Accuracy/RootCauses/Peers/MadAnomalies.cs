using Aiops.Analysis;

namespace Aiops.Accuracy.RootCauses.Peers;

/// <summary>The anomaly detection that PetShop's authors put before traversal and correlation [Hardt2024].</summary>
/// <remarks>
/// [Hardt2024] M. Hardt et al.: The PetShop Dataset: Finding Causes of Performance Issues across Microservices, CLeaR 2024.
/// A column is anomalous in a row when it lies more than <see cref="Threshold"/> normal-consistent median absolute deviations
/// from its median; one that never varied, when it varies at all. The row judged is the third, to give the issue time, or the
/// first after it in which the target is anomalous.
/// </remarks>
internal static class MadAnomalies
{
    public const double Threshold = 5;

    private const int FewestSamples = 10;
    private const int FirstRow = 2;
    private const double NormalConsistent = 0.6744897501960817; // The normal distribution's upper quartile.

    /// <summary>Scores of the anomalous components, the target among them; null when the target isn't anomalous.</summary>
    public static IReadOnlyDictionary<string, double>? Of(PeerTable table)
    {
        var target = Judge(table.Target);
        var first = Math.Min(FirstRow, table.Rows - 1);
        var row = Enumerable.Range(first, table.Rows - first).Cast<int?>().FirstOrDefault(at => target[at!.Value] > 0);
        if (row is not { } judged)
        {
            return null;
        }

        var scores = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var column in table.Columns)
        {
            var score = Judge(column)[judged];
            if (score > 0)
            {
                scores[column.Component] = Math.Max(score, scores.GetValueOrDefault(column.Component));
            }
        }

        return scores;
    }

    /// <summary>The score of each anomalous row, 0 for the others.</summary>
    private static double[] Judge(PeerColumn column)
    {
        if (column.Normal.Length < FewestSamples)
        {
            return new double[column.Issue.Length];
        }

        var varies = column.Normal.Max() > column.Normal.Min();
        var median = Quantile.MedianInPlace([.. column.Normal]);
        var deviation = Quantile.MedianInPlace([.. column.Normal.Select(value => Math.Abs(value - median))]) / NormalConsistent;
        var (scale, threshold) = varies ? (deviation, Threshold) : (1, 0);
        return [.. column.Issue.Select(value => Math.Abs(value - median) / scale).Select(score => score > threshold ? score : 0)];
    }
}
