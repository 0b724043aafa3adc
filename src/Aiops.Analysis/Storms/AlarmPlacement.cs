using System.Globalization;

namespace Aiops.Analysis.Storms;

/// <summary>How well an alarm fits the open incident that it fits best.</summary>
/// <param name="AsOlder">
/// It fits a blind incident better (<see cref="GroupedIncident.IsBlind"/>), but this older one as well: the blind one is a
/// part of it.
/// </param>
public readonly record struct AlarmFit(GroupedIncident Incident, CorrelationScore Score, bool AsOlder);

/// <summary>Where an alarm went, and why.</summary>
/// <param name="Opened">Whether it opened the incident.</param>
/// <param name="Nearest">
/// The best fit: that of the incident itself, or of one that it didn't reach; null where nothing was near.
/// </param>
public readonly record struct AlarmPlacement(GroupedIncident Incident, bool Opened, AlarmFit? Nearest)
{
    /// <summary>One sentence with each part of the score.</summary>
    /// <param name="component">The alarm's.</param>
    public string Explain(string? component)
    {
        if (Nearest is not { } fit)
        {
            return "opened: no open incident has anything in common with it";
        }

        var (score, weights) = (fit.Score, fit.Score.Weights);
        var sentence = string.Create(
            CultureInfo.InvariantCulture,
            $"fits {fit.Incident.Key} with {score.Total:0.00}, {weights.Threshold:0.00} is enough: "
            + $"{score.Relation.Describe(component)}; {score.Gap.TotalSeconds:0} s from its events, "
            + $"of at most {weights.Window.TotalSeconds:0}; similarity {score.Similarity:0.00}");
        return Opened ? $"opened: the nearest {sentence}"
            : fit.AsOlder ? $"joined as the older of two that are one: {sentence}"
            : $"joined: {sentence}";
    }
}
