using Aiops.Ask.DuckDb;
using Aiops.Ask.Questions;

namespace Aiops.Ask.Data;

/// <summary>Writes the rows of an answer, as they were let out, to a file: .parquet, .csv, or .json and .jsonl, a line a row.</summary>
public static class AnswerExport
{
    /// <summary>Whether an answer could be written there, before there is one.</summary>
    /// <exception cref="AttachException">The ending is of no kind that is written, or there is no such folder.</exception>
    public static void Check(string path)
    {
        _ = FormatOf(path);
        CheckFolder(path);
    }

    /// <exception cref="AttachException">There is no such folder, or the file is one.</exception>
    public static void CheckFolder(string path)
    {
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full) || !Directory.Exists(Path.GetDirectoryName(full)))
        {
            throw new AttachException($"{path} can't be written: {(Directory.Exists(full) ? "it is a folder, name a file in it" : "its folder doesn't exist, make it first")}.");
        }
    }

    /// <exception cref="AttachException">The ending is of no kind that is written, or the file can't be.</exception>
    public static void Write(Answer.Answered answer, string path)
    {
        var format = FormatOf(path);

        // A database of its own: the one that answers reads no file and writes none.
        using var database = new DuckDbDatabase();
        using var connection = database.Connect();
        var names = Distinct(answer.Columns.Select(column => column.Name));
        connection.Execute($"CREATE TABLE answer ({string.Join(", ", answer.Columns.Select((column, i) => $"{SqlText.Name(names[i])} {column.Type}"))})");
        using (var rows = connection.Append("main", "answer"))
        {
            foreach (var row in answer.Rows)
            {
                foreach (var value in row)
                {
                    Add(rows, value);
                }

                rows.EndRow();
            }

            rows.Finish();
        }

        try
        {
            connection.Execute($"COPY answer TO {SqlText.Literal(Path.GetFullPath(path))} ({format})");
        }
        catch (DuckDbException e)
        {
            throw new AttachException($"{path} can't be written: {e.Message.Split('\n', 2)[0]}");
        }
    }

    private static string FormatOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".parquet" => "FORMAT parquet",
        ".csv" => "FORMAT csv, HEADER",
        ".json" or ".jsonl" or ".ndjson" => "FORMAT json",
        _ => throw new AttachException($"{path} is of no kind that is written: name a .parquet, .csv or .json file."),
    };

    private static void Add(DuckDbAppender rows, object? value) => _ = value switch
    {
        null => rows.AddNull(),
        bool flag => rows.Add(flag),
        long whole => rows.Add(whole),
        double real => rows.Add(real),
        DateTime time => rows.AddTime((time.Ticks - DateTime.UnixEpoch.Ticks) / 10),
        DateOnly day => rows.Add(day),
        _ => rows.Add(value.ToString().AsSpan()),
    };

    // Columns of an answer may share a name; those of a file may not.
    private static List<string> Distinct(IEnumerable<string> names)
    {
        List<string> distinct = [];
        foreach (var name in names)
        {
            var free = name;
            for (var i = 2; distinct.Contains(free, StringComparer.OrdinalIgnoreCase); i++)
            {
                free = $"{name}_{i}";
            }

            distinct.Add(free);
        }

        return distinct;
    }
}
