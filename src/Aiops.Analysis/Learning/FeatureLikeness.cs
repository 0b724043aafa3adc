namespace Aiops.Analysis.Learning;

/// <summary>How alike sets of features are: the weight of what both have over the weight of what either has [Tanimoto1958].</summary>
/// <remarks>
/// A feature weighs its inverse document frequency [SparckJones1972]: what everybody has tells nobody apart.
/// [Tanimoto1958] T. T. Tanimoto: An Elementary Mathematical Theory of Classification and Prediction, IBM 1958.
/// [SparckJones1972] K. Spärck Jones: A Statistical Interpretation of Term Specificity, Journal of Documentation 28, 1972.
/// </remarks>
internal sealed class FeatureLikeness
{
    private readonly Dictionary<string, List<int>> holders = new(StringComparer.Ordinal);
    private readonly double size;
    private readonly double[] totals;

    /// <param name="sets">Each holds a feature once.</param>
    public FeatureLikeness(IReadOnlyList<IReadOnlyList<string>> sets)
    {
        size = sets.Count;
        for (var i = 0; i < sets.Count; i++)
        {
            foreach (var feature in sets[i])
            {
                (holders.TryGetValue(feature, out var list) ? list : holders[feature] = []).Add(i);
            }
        }

        totals = new double[sets.Count];
        for (var i = 0; i < sets.Count; i++)
        {
            totals[i] = sets[i].Sum(feature => WeightOf(holders[feature].Count)); // In the order of the set: sums repeat.
        }
    }

    /// <summary>Likeness, 0 to 1, to each of the first <paramref name="end"/> sets; 0 where nothing is shared, or either is empty.</summary>
    public double[] To(IReadOnlyList<string> features, int end)
    {
        var shared = new double[end];
        var own = 0.0;
        foreach (var feature in features)
        {
            var list = holders.GetValueOrDefault(feature);
            var weight = WeightOf(list?.Count ?? 0);
            own += weight;
            for (var i = 0; i < (list?.Count ?? 0) && list![i] < end; i++)
            {
                shared[list[i]] += weight;
            }
        }

        for (var i = 0; i < end; i++)
        {
            shared[i] = shared[i] == 0 ? 0 : shared[i] / (own + totals[i] - shared[i]);
        }

        return shared;
    }

    private double WeightOf(int count) => Math.Log(1 + ((size + 1) / (count + 0.5)));
}
