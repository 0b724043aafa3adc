namespace Aiops.Analysis.LogPatterns;

/// <summary>Which values of which field (severity, host, status, …) explain how two periods differ.</summary>
/// <remarks>
/// As [Bhagwan2014]: a value's surprise is its part of the Jensen–Shannon divergence between the periods' shares, a field's
/// surprise the sum over the values that explain the change, and a field explains by few values. Departures: what a value
/// explains is its part of all that moved within the field, more or less alike, so a mere exchange between values is
/// explained too; and a value must have moved significantly by the G test (<see cref="PoissonRates"/>). Memory is bounded by
/// fields and <c>mostValues</c> (<see cref="SpaceSaving"/>), never by lines.
/// [Bhagwan2014] R. Bhagwan, R. Kumar, R. Ramjee et al.: Adtributor: Revenue Debugging in Advertising Systems, NSDI 2014.
/// </remarks>
/// <param name="fields">Their names, in the order in which values are given.</param>
/// <param name="mostValues">Kept for each field.</param>
public sealed class ChangeContributors(IReadOnlyList<string> fields, int mostValues = 1_000)
{
    private const double LeastExplained = 0.1;   // By one value; the threshold of [Bhagwan2014].
    private const double EnoughExplained = 0.67; // By a field; the same.

    private readonly SpaceSaving[] counts = [.. fields.Select(_ => new SpaceSaving(mostValues))];

    /// <summary>Lines of the earlier period.</summary>
    public long Earlier { get; private set; }

    /// <summary>Lines of the later period.</summary>
    public long Later { get; private set; }

    /// <summary>Counts one line by its values, one for each field; an empty one says that the line lacks the field.</summary>
    /// <exception cref="ArgumentException">There are not as many values as fields.</exception>
    public void Add(bool isLater, params ReadOnlySpan<string> values)
    {
        if (values.Length != fields.Count)
        {
            throw new ArgumentException($"{values.Length} values for {fields.Count} fields", nameof(values));
        }

        Earlier += isLater ? 0 : 1;
        Later += isLater ? 1 : 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i].Length > 0)
            {
                counts[i].Add(values[i], isLater);
            }
        }
    }

    /// <summary>The fields that explain the change, the most surprising first; equally surprising ones by name.</summary>
    /// <param name="exposure">The later period's length for one of the earlier's: 1 compares counts as they are.</param>
    /// <returns>Empty when a period has no line, or nothing moved significantly.</returns>
    public IReadOnlyList<ContributingField> Explain(double exposure)
    {
        if (Earlier == 0 || Later == 0)
        {
            return [];
        }

        return [.. fields.Select((field, i) => Explained(field, counts[i], exposure))
            .Where(field => field.Values.Count > 0)
            .OrderByDescending(field => Math.Round(field.Surprise, 9))
            .ThenBy(field => field.Field, StringComparer.Ordinal)];
    }

    private ContributingField Explained(string field, SpaceSaving counted, double exposure)
    {
        var ordered = counted.Counters.OrderBy(counter => counter.Key, StringComparer.Ordinal).ToList(); // Sums run in one order.
        var moved = ordered.Sum(counter => Math.Abs(counter.Later - (counter.Earlier * exposure)));
        List<Contributor> values = [];
        var explained = 0.0;
        foreach (var value in ordered
            .Select(counter => Of(counter, moved, exposure))
            .Where(value => Math.Abs(value.Significance) >= LogPatternTally.Threshold && value.Explained >= LeastExplained)
            .OrderByDescending(value => Math.Round(value.Surprise, 9))
            .ThenBy(value => value.Value, StringComparer.Ordinal))
        {
            if (explained >= EnoughExplained)
            {
                break;
            }

            values.Add(value);
            explained += value.Explained;
        }

        return new ContributingField(field, explained, values.Sum(value => value.Surprise), values);
    }

    private Contributor Of(SpaceSaving.Counter counter, double moved, double exposure)
    {
        var difference = counter.Later - (counter.Earlier * exposure);
        var (p, q) = (counter.Earlier / (double)Earlier, counter.Later / (double)Later);
        var g = PoissonRates.G(counter.Earlier, 1, counter.Later, exposure);
        return new Contributor(
            counter.Key,
            counter.Earlier,
            counter.Later,
            moved > 0 ? Math.Abs(difference) / moved : 0,
            0.5 * (Divergence(p, q) + Divergence(q, p)),
            Math.Sign(difference) * Math.Sqrt(g));
    }

    private static double Divergence(double one, double other) => one == 0 ? 0 : one * Math.Log(2 * one / (one + other));
}

/// <summary>A field whose values explain a change.</summary>
/// <param name="Explained">The part of what moved that the values explain together, 0 to 1.</param>
/// <param name="Surprise">In nats.</param>
/// <param name="Values">The fewest that explain enough, the most surprising first.</param>
public sealed record ContributingField(string Field, double Explained, double Surprise, IReadOnlyList<Contributor> Values);

/// <summary>A value that became more or less frequent.</summary>
/// <param name="Earlier">Its lines in the earlier period, at least.</param>
/// <param name="Later">Its lines in the later period, at least.</param>
/// <param name="Explained">Its part of all that moved within the field, 0 to 1.</param>
/// <param name="Surprise">In nats: how differently the periods are shared out.</param>
/// <param name="Significance">The signed root of G: about a standard normal when nothing changed; negative for less.</param>
public sealed record Contributor(string Value, long Earlier, long Later, double Explained, double Surprise, double Significance);
