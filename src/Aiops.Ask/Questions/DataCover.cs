using Aiops.Ask.Data;
using Aiops.Ask.DuckDb;

namespace Aiops.Ask.Questions;

/// <summary>Tells "nothing happened" from "nothing is known": what the tables of a statement hold of the time that was asked about.</summary>
/// <param name="IsUnknown">No table holds anything of it, so 0 rows mean nothing.</param>
/// <param name="Notes">For a reader; always from when to when the data is.</param>
internal sealed record DataCover(bool IsUnknown, IReadOnlyList<string> Notes)
{
    /// <param name="tables">That the statement reads.</param>
    /// <param name="asked">Stretches that were asked about; none where the question says no time.</param>
    /// <param name="isEmpty">The statement found no rows.</param>
    public static DataCover Of(DuckDbConnection connection, QuestionData data, IReadOnlyList<string> tables, IReadOnlyList<TimeRange> asked, bool isEmpty)
    {
        var timed = tables.Where(table => data.Extent.Tables.ContainsKey(table)).ToList();
        List<string> notes = [.. timed.Select(table => $"Data: {table} from {data.Extent.Tables[table].First:yyyy-MM-dd HH:mm} to {data.Extent.Tables[table].Last:yyyy-MM-dd HH:mm}.")];
        var without = asked.Select(range => (Range: range, Without: timed.Where(table => !Holds(connection, data, table, range)).ToList())).Where(one => one.Without.Count > 0).ToList();
        notes.AddRange(without.Select(one => $"Nothing is known of {one.Range}: {string.Join(" and ", one.Without)} held no data of it."));
        var isUnknown = timed.Count > 0 && asked.Count > 0 && without.Count == asked.Count && without.All(one => one.Without.Count == timed.Count);
        if (isEmpty && !isUnknown && without.Count == 0 && timed.Count > 0 && asked.Count > 0)
        {
            notes.Add("There is data of that time; none of it is what was asked for.");
        }

        return new DataCover(isUnknown, notes);
    }

    // Telemetry flows while a system lives. Of what happens now and then, none is an answer from when on anything was watched.
    private static bool Holds(DuckDbConnection connection, QuestionData data, string table, TimeRange range)
        => data.Find(table) is { Table.TimeColumn: { } time }
            ? connection.Query($"SELECT 1::BIGINT FROM {table} WHERE {SqlText.Name(time)} >= {SqlText.Literal(range.From)} AND {SqlText.Name(time)} < {SqlText.Literal(range.To)} LIMIT 1").Rows.Count > 0
            : range.From <= data.Extent.Whole?.Last && range.To > data.Tables.Where(one => one.Table.TimeColumn is not null || one.Table.Name == table)
                .Where(one => data.Extent.Tables.ContainsKey(one.Table.Name)).Min(one => data.Extent.Tables[one.Table.Name].First);
}
