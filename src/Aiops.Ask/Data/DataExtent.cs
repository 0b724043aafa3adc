using Aiops.Ask.Catalogue;
using Aiops.Ask.DuckDb;

namespace Aiops.Ask.Data;

/// <summary>From when to when the data is, and whom it speaks of.</summary>
/// <param name="Whole">The earliest and the latest time of any table; null where there is none.</param>
/// <param name="Last">
/// The latest moment of the telemetry, from which "the last hour" counts back: what people say of an incident days later
/// doesn't move it. Without telemetry, of all.
/// </param>
/// <param name="Services">In ordinal order.</param>
/// <param name="Tables">The earliest and the latest time of each table that has any.</param>
internal sealed record DataExtent(
    (DateTime First, DateTime Last)? Whole, DateTime? Last, IReadOnlyList<string> Services, IReadOnlyDictionary<string, (DateTime First, DateTime Last)> Tables)
{
    private static readonly string[] ServiceColumns = ["service", "caller", "callee"];

    public static DataExtent Of(DuckDbConnection connection, IReadOnlyList<DataTable> tables)
    {
        List<(CatalogueTable Table, DateTime First, DateTime Last)> spans = [];
        SortedSet<string> services = new(StringComparer.Ordinal);
        foreach (var (table, _) in tables.Where(table => table.Rows > 0))
        {
            if ((table.TimeColumn ?? table.Columns.FirstOrDefault(column => column.Type is "TIMESTAMP" or "DATE")?.Name) is { } time
                && connection.Query($"SELECT min({SqlText.Name(time)})::TIMESTAMP, max({SqlText.Name(time)})::TIMESTAMP FROM {table.Name}").Rows is [[DateTime first, DateTime last]])
            {
                spans.Add((table, first, last));
            }

            foreach (var column in table.Columns.Where(column => ServiceColumns.Contains(column.Name) && table.Name != "cloud_cost"))
            {
                services.UnionWith(connection.Query($"SELECT DISTINCT {SqlText.Name(column.Name)} FROM {table.Name} WHERE {SqlText.Name(column.Name)} IS NOT NULL").Rows
                    .Select(row => row[0]!.ToString()!));
            }
        }

        var telemetry = spans.Where(span => span.Table.TimeColumn is not null).ToList();
        return new DataExtent(
            spans.Count == 0 ? null : (spans.Min(span => span.First), spans.Max(span => span.Last)),
            spans.Count == 0 ? null : (telemetry.Count > 0 ? telemetry : spans).Max(span => span.Last),
            [.. services],
            spans.ToDictionary(span => span.Table.Name, span => (span.First, span.Last), StringComparer.Ordinal));
    }
}
