using Aiops.Ask.Catalogue;
using Aiops.Ask.DuckDb;
using Aiops.Pipeline.Masking;

namespace Aiops.Ask.Data;

/// <summary>Makes a file readable as rows of a table. These statements are ours; none is ever a model's.</summary>
internal static class FileAttachment
{
    private static readonly string[] Json = [".json", ".jsonl", ".ndjson", ".json.gz", ".jsonl.gz", ".ndjson.gz"];

    /// <summary>
    /// Parquet is read where it lies, and its path comes back to be allowed; text is read once, into a table. Either way the
    /// answer's <c>Source</c> can stand behind FROM.
    /// </summary>
    public static (string Source, string? AllowedPath) Open(DuckDbConnection connection, AttachedFile file, int number)
    {
        var path = Path.GetFullPath(file.Path);
        if (!File.Exists(path))
        {
            throw new AttachException($"{file.Path} does not exist: attach a .parquet, .csv or .jsonl file as {file.Table}=FILE.");
        }

        if (path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase))
        {
            return ($"read_parquet({SqlText.Literal(path)})", path);
        }

        var reader = path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase)
            ? $"read_csv({SqlText.Literal(path)})"
            : Json.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                ? $"read_json({SqlText.Literal(path)})"
                : throw new AttachException($"{file.Path} is of no kind that is read: attach .parquet, .csv, .json, .jsonl or .ndjson.");
        try
        {
            connection.Execute($"CREATE TABLE store.attached_{number} AS SELECT * FROM {reader}");
        }
        catch (DuckDbException e)
        {
            throw new AttachException($"{file.Path} can't be read: {FirstLine(e.Message)}");
        }

        return ($"store.attached_{number}", null);
    }

    /// <summary>The columns of a source, as the catalogue calls their types.</summary>
    public static IReadOnlyList<CatalogueColumn> ColumnsOf(DuckDbConnection connection, string source, AttachedFile file)
    {
        try
        {
            using var statement = connection.Prepare($"SELECT * FROM {source}");
            return [.. statement.Columns.Select(column => new CatalogueColumn(column.Name, DuckDbTypes.ReadAs(column.Type), "", null, [], false))];
        }
        catch (DuckDbException e)
        {
            throw new AttachException($"{file.Path} can't be read: {FirstLine(e.Message)}");
        }
    }

    /// <summary>Rows of a catalogued table out of a file that has some of its columns.</summary>
    public static string SelectAs(CatalogueTable table, string source, IReadOnlyList<CatalogueColumn> has, AttachedFile file)
    {
        var names = has.Select(column => column.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (!table.Columns.Any(column => names.Contains(column.Name)) || (table.TimeColumn is { } time && !names.Contains(time)))
        {
            throw new AttachException(
                $"{file.Path} has no rows for {table.Name}: its columns are {string.Join(", ", names)}, and {table.Name} has {string.Join(", ", table.Columns.Select(column => column.Name))}. "
                + "Rename them, or attach it under a name of its own.");
        }

        return $"SELECT {string.Join(", ", table.Columns.Select(column => names.Contains(column.Name)
            ? $"CAST({SqlText.Name(column.Name)} AS {column.Type}) AS {SqlText.Name(column.Name)}"
            : $"CAST(NULL AS {column.Type}) AS {SqlText.Name(column.Name)}"))} FROM {source}";
    }

    /// <summary>Of what DuckDB says of a file, without secrets: the rest of it quotes a statement.</summary>
    public static string FirstLine(string text) => SecretMask.Mask(text).Split('\n', 2)[0];
}
