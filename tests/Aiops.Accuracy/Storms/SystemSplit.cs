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
            var parts = Grow(seed, weights);
            Improve(parts);
            best = parts.NormalisedCut < best.Cut - 1e-9 ? (parts.NormalisedCut, parts.Second) : best;
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
    private static Parts Grow(int seed, double[][] weights)
    {
        var parts = new Parts(weights);
        parts.Move(seed);
        for (var size = 1; parts.Inside < parts.All / 2 && size < weights.Length - 1; size++)
        {
            parts.Move(parts.ClosestOfFirst());
        }

        return parts;
    }

    private static void Improve(Parts parts)
    {
        for (var moved = true; moved;)
        {
            moved = false;
            for (var i = 0; i < parts.Second.Length; i++)
            {
                if (parts.NormalisedCutAfter(i) < parts.NormalisedCut - 1e-9)
                {
                    parts.Move(i);
                    moved = true;
                }
            }
        }
    }

    /// <summary>
    /// What a cut weighs, kept up to date: to ask about a move takes constant time, to make it one step an entity. Weights are
    /// counts, so that the sums are exact in whichever order.
    /// </summary>
    private sealed class Parts(double[][] weights)
    {
        private readonly double[] volumes = [.. weights.Select(row => row.Sum())];
        private double cut;

        public bool[] Second { get; } = new bool[weights.Length];

        /// <summary>Of each entity with the second part, itself included where it is in it.</summary>
        public double[] Ties { get; } = new double[weights.Length];

        public double All { get; } = weights.Sum(row => row.Sum());

        /// <summary>The volume of the second part.</summary>
        public double Inside { get; private set; }

        public double NormalisedCut => Normalised(cut, Inside);

        /// <summary>What of the first part has most to do with the second; the earliest of several.</summary>
        public int ClosestOfFirst()
        {
            var closest = -1;
            for (var i = 0; i < Ties.Length; i++)
            {
                closest = !Second[i] && (closest < 0 || Ties[i] > Ties[closest]) ? i : closest;
            }

            return closest;
        }

        public double NormalisedCutAfter(int moved) => Normalised(CutAfter(moved), InsideAfter(moved));

        /// <summary>Into the second part, or out of it.</summary>
        public void Move(int moved)
        {
            (cut, Inside) = (CutAfter(moved), InsideAfter(moved));
            var sign = Second[moved] ? -1 : 1;
            Second[moved] = !Second[moved];
            for (var i = 0; i < Ties.Length; i++)
            {
                Ties[i] += sign * weights[moved][i];
            }
        }

        private double CutAfter(int moved)
        {
            var itself = weights[moved][moved];
            var toSecond = Ties[moved] - (Second[moved] ? itself : 0);
            var toFirst = volumes[moved] - itself - toSecond;
            return cut + (Second[moved] ? toSecond - toFirst : toFirst - toSecond);
        }

        private double InsideAfter(int moved) => Inside + (Second[moved] ? -volumes[moved] : volumes[moved]);

        private double Normalised(double cutting, double inside)
        {
            var isLopsided = Math.Min(inside, All - inside) < All / 4;
            return isLopsided ? double.PositiveInfinity : (cutting / inside) + (cutting / (All - inside));
        }
    }
}
