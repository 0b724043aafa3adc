namespace Aiops.Ask.DuckDb;

/// <summary>DuckDB's types by their numbers in duckdb.h, as far as they are told apart; every other one is read as text.</summary>
internal enum DuckDbType
{
    Invalid = 0,
    Boolean = 1,
    TinyInt = 2,
    SmallInt = 3,
    Integer = 4,
    BigInt = 5,
    UTinyInt = 6,
    USmallInt = 7,
    UInteger = 8,
    UBigInt = 9,
    Float = 10,
    Double = 11,
    Timestamp = 12,
    Date = 13,
    HugeInt = 16,
    Varchar = 17,
    Decimal = 19,
    TimestampS = 20,
    TimestampMs = 21,
    TimestampNs = 22,
    TimestampTz = 31,
    UHugeInt = 32,
    SqlNull = 36,
}

/// <summary>What is read of a column, for the reader knows six kinds.</summary>
internal static class DuckDbTypes
{
    public static bool IsRead(DuckDbType type)
        => type is DuckDbType.Boolean or DuckDbType.BigInt or DuckDbType.Double or DuckDbType.Timestamp or DuckDbType.Date or DuckDbType.Varchar;

    /// <summary>The SQL type that it is cast to.</summary>
    public static string ReadAs(DuckDbType type) => type switch
    {
        DuckDbType.TinyInt or DuckDbType.SmallInt or DuckDbType.Integer or DuckDbType.BigInt or DuckDbType.UTinyInt or DuckDbType.USmallInt
            or DuckDbType.UInteger or DuckDbType.UBigInt or DuckDbType.HugeInt or DuckDbType.UHugeInt => "BIGINT",
        DuckDbType.Float or DuckDbType.Double or DuckDbType.Decimal => "DOUBLE",
        DuckDbType.Timestamp or DuckDbType.TimestampS or DuckDbType.TimestampMs or DuckDbType.TimestampNs or DuckDbType.TimestampTz => "TIMESTAMP",
        DuckDbType.Boolean => "BOOLEAN",
        DuckDbType.Date => "DATE",
        _ => "VARCHAR",
    };
}
