namespace Aiops.Analysis.Storms;

/// <summary>
/// What <see cref="AlarmGrouping"/> has learned from the alarms so far, as it is kept between two rounds: restored from it,
/// a grouping goes on as if it had never stopped.
/// </summary>
public sealed record AlarmMemory
{
    /// <summary>The components of the relations and meetings, by number.</summary>
    public IReadOnlyList<string> Components { get; init; } = [];

    /// <summary>
    /// Triples in the order in which they were told: two numbers of components, and 1 where it was told again lately.
    /// </summary>
    public IReadOnlyList<int> Relations { get; init; } = [];

    /// <summary>How many alarms named something else since relations were last forgotten.</summary>
    public int Told { get; init; }

    /// <summary>
    /// Of components that nothing relates: number, episodes, how many companions, then number and count of each.
    /// </summary>
    public IReadOnlyList<int> Meetings { get; init; } = [];

    /// <summary>How many gaps fell into each half octave, see <see cref="AlarmRhythm"/>.</summary>
    public IReadOnlyList<int> Gaps { get; init; } = [];

    /// <summary>How often a neighbourhood had been quiet for the longest window, or longer.</summary>
    public int Quiet { get; init; }

    /// <summary>The window learned from those gaps; null while they are too few.</summary>
    public TimeSpan? Window { get; init; }
}
