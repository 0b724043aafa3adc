using System.Globalization;
using System.Text.Json;
using Aiops.Ask.Data;
using Aiops.Pipeline.Reason;

namespace Aiops.Ask.Feeds;

/// <summary>What one analysis' reasoning cost, from its document (<c>incidents/{id}/reasoning/{round}.json</c>).</summary>
internal sealed record ReasoningCost(long Round, Reasoning Reasoning)
{
    /// <returns>Null where the document can't be read, or isn't named after a round.</returns>
    public static ReasoningCost? Read(string key, byte[] content)
    {
        try
        {
            return long.TryParse(Path.GetFileNameWithoutExtension(key), NumberStyles.None, CultureInfo.InvariantCulture, out var round)
                && JsonSerializer.Deserialize(content, ReasonJson.Default.Reasoning) is { } reasoning ? new ReasoningCost(round, reasoning) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The table model_cost.</summary>
internal static class ModelCostRows
{
    public static void Write(ITableStore tables, IReadOnlyList<ReadIncident> all)
    {
        using var rows = tables.Append("model_cost");
        foreach (var (incident, cost) in all.SelectMany(read => read.Costs.Select(cost => (read.Incident, cost))))
        {
            var (reasoning, spent) = (cost.Reasoning, cost.Reasoning.Spent);
            rows.Add(incident.Id).Add(cost.Round).AddOrNull(reasoning.At).AddOrNull(reasoning.Model).Add(spent.Calls).Add(spent.Tokens).Add(spent.MicroDollars / 1e6).EndRow();
        }

        rows.Finish();
    }
}
