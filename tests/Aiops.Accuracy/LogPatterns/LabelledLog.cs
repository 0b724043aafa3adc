using System.Text;

namespace Aiops.Accuracy.LogPatterns;

/// <summary>The messages of one system, each with the event that people said it is.</summary>
/// <param name="RawLines">The same lines with their headers (stamp, level, component) as written; empty where absent.</param>
internal sealed record LabelledLog(
    string System, IReadOnlyList<string> Messages, IReadOnlyList<string> Events, IReadOnlyList<string> RawLines)
{
    private const string StructuredSuffix = ".log_structured.csv";

    /// <summary>Every folder with a file <c>*.log_structured.csv</c> of columns <c>Content</c> and <c>EventId</c>.</summary>
    /// <exception cref="MissingDataException">There is none, or one lacks a column, a cell or any line.</exception>
    public static IReadOnlyList<LabelledLog> ReadAll(string folder)
    {
        string[] files = Directory.Exists(folder)
            ? Directory.GetFiles(folder, "*" + StructuredSuffix, SearchOption.AllDirectories)
            : [];
        return files.Length > 0
            ? [.. files.Order(StringComparer.Ordinal).Select(Read)]
            : throw new MissingDataException($"{folder} holds no <system>/*{StructuredSuffix}");
    }

    private static LabelledLog Read(string path)
    {
        using var records = Records(File.ReadAllText(path)).GetEnumerator();
        var header = records.MoveNext() ? records.Current : [];
        var (content, label) = (header.IndexOf("Content"), header.IndexOf("EventId"));
        if (content < 0 || label < 0)
        {
            throw new MissingDataException($"{path} lacks the column Content or EventId");
        }

        List<string> messages = [];
        List<string> events = [];
        for (var number = 2; records.MoveNext(); number++)
        {
            if (records.Current.Count <= Math.Max(content, label))
            {
                throw new MissingDataException(
                    $"{path}, record {number} has {records.Current.Count} of the header's {header.Count} columns; "
                    + "mend the record (is a quote left open?) or take it out");
            }

            messages.Add(records.Current[content]);
            events.Add(records.Current[label]);
        }

        if (messages.Count == 0)
        {
            throw new MissingDataException($"{path} holds no line below its header; fill it or take it away");
        }

        var raw = path[..^"_structured.csv".Length];
        string[] lines = File.Exists(raw) ? File.ReadAllLines(raw) : [];
        return new LabelledLog(new DirectoryInfo(Path.GetDirectoryName(path)!).Name, messages, events, lines);
    }

    /// <summary>The records of a CSV file by RFC 4180; an empty line is none.</summary>
    private static IEnumerable<List<string>> Records(string text)
    {
        List<string> record = [];
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"' when quoted && i + 1 < text.Length && text[i + 1] == '"':
                    cell.Append(text[i++]);
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case ',' when !quoted:
                    record.Add(cell.ToString());
                    cell.Clear();
                    break;
                case '\r' when !quoted:
                    break;
                case '\n' when !quoted:
                    record.Add(cell.ToString());
                    cell.Clear();
                    if (record is not [""])
                    {
                        yield return record;
                    }

                    record = [];
                    break;
                default:
                    cell.Append(text[i]);
                    break;
            }
        }

        if (record.Count > 0 || cell.Length > 0)
        {
            record.Add(cell.ToString());
            yield return record;
        }
    }
}
