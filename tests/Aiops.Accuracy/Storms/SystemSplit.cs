namespace Aiops.Accuracy.Storms;

/// <summary>
/// Cuts one system's entities into two parts that have as little as possible to do with each other: the normalised cut
/// [Shi2000] of the graph whose edges are the alarms that name two entities, by moving single entities from each of
/// several beginnings as long as that helps.
/// </summary>
/// <remarks>
/// [Shi2000] J. Shi, J. Malik: Normalized Cuts and Image Segmentation, IEEE TPAMI 22 (2000). Local search instead of
/// eigenvectors.
/// </remarks>
internal static class SystemSplit
{
    /// <summary>The names of the second part; empty where there is only one name.</summary>
    public static IReadOnlySet<string> SecondPart(IReadOnlyList<StormAlarm> alarms)
    {
        var names = alarms.SelectMany(alarm => new[] { alarm.Entity, alarm.Other }).OfType<string>().Distinct()
            .Order(StringComparer.Ordinal).ToArray();
        var weights = Weights(alarms, names);
        var best = (Cut: double.PositiveInfinity, Part: new bool[names.Length]);
        for (var seed = 0; seed < names.Length; seed++)
        {
            var found = Improve(Grow(seed, weights), weights);
            best = found.Cut < best.Cut - 1e-9 ? found : best;
        }

        return names.Where((_, i) => best.Part[i]).ToHashSet(StringComparer.Ordinal);
    }

    private static double[][] Weights(IReadOnlyList<StormAlarm> alarms, string[] names)
    {
        var number = names.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i, StringComparer.Ordinal);
        var weights = names.Select(_ => new double[names.Length]).ToArray();
        foreach (var alarm in alarms)
        {
            // An alarm that names nothing else is a tie of its entity with itself: it gives the part weight, and is never cut.
            var (one, other) = (number[alarm.Entity], number[alarm.Other ?? alarm.Entity]);
            weights[one][other]++;
            weights[other][one]++;
        }

        return weights;
    }

    /// <summary>From one entity, what has most to do with the part so far, until it has half of the weight.</summary>
    private static bool[] Grow(int seed, double[][] weights)
    {
        var part = new bool[weights.Length];
        part[seed] = true;
        var all = weights.Sum(row => row.Sum());
        while (Volume(part, weights) < all / 2 && part.Count(inside => inside) < part.Length - 1)
        {
            var next = Enumerable.Range(0, part.Length).Where(i => !part[i]).MaxBy(i => Tie(i, part, weights));
            part[next] = true;
        }

        return part;
    }

    private static (double Cut, bool[] Part) Improve(bool[] part, double[][] weights)
    {
        var cut = NormalisedCut(part, weights);
        for (var moved = true; moved;)
        {
            moved = false;
            for (var i = 0; i < part.Length; i++)
            {
                part[i] = !part[i];
                var after = NormalisedCut(part, weights);
                if (after < cut - 1e-9)
                {
                    (cut, moved) = (after, true);
                }
                else
                {
                    part[i] = !part[i];
                }
            }
        }

        return (cut, part);
    }

    private static double NormalisedCut(bool[] part, double[][] weights)
    {
        var (inside, all) = (Volume(part, weights), weights.Sum(row => row.Sum()));
        var cut = Enumerable.Range(0, part.Length).Where(i => !part[i]).Sum(i => Tie(i, part, weights));
        var smaller = Math.Min(inside, all - inside);
        var isLopsided = smaller < all / 4;
        return isLopsided ? double.PositiveInfinity : cut / inside + cut / (all - inside);
    }

    private static double Volume(bool[] part, double[][] weights)
        => Enumerable.Range(0, part.Length).Where(i => part[i]).Sum(i => weights[i].Sum());

    private static double Tie(int i, bool[] part, double[][] weights)
        => Enumerable.Range(0, part.Length).Where(j => part[j]).Sum(j => weights[i][j]);
}
