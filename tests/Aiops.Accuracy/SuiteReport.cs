using Aiops.Accuracy.Figures;

namespace Aiops.Accuracy;

/// <summary>What a suite measured: ours first, peers beside it.</summary>
/// <param name="Cases">How many labelled cases were scored.</param>
internal sealed record SuiteReport(string Suite, int Cases, FigureSet Ours)
{
    /// <summary>By the method's name, in the order in which they are shown.</summary>
    public IReadOnlyList<(string Name, FigureSet Figures)> Peers { get; init; } = [];

    /// <summary>Limits and surprises that the reader of the figures must know, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
