using System.Text;

namespace Aiops.Ask.DuckDb;

/// <summary>Copies the rows of a result out of DuckDB's vectors.</summary>
internal static unsafe class DuckDbChunks
{
    private const int Cell = 32; // A reference, and a value in a box of its own.
    private static readonly DateOnly Epoch = new(1970, 1, 1);

    public static List<object?[]> Read(DuckDbNative.Result result, IReadOnlyList<DuckDbColumn> columns, int most, long mostBytes)
    {
        List<object?[]> rows = [];
        var bytes = 0L;
        while (rows.Count < most && DuckDbNative.FetchChunk(result) is not 0 and var chunk)
        {
            try
            {
                var count = Math.Min((int)DuckDbNative.ChunkSize(chunk), most - rows.Count);
                var first = rows.Count;
                for (var i = 0; i < count; i++)
                {
                    rows.Add(new object?[columns.Count]);
                }

                bytes += count * (long)columns.Count * Cell;
                for (var c = 0; c < columns.Count; c++)
                {
                    bytes += columns[c].Type == DuckDbType.Varchar ? TextBytes(DuckDbNative.ChunkVector(chunk, (ulong)c), count) : 0;
                    if (bytes > mostBytes)
                    {
                        throw new AnswerTooLargeException();
                    }

                    ReadColumn(DuckDbNative.ChunkVector(chunk, (ulong)c), columns[c].Type, c, rows, first);
                }
            }
            finally
            {
                DuckDbNative.DestroyChunk(ref chunk);
            }
        }

        return rows;
    }

    private static void ReadColumn(nint vector, DuckDbType type, int column, List<object?[]> rows, int first)
    {
        var data = DuckDbNative.VectorData(vector);
        var validity = DuckDbNative.VectorValidity(vector);
        for (var i = 0; i < rows.Count - first; i++)
        {
            if (validity is null || (validity[i / 64] >> (i % 64) & 1) == 1)
            {
                rows[first + i][column] = Value(data, type, i);
            }
        }
    }

    private static long TextBytes(nint vector, int count)
    {
        var texts = (DuckDbNative.Text*)DuckDbNative.VectorData(vector);
        var validity = DuckDbNative.VectorValidity(vector);
        var bytes = 0L;
        for (var i = 0; i < count; i++)
        {
            bytes += validity is null || (validity[i / 64] >> (i % 64) & 1) == 1 ? 2L * texts[i].Length : 0; // As UTF-16.
        }

        return bytes;
    }

    private static object? Value(nint data, DuckDbType type, int i) => type switch
    {
        DuckDbType.Boolean => ((byte*)data)[i] != 0,
        DuckDbType.Integer => (long)((int*)data)[i],
        DuckDbType.BigInt => ((long*)data)[i],
        DuckDbType.Double => ((double*)data)[i],
        DuckDbType.Timestamp => TimeOf(((long*)data)[i]),
        DuckDbType.Date => DayOf(((int*)data)[i]),
        DuckDbType.Varchar => TextOf((DuckDbNative.Text*)data + i),
        DuckDbType.SqlNull => null,
        _ => throw new NotSupportedException($"A column of DuckDB's type {type} is cast before it is read."),
    };

    private static string TextOf(DuckDbNative.Text* text)
        => Encoding.UTF8.GetString(text->Length <= 12 ? &text->Inlined : text->Pointer, (int)text->Length);

    // DuckDB's calendar is wider than ours, and has an infinity: null says that we can't.
    private static DateTime? TimeOf(long microseconds)
        => microseconds is >= -62_135_596_800_000_000 and < 253_402_300_800_000_000 ? DateTime.UnixEpoch.AddTicks(microseconds * 10) : null;

    private static DateOnly? DayOf(int days) => days is >= -719_162 and < 2_932_897 ? Epoch.AddDays(days) : null;
}
