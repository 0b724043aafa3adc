using Aiops.Analysis.RootCauses;

namespace Aiops.Accuracy.RootCauses.Peers;

/// <summary>Scores that look at each column by itself: how far it goes from its centre, in its own scale.</summary>
internal static class Deviations
{
    private const int FewestSamples = 2;

    public static IReadOnlyDictionary<string, double> Furthest(
        RootCauseCase incident, Func<double[], (double Centre, double Scale)> fit)
    {
        var scores = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var column in PeerTable.Of(incident)?.Columns ?? [])
        {
            double[] seen = [.. column.Issue.Where(value => !double.IsNaN(value))];
            if (seen.Length == 0 || column.Normal.Length < FewestSamples)
            {
                continue;
            }

            var (centre, scale) = fit(column.Normal);
            var furthest = seen.Max(value => Math.Abs(value - centre)) / scale;
            scores[column.Component] = Math.Max(furthest, scores.GetValueOrDefault(column.Component));
        }

        return scores;
    }
}
