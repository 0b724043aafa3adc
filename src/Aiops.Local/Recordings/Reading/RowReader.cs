using System.Buffers;
using System.Text.Json;

namespace Aiops.Local.Recordings.Reading;

/// <summary>
/// Streams the records of a JSON Lines or CSV file past a sink: one pooled buffer, no garbage per record. What can't be
/// read is skipped, and counted in the notes with its line and the reason.
/// </summary>
internal sealed class RowReader(RowSchema schema, RowSink sink, FileNotes notes, RecordingLimits limits)
{
    private const int InitialBuffer = 256 * 1024;

    private readonly Cell[] cells = new Cell[schema.FieldCount];
    private int[]? columns; // CSV: the field of each column, once the header was read.
    private long line = 1;
    private bool refused; // A header that names nothing known: the rest of the file can't be read.

    public async Task ReadAsync(Stream stream, bool csv, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(InitialBuffer);
        try
        {
            var held = 0;
            var skipping = false; // Within a line that is too long, until its end.
            var atStart = true;
            while (!refused)
            {
                var read = await stream.ReadAsync(buffer.AsMemory(held), cancellationToken);
                var final = read == 0;
                held += read;
                var start = 0;
                if (atStart && (held >= 3 || final))
                {
                    start = buffer.AsSpan(0, held).StartsWith("\uFEFF"u8) ? 3 : 0;
                    atStart = false;
                }

                if (!atStart)
                {
                    start += Consume(buffer.AsSpan(start, held - start), csv, final, ref skipping);
                }

                if (final)
                {
                    return;
                }

                held -= start;
                buffer.AsSpan(start, held).CopyTo(buffer);
                if (held == buffer.Length)
                {
                    if (held >= limits.LineBytes)
                    {
                        held = Drop(buffer.AsSpan(0, held), csv, out skipping);
                    }
                    else
                    {
                        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                        buffer.AsSpan(0, held).CopyTo(larger);
                        ArrayPool<byte>.Shared.Return(buffer);
                        buffer = larger;
                    }
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Reads every whole record; answers the bytes used.</summary>
    private int Consume(ReadOnlySpan<byte> bytes, bool csv, bool final, ref bool skipping)
    {
        var used = 0;
        while (used < bytes.Length && !refused)
        {
            var rest = bytes[used..];
            var end = rest.IndexOf((byte)'\n');
            if (skipping)
            {
                used += end < 0 ? rest.Length : end + 1;
                line += end < 0 ? 0 : 1;
                skipping = end < 0;
                continue;
            }

            int length;
            if (csv)
            {
                length = CsvRecord(rest, final);
            }
            else if (end < 0 && !final)
            {
                length = -1;
            }
            else
            {
                length = end < 0 ? rest.Length : end + 1;
                JsonLine(rest[..(end < 0 ? rest.Length : end)]);
            }

            if (length < 0)
            {
                break;
            }

            used += length;
        }

        return used;
    }

    /// <summary>A record longer than allowed: its first line is given up, the rest of the buffer kept where there is any.</summary>
    private int Drop(Span<byte> bytes, bool csv, out bool skipping)
    {
        notes.Bad(line, $"longer than {limits.LineBytes:N0} bytes");
        var end = csv ? bytes.IndexOf((byte)'\n') : -1;
        skipping = end < 0;
        if (end < 0)
        {
            return 0;
        }

        line++;
        bytes[(end + 1)..].CopyTo(bytes);
        return bytes.Length - end - 1;
    }

    private void JsonLine(ReadOnlySpan<byte> text)
    {
        var number = line++;
        text = text.TrimEnd((byte)'\r');
        if (text.Trim(" \t"u8).IsEmpty)
        {
            return;
        }

        Array.Clear(cells);
        try
        {
            if (!JsonCells.Read(text, schema, cells))
            {
                notes.Bad(number, "not a JSON object");
                return;
            }

            Accept(new Row(text, cells), number);
        }
        catch (JsonException)
        {
            notes.Bad(number, "not JSON");
        }
        catch (InvalidOperationException) // What Utf8JsonReader throws for escapes that aren't text, such as half a surrogate.
        {
            notes.Bad(number, "its text isn't Unicode");
        }
    }

    /// <summary>Reads one CSV record (RFC 4180); answers its bytes with the line end, or -1 when more bytes are needed.</summary>
    private int CsvRecord(ReadOnlySpan<byte> bytes, bool final)
    {
        Array.Clear(cells);
        Span<Cell> header = stackalloc Cell[256]; // No part has more columns than that.
        var column = 0;
        var lines = 1;
        var at = 0;
        while (true)
        {
            var cell = CsvCells.Next(bytes, ref at, ref lines);
            if (at < 0 || (at == bytes.Length && !final))
            {
                if (!final)
                {
                    return -1;
                }

                var end = bytes.IndexOf((byte)'\n'); // A quote that never closes costs its own line, not the rest of the file.
                notes.Bad(line++, "a quote that never closes");
                return end < 0 ? bytes.Length : end + 1;
            }

            if (columns is null)
            {
                if (column < header.Length)
                {
                    header[column] = cell;
                }
            }
            else if (column < columns.Length && columns[column] >= 0)
            {
                cells[columns[column]] = cell;
            }

            column++;
            if (at == bytes.Length || bytes[at] != ',')
            {
                break;
            }

            at++;
        }

        var length = at < bytes.Length && bytes[at] == '\n' ? at + 1 : at;
        Finish(bytes[..at], header[..Math.Min(column, header.Length)], column);
        line += lines;
        return length;
    }

    private void Finish(ReadOnlySpan<byte> record, ReadOnlySpan<Cell> header, int count)
    {
        if (record.Trim(" \t\r"u8).IsEmpty)
        {
            return;
        }

        if (columns is null)
        {
            columns = new int[header.Length];
            for (var i = 0; i < header.Length; i++)
            {
                columns[i] = schema.Find(record.Slice(header[i].Start, header[i].Length).Trim((byte)' '));
            }

            refused = columns.All(field => field < 0);
            if (refused)
            {
                notes.Add($"its first line names none of the columns {string.Join(", ", schema.Names)}: the file was not read");
            }
        }
        else if (count != columns.Length)
        {
            notes.Bad(line, $"{count} cells where the header has {columns.Length}");
        }
        else
        {
            Accept(new Row(record, cells), line);
        }
    }

    private void Accept(in Row row, long number)
    {
        if (sink(row) is { } reason)
        {
            notes.Bad(number, reason);
        }
        else
        {
            notes.Lines++;
        }
    }
}
