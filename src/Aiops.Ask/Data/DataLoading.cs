using System.Globalization;
using Aiops.Ask.Catalogue;
using Aiops.Ask.DuckDb;

namespace Aiops.Ask.Data;

/// <summary>Fills the tables behind the catalogue (schema <c>store</c>) and puts the catalogued views before them.</summary>
internal sealed class DataLoading : ITableStore
{
    private readonly DuckDbConnection connection;
    private readonly IReadOnlyList<CatalogueTable> catalogue;
    private readonly List<string> allowed = [];
    private List<(CatalogueTable Table, List<string> Selects)> views = [];

    public DataLoading(DuckDbConnection connection, IReadOnlyList<CatalogueTable> catalogue)
    {
        (this.connection, this.catalogue) = (connection, catalogue);
        connection.Execute("CREATE SCHEMA store");
        foreach (var table in catalogue)
        {
            connection.Execute($"CREATE TABLE store.{table.Name} ({string.Join(", ", table.Columns.Select(column => $"{SqlText.Name(column.Name)} {column.Type}"))})");
        }
    }

    /// <summary>Files that stay readable once all others aren't.</summary>
    public IReadOnlyList<string> AllowedPaths => allowed;

    public DuckDbAppender Append(string table) => connection.Append("store", table);

    /// <summary>Opens the files. Nothing in them is counted or looked at before <see cref="Finish"/>, once no other file can be read.</summary>
    public void Attach(IReadOnlyList<AttachedFile> files)
    {
        views = [.. catalogue.Select(table => (table, (List<string>)[$"SELECT {string.Join(", ", table.Columns.Select(column => SqlText.Name(column.Name)))} FROM store.{table.Name}"]))];
        for (var i = 0; i < files.Count; i++)
        {
            Attach(files[i], i);
        }
    }

    /// <exception cref="DuckDbException">What is in a file can't be read as its table.</exception>
    public IReadOnlyList<DataTable> Finish(TimeZoneInfo zone) => [.. views.Select(view =>
    {
        // What wasn't loaded isn't in the plan either.
        var selects = view.Selects.Count > 1 && CountOf($"({view.Selects[0]})") == 0 ? view.Selects[1..] : view.Selects;
        connection.Execute($"CREATE VIEW {view.Table.Name} AS {InZone(view.Table, string.Join(" UNION ALL ", selects), zone)}");
        return new DataTable(view.Table, CountOf(view.Table.Name));
    })];

    private void Attach(AttachedFile file, int number)
    {
        if (!KnowledgeReader.Identifier().IsMatch(file.Table))
        {
            throw new AttachException($"“{file.Table}” is no table's name here: use small letters, digits and _, a letter first.");
        }

        var (source, path) = FileAttachment.Open(connection, file, number);
        if (path is not null)
        {
            allowed.Add(path);
        }

        var columns = FileAttachment.ColumnsOf(connection, source, file);
        var place = views.FindIndex(view => view.Table.Name == file.Table);
        if (place < 0)
        {
            views.Add((new CatalogueTable(file.Table, $"Attached from {Path.GetFileName(file.Path)}.", null, columns), []));
            place = views.Count - 1;
        }

        views[place].Selects.Add(FileAttachment.SelectAs(views[place].Table, source, columns, file));
    }

    private long CountOf(string source) => long.Parse(connection.Text($"SELECT count(*) FROM {source}")!, CultureInfo.InvariantCulture);

    /// <summary>Times are kept in UTC, and shown by the clock that was asked for.</summary>
    private static string InZone(CatalogueTable table, string select, TimeZoneInfo zone)
        => zone.BaseUtcOffset == TimeSpan.Zero && !zone.SupportsDaylightSavingTime
            ? select
            : $"SELECT {string.Join(", ", table.Columns.Select(column => column.Type == "TIMESTAMP"
                ? $"timezone({SqlText.Literal(zone.Id)}, timezone('UTC', {SqlText.Name(column.Name)})) AS {SqlText.Name(column.Name)}"
                : SqlText.Name(column.Name)))} FROM ({select})";
}
