namespace Aiops.Accuracy.Figures;

/// <summary>The figures of one method, in the order in which they are shown.</summary>
internal sealed class FigureSet
{
    private readonly List<(string Key, Figure Figure)> figures = [];
    private readonly List<(string Name, FigureSet Figures)> groups = [];

    public IReadOnlyList<(string Key, Figure Figure)> Figures => figures;

    /// <summary>The same figures for parts of the cases: by scenario, metric, system.</summary>
    public IReadOnlyList<(string Name, FigureSet Figures)> Groups => groups;

    /// <exception cref="ArgumentException">The key was already given.</exception>
    public FigureSet Add(string key, double value, Interval? interval = null)
    {
        if (figures.Exists(figure => figure.Key == key))
        {
            throw new ArgumentException($"{key} is given twice", nameof(key));
        }

        figures.Add((key, new Figure(value, interval)));
        return this;
    }

    public FigureSet AddGroup(string name, FigureSet group)
    {
        groups.Add((name, group));
        return this;
    }
}

/// <summary>One figure; NaN when nothing could be measured, which JSON shows as null.</summary>
internal readonly record struct Figure(double Value, Interval? Interval);
