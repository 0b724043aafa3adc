using Aiops.Analysis.RootCauses;

namespace Aiops.Accuracy.RootCauses.Peers;

/// <summary>Anomalous components, by how surely they correlate with the alarm's metric during the issue.</summary>
/// <remarks>
/// As PetShop's authors run it by default [Hardt2024]: Pearson's correlation over the issue's rows that both have, ranked by
/// its p-value, among the anomalies of <see cref="MadAnomalies"/>, the target itself left out.
/// </remarks>
internal sealed class RankedCorrelation : IRootCauseMethod
{
    public string Name => "ranked correlation";

    public IReadOnlyDictionary<string, double> Rank(RootCauseCase incident)
    {
        var causes = new SortedDictionary<string, double>(StringComparer.Ordinal);
        if (PeerTable.Of(incident) is not { } table || MadAnomalies.Of(table) is not { } anomalies)
        {
            return causes;
        }

        foreach (var column in table.Columns)
        {
            if (column.Component != table.Target.Component && anomalies.ContainsKey(column.Component)
                && PearsonTest.PValue(column.Issue, table.Target.Issue) is { } p)
            {
                causes[column.Component] = Math.Max(-p, causes.GetValueOrDefault(column.Component, double.NegativeInfinity));
            }
        }

        return causes;
    }
}
