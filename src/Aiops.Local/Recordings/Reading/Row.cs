using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Aiops.Local.Recordings.Reading;

/// <summary>Takes one record; answers null, or why it can't be used.</summary>
internal delegate string? RowSink(scoped in Row row);

/// <summary>
/// One record of a CSV or JSON Lines file on its way past: the cells that a <see cref="RowSchema"/> asks for, decoded only
/// when asked. Valid only while the sink runs.
/// </summary>
internal readonly ref struct Row(ReadOnlySpan<byte> record, ReadOnlySpan<Cell> cells)
{
    private readonly ReadOnlySpan<byte> record = record;
    private readonly ReadOnlySpan<Cell> cells = cells;

    public bool Has(int field) => cells[field].Form != CellForm.Absent;

    /// <summary>The value's own bytes: verbatim JSON for arrays and objects.</summary>
    public ReadOnlySpan<byte> Raw(int field) => record.Slice(cells[field].Start, cells[field].Length);

    public bool IsJson(int field) => cells[field].Form == CellForm.Json;

    /// <summary>The text, decoded into the buffer; valid until the buffer's next use. Bytes that aren't UTF-8 become U+FFFD.</summary>
    public ReadOnlySpan<char> Text(int field, TextBuffer buffer)
    {
        var cell = cells[field];
        var raw = record.Slice(cell.Start, cell.Length);
        var chars = buffer.Sized(raw.Length); // UTF-8 and escapes never decode to more characters than they have bytes.
        switch (cell.Form)
        {
            case CellForm.Absent:
                return [];
            case CellForm.EscapedText:
                var reader = new Utf8JsonReader(record.Slice(cell.Start - 1, cell.Length + 2)); // With its quotes.
                reader.Read();
                return chars[..reader.CopyString(chars)];
            case CellForm.DoubledText:
                return chars[..Undouble(chars[..Encoding.UTF8.GetChars(raw, chars)])];
            default:
                return chars[..Encoding.UTF8.GetChars(raw, chars)];
        }
    }

    public string String(int field, TextBuffer buffer, StringPool pool) => Has(field) ? pool.Intern(Text(field, buffer)) : "";

    public bool TryTime(int field, out Stamp stamp)
    {
        stamp = default;
        return cells[field].Form is CellForm.Text or CellForm.Number && Stamp.TryParse(Raw(field), out stamp);
    }

    public bool TryDouble(int field, out double value)
    {
        var raw = Raw(field);
        value = double.NaN;
        return raw.Length > 0 && Utf8Parser.TryParse(raw, out value, out var used) && used == raw.Length;
    }

    public bool IsTrue(int field) => Raw(field) is [(byte)'t' or (byte)'T', ..] or [(byte)'1'];

    private static int Undouble(Span<char> text)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            text[length++] = text[i];
            if (text[i] == '"' && i + 1 < text.Length && text[i + 1] == '"')
            {
                i++;
            }
        }

        return length;
    }
}

/// <summary>Room for one decoded text, used again for the next.</summary>
internal sealed class TextBuffer
{
    private char[] chars = new char[1024];

    public Span<char> Sized(int length)
    {
        if (chars.Length < length)
        {
            chars = new char[Math.Max(length, chars.Length * 2)];
        }

        return chars;
    }
}
