using System.Text;

namespace Aiops.Ask.DuckDb;

/// <summary>A prepared statement and what it would answer.</summary>
internal sealed class DuckDbStatement(PreparedHandle handle) : IDisposable
{
    private const int Select = 1; // DUCKDB_STATEMENT_TYPE_SELECT

    public bool IsSelect => DuckDbNative.StatementType(handle) == Select;

    public IReadOnlyList<DuckDbColumn> Columns { get; } = ReadColumns(handle);

    public unsafe void Bind(int index, string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        fixed (byte* first = utf8)
        {
            if (DuckDbNative.BindText(handle, (ulong)index, first, (ulong)utf8.Length) != 0)
            {
                throw new DuckDbException($"Parameter {index} can't be bound.");
            }
        }
    }

    /// <param name="most">Rows read; the rest isn't.</param>
    /// <param name="mostBytes">Of what is read, by an estimate from above.</param>
    /// <exception cref="DuckDbException">It failed, or was stopped.</exception>
    /// <exception cref="AnswerTooLargeException">There is more than <paramref name="mostBytes"/>.</exception>
    public DuckDbRows Run(int most, long mostBytes = long.MaxValue)
    {
        var failed = DuckDbNative.ExecutePrepared(handle, out var result) != 0;
        try
        {
            return failed ? throw new DuckDbException(DuckDbNative.TextOf(DuckDbNative.ResultError(ref result))) : new DuckDbRows(Columns, DuckDbChunks.Read(result, Columns, most, mostBytes));
        }
        finally
        {
            DuckDbNative.DestroyResult(ref result);
        }
    }

    public void Dispose() => handle.Dispose();

    private static DuckDbColumn[] ReadColumns(PreparedHandle handle)
    {
        var columns = new DuckDbColumn[DuckDbNative.ColumnCount(handle)];
        for (var i = 0UL; i < (ulong)columns.Length; i++)
        {
            var name = DuckDbNative.ColumnName(handle, i);
            columns[i] = new DuckDbColumn(DuckDbNative.TextOf(name), (DuckDbType)DuckDbNative.ColumnType(handle, i));
            DuckDbNative.Free(name);
        }

        return columns;
    }
}

internal sealed record DuckDbColumn(string Name, DuckDbType Type);

/// <summary>Rows of null, bool, long, double, <see cref="DateTime"/>, <see cref="DateOnly"/> and text.</summary>
internal sealed record DuckDbRows(IReadOnlyList<DuckDbColumn> Columns, IReadOnlyList<object?[]> Rows);

/// <summary>The rows of an answer hold more than may be read.</summary>
internal sealed class AnswerTooLargeException : Exception;
