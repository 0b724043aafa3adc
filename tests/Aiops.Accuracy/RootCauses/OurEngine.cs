using Aiops.Analysis.RootCauses;

namespace Aiops.Accuracy.RootCauses;

/// <summary>The engine of the pipeline at its own settings; undecided counts as naming no cause.</summary>
internal sealed class OurEngine : IRootCauseMethod
{
    public string Name => "ours";

    public IReadOnlyDictionary<string, double> Rank(RootCauseCase incident)
        => RootCauseEngine.Rank(incident).Suspects.ToDictionary(suspect => suspect.Component, suspect => suspect.Score);
}
