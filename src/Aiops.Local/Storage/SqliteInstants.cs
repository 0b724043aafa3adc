using Microsoft.Data.Sqlite;

namespace Aiops.Local.Storage;

/// <summary>Instants as INTEGER columns: UTC, milliseconds since 1970, so that they index, compare and subtract.</summary>
public static class SqliteInstants
{
    public static long ToColumn(this DateTimeOffset instant) => instant.ToUnixTimeMilliseconds();

    public static DateTimeOffset GetInstant(this SqliteDataReader reader, int ordinal)
        => DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(ordinal));
}
