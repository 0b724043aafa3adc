using System.Globalization;
using System.Text.Json;
using Aiops.Ask.Data;

namespace Aiops.Ask.Feeds;

/// <summary>
/// What one analysis' reasoning cost, read from its document (<c>incidents/{id}/reasoning/{round}.json</c>): <c>at</c>, <c>model</c>,
/// and <c>calls</c>, <c>tokens</c> and <c>microDollars</c> (or <c>usd</c>), at its root or in a member <c>spent</c> or <c>cost</c>.
/// </summary>
/// <remarks>Read tolerantly, for the document has much else: what isn't there is 0 or null.</remarks>
internal sealed record ReasoningCost(long Round, DateTimeOffset? At, string? Model, long Calls, long Tokens, double Usd)
{
    /// <returns>Null where the document isn't JSON, or isn't named after a round.</returns>
    public static ReasoningCost? Read(string key, byte[] content)
    {
        if (!long.TryParse(Path.GetFileNameWithoutExtension(key), NumberStyles.None, CultureInfo.InvariantCulture, out var round))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(content);
            var root = document.RootElement;
            var spent = Member(root, "spent") ?? Member(root, "cost") ?? root;
            return new ReasoningCost(
                round,
                (Member(root, "at") ?? Member(root, "askedAt")) is { ValueKind: JsonValueKind.String } at && at.TryGetDateTimeOffset(out var time) ? time : null,
                Member(root, "model") is { ValueKind: JsonValueKind.String } model ? model.GetString() : null,
                (long)Number(spent, "calls"),
                (long)Number(spent, "tokens"),
                Member(spent, "usd") is null ? Number(spent, "microDollars") / 1e6 : Number(spent, "usd"));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement? Member(JsonElement node, string name)
        => node.ValueKind == JsonValueKind.Object && node.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static double Number(JsonElement node, string name) => Member(node, name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : 0;
}

/// <summary>The table model_cost.</summary>
internal static class ModelCostRows
{
    public static void Write(ITableStore tables, IReadOnlyList<ReadIncident> all)
    {
        using var rows = tables.Append("model_cost");
        foreach (var (incident, cost) in all.SelectMany(read => read.Costs.Select(cost => (read.Incident, cost))))
        {
            rows.Add(incident.Id).Add(cost.Round).AddOrNull(cost.At ?? incident.LastEventAt).AddOrNull(cost.Model).Add(cost.Calls).Add(cost.Tokens).Add(cost.Usd).EndRow();
        }

        rows.Finish();
    }
}
