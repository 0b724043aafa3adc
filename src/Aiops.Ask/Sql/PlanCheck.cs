using System.Globalization;
using System.Text.Json;
using Aiops.Ask.Data;

namespace Aiops.Ask.Sql;

/// <summary>Judges a statement by the plan that DuckDB makes of it, before it runs.</summary>
internal static class PlanCheck
{
    // Joins that compare every row with every other, or with very many.
    private static readonly string[] Comparing =
        ["CROSS_PRODUCT", "NESTED_LOOP_JOIN", "BLOCKWISE_NL_JOIN", "PIECEWISE_MERGE_JOIN", "IE_JOIN", "POSITIONAL_JOIN"];

    // What a window keeps of each row beside the rows themselves, measured with quantiles; it is made at one go.
    private const double BytesOfWindow = 32;

    /// <param name="plan">EXPLAIN (FORMAT json).</param>
    /// <exception cref="StatementException">It would compare or make too many rows.</exception>
    public static void Check(string plan, AskLimits limits)
    {
        using var document = JsonDocument.Parse(plan, new JsonDocumentOptions { MaxDepth = SyntaxTree.MostDepth });
        foreach (var root in document.RootElement.EnumerateArray())
        {
            _ = Rows(root, limits);
        }
    }

    private static double Rows(JsonElement step, AskLimits limits)
    {
        var below = step.TryGetProperty("children", out var children) ? children.EnumerateArray().Select(child => Rows(child, limits)).ToList() : [];
        var name = step.GetProperty("name").GetString()!.Trim();
        if (Comparing.Contains(name))
        {
            var pairs = below.Aggregate(1.0, (product, rows) => product * Math.Max(1, rows));
            return pairs <= limits.ComparedPairs
                ? pairs
                : throw new StatementException($"It would compare about {pairs:N0} pairs of rows, and {limits.ComparedPairs:N0} are allowed: join on equal columns, or group before joining.");
        }

        if (name == "WINDOW" && below.DefaultIfEmpty(1).Max() * WindowsOf(step) * BytesOfWindow > limits.WorkMemory)
        {
            throw new StatementException($"It has {WindowsOf(step)} windows over about {below.Max():N0} rows: use fewer, or group before them.");
        }

        var rows = step.TryGetProperty("extra_info", out var info) && info.ValueKind == JsonValueKind.Object && info.TryGetProperty("Estimated Cardinality", out var estimate)
            && double.TryParse(estimate.ToString(), CultureInfo.InvariantCulture, out var read) ? read : below.DefaultIfEmpty(1).Max();
        return rows <= limits.StepRows
            ? rows
            : throw new StatementException($"It would come to about {rows:N0} rows, and {limits.StepRows:N0} are allowed: narrow it, or group before joining.");
    }

    private static int WindowsOf(JsonElement step)
        => step.TryGetProperty("extra_info", out var info) && info.TryGetProperty("Projections", out var windows) && windows.ValueKind == JsonValueKind.Array ? windows.GetArrayLength() : 1;
}
