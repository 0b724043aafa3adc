namespace Aiops.Local.Recordings.Reading;

/// <summary>Cuts CSV into cells as RFC 4180 has it, quoted line breaks and doubled quotes included.</summary>
internal static class CsvCells
{
    /// <summary>One cell; <paramref name="at"/> moves behind it, to -1 when its quote doesn't close.</summary>
    public static Cell Next(ReadOnlySpan<byte> bytes, ref int at, ref int lines)
    {
        var start = at;
        if (at < bytes.Length && bytes[at] == '"')
        {
            var form = CellForm.Text;
            for (at++; at < bytes.Length; at++)
            {
                var next = bytes[at..].IndexOfAny((byte)'"', (byte)'\n');
                if (next < 0)
                {
                    break;
                }

                at += next;
                if (bytes[at] == '\n')
                {
                    lines++;
                }
                else if (at + 1 < bytes.Length && bytes[at + 1] == '"')
                {
                    form = CellForm.DoubledText;
                    at++;
                }
                else
                {
                    var inner = new Cell(start + 1, at - start - 1, at == start + 1 ? CellForm.Absent : form);
                    var stop = bytes[at..].IndexOfAny((byte)',', (byte)'\n');
                    at = stop < 0 ? bytes.Length : at + stop;
                    return inner;
                }
            }

            at = -1;
            return default;
        }

        var end = bytes[at..].IndexOfAny((byte)',', (byte)'\n');
        at = end < 0 ? bytes.Length : at + end;
        var length = at - start;
        if (length > 0 && bytes[at - 1] == '\r' && (at == bytes.Length || bytes[at] == '\n'))
        {
            length--;
        }

        return new Cell(start, length, length == 0 ? CellForm.Absent : CellForm.Text);
    }
}
