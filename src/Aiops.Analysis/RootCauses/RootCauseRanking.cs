using Aiops.Analysis.Calibration;

namespace Aiops.Analysis.RootCauses;

/// <summary>The engine's answer.</summary>
public sealed record RootCauseRanking
{
    /// <summary>The most probable first; equal scores share a rank and stand in ordinal order. Empty when undecided.</summary>
    public IReadOnlyList<Suspect> Suspects { get; init; } = [];

    /// <summary>Why nobody is named, in a sentence; null when somebody is.</summary>
    public string? Undecided { get; init; }

    /// <summary>
    /// The probability that the cause is nothing that departed, or that there is no fault at all; 1 when nothing departed.
    /// When undecided, the rest of it belongs to <see cref="Departed"/>, of whom none is probable enough to be named.
    /// </summary>
    public required double NoneProbability { get; init; }

    /// <summary>When the fault began by the evidence of the first suspect; null when undecided or without onset.</summary>
    public DateTimeOffset? Onset { get; init; }

    /// <summary>What departs although it isn't enough to name a cause; empty when decided.</summary>
    public IReadOnlyList<Finding> Leftovers { get; init; } = [];

    /// <summary>Those that would be named were any probable enough, as <see cref="Suspects"/> has them; empty when decided.</summary>
    public IReadOnlyList<Suspect> Withheld { get; init; } = [];

    /// <summary>Every component that departed, the most suspect first, also those that aren't named.</summary>
    public IReadOnlyList<string> Departed { get; init; } = [];

    /// <summary>What the confidence was made from, the scores in the order of <see cref="Departed"/>; null when nothing departed.</summary>
    public RankingFeatures? Features { get; init; }
}

/// <summary>One component that may be the cause.</summary>
public sealed record Suspect
{
    /// <summary>From 1; suspects within 1e-9 of score share it.</summary>
    public required int Rank { get; init; }

    public required string Component { get; init; }

    /// <summary>
    /// 0 to 1, calibrated: of suspects given 0.8, four in five are the cause. With the others', <see cref="RootCauseRanking.NoneProbability"/>
    /// and what departed beyond the first ten it sums to 1.
    /// </summary>
    public required double Confidence { get; init; }

    /// <summary>The evidence, net, in nats: differences between suspects are log odds.</summary>
    public required double Score { get; init; }

    /// <summary>Whether most of what it shows is explained by something else.</summary>
    public required bool IsSymptom { get; init; }

    /// <summary>The onset of its earliest departure; null when none has one.</summary>
    public DateTimeOffset? Onset { get; init; }

    /// <summary>The strongest first.</summary>
    public required IReadOnlyList<Finding> For { get; init; }

    /// <summary>The strongest first.</summary>
    public required IReadOnlyList<Finding> Against { get; init; }
}
