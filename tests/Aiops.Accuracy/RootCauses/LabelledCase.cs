using Aiops.Analysis.RootCauses;
using Aiops.Local.Recordings;

namespace Aiops.Accuracy.RootCauses;

/// <summary>What the engine is asked, and, beside it and never in it, what the data's makers say.</summary>
/// <param name="Name">The recording's.</param>
/// <param name="Truth">Its component is null where nothing was wrong.</param>
internal sealed record LabelledCase(string Name, RootCauseCase Case, RecordingTruth Truth)
{
    /// <summary>A label of the data's makers, to group figures by; empty when they say nothing.</summary>
    public string Label(string name) => Truth.Labels?.GetValueOrDefault(name) ?? "";
}
