using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;

namespace Aiops.Local.Import;

/// <summary>The records of a CSV file, .gz or plain, as cells: for tables whose columns are data.</summary>
internal static class CsvLines
{
    public static async IAsyncEnumerable<List<string>> ReadAsync(
        string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        await using Stream stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            while (line.Count(c => c == '"') % 2 == 1 && await reader.ReadLineAsync(cancellationToken) is { } more)
            {
                line += "\n" + more;
            }

            if (line.Length > 0)
            {
                yield return Cells(line);
            }
        }
    }

    private static List<string> Cells(string line)
    {
        List<string> cells = [];
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                cell.Append('"');
                i++;
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(c);
            }
        }

        cells.Add(cell.ToString());
        return cells;
    }
}
