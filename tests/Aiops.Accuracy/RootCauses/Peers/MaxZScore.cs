using Aiops.Analysis.RootCauses;

namespace Aiops.Accuracy.RootCauses.Peers;

/// <summary>Max |z|: how far a component gets from its mean at most, in standard deviations.</summary>
/// <remarks>The scale of one that never varied is 1.</remarks>
internal sealed class MaxZScore : IRootCauseMethod
{
    public string Name => "max |z|";

    public IReadOnlyDictionary<string, double> Rank(RootCauseCase incident) => Deviations.Furthest(incident, normal =>
    {
        var mean = normal.Average();
        var deviation = Math.Sqrt(normal.Average(value => (value - mean) * (value - mean)));
        return (mean, deviation > 0 ? deviation : 1);
    });
}
