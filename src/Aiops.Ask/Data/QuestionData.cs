using System.Collections.Concurrent;
using System.Globalization;
using Aiops.Ask.Catalogue;
using Aiops.Ask.DuckDb;
using Aiops.Pipeline.Masking;

namespace Aiops.Ask.Data;

/// <summary>
/// The data that questions are asked of, loaded and locked: from then on no file but the attached ones can be read, nothing can
/// be loaded, and no setting changes, whatever statement came through the checks. Questions may be asked side by side.
/// </summary>
public sealed class QuestionData : IDisposable
{
    private const int MostEnumerated = 40;

    private readonly DuckDbDatabase database;
    private readonly ConnectionPool connections;
    private readonly ConcurrentDictionary<(string, string), IReadOnlyList<string>> enumerated = [];
    private readonly ConcurrentDictionary<(string, string), long> longest = [];

    private QuestionData(DuckDbDatabase database, DataOptions options, IReadOnlyList<DataTable> tables, TimeProvider time)
    {
        (this.database, Limits, TimeZone, Tables) = (database, options.Limits, options.TimeZone, tables);
        connections = new ConnectionPool(options.Limits, options.Statements, time);
    }

    public AskLimits Limits { get; }

    public TimeZoneInfo TimeZone { get; }

    public IReadOnlyList<DataTable> Tables { get; }

    /// <summary>Every service that the data names, in ordinal order.</summary>
    public IReadOnlyList<string> Services => Extent.Services;

    internal DataExtent Extent { get; private init; } = new(null, null, [], new Dictionary<string, (DateTime, DateTime)>());

    /// <exception cref="DuckDbMissingException">DuckDB's library isn't here.</exception>
    /// <exception cref="AttachException">A file can't be attached.</exception>
    public static async Task<QuestionData> OpenAsync(KnowledgeLibrary knowledge, DataOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var opened = new DuckDbDatabase();
        try
        {
            using var connection = opened.Connect();
            var loading = new DataLoading(connection, knowledge.Tables);
            foreach (var feed in options.Feeds)
            {
                await feed.FeedAsync(loading, cancellationToken);
            }

            return await Task.Run(
                () =>
                {
                    try
                    {
                        loading.Attach(options.Files);
                        LockFiles(connection, loading.AllowedPaths);
                        var tables = loading.Finish(options.TimeZone);
                        return new QuestionData(opened, options, tables, time) { Extent = DataExtent.Of(connection, tables) }.Locked(connection);
                    }
                    catch (DuckDbException e) when (options.Files.Count > 0)
                    {
                        throw new AttachException(
                            $"What is in {string.Join(", ", options.Files.Select(file => file.Path))} can't be read as a table: {FileAttachment.FirstLine(e.Message)}");
                    }
                },
                cancellationToken);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    public DataTable? Find(string table) => Tables.FirstOrDefault(one => one.Table.Name.Equals(table, StringComparison.OrdinalIgnoreCase));

    /// <summary>The values of a column, masked, where they are few; empty where they are many.</summary>
    internal IReadOnlyList<string> ValuesOf(DuckDbConnection connection, string table, string column) => enumerated.GetOrAdd((table, column), _ =>
    {
        var name = SqlText.Name(column);
        var rows = connection.Query($"SELECT DISTINCT {name} FROM {table} WHERE {name} IS NOT NULL LIMIT {MostEnumerated + 1}").Rows;
        return rows.Count > MostEnumerated ? [] : [.. rows.Select(row => SecretMask.Mask(Convert.ToString(row[0], CultureInfo.InvariantCulture)!)).Order(StringComparer.Ordinal)];
    });

    /// <summary>Bytes of a column's longest text, looked up once.</summary>
    internal long LongestOf(DuckDbConnection connection, string table, string column) => longest.GetOrAdd((table, column), _ =>
        long.Parse(connection.Text($"SELECT coalesce(max(strlen({SqlText.Name(column)})), 0)::BIGINT FROM {table}")!, CultureInfo.InvariantCulture));

    /// <summary>Works on a connection, alone there, for <see cref="AskLimits.Time"/> at most.</summary>
    /// <exception cref="DuckDbException">It failed; <see cref="DuckDbException.IsStopped"/> when it took more than it may.</exception>
    internal Task<T> UseAsync<T>(Func<DuckDbConnection, T> work, CancellationToken cancellationToken) => connections.UseAsync(work, cancellationToken);

    public void Dispose()
    {
        connections.Dispose();
        database.Dispose();
    }

    // Before anything that was read out of a file, its columns' names too, becomes part of a statement.
    private static void LockFiles(DuckDbConnection connection, IReadOnlyList<string> allowedPaths) => Set(
        connection,
        "SET temp_directory = ''",
        "SET max_temp_directory_size = '0B'",
        "SET autoinstall_known_extensions = false",
        "SET autoload_known_extensions = false",
        "SET allow_community_extensions = false",
        $"SET allowed_paths = [{string.Join(", ", allowedPaths.Select(SqlText.Literal))}]",
        "SET enable_external_access = false");

    private QuestionData Locked(DuckDbConnection connection)
    {
        for (var i = 0; i < Limits.AtOnce; i++)
        {
            var worker = database.Connect();
            worker.Execute("PRAGMA enable_profiling = 'no_output'");
            worker.Execute("""SET custom_profiling_settings = '{"CUMULATIVE_ROWS_SCANNED": "true"}'""");
            connections.Add(worker);
        }

        var taken = long.Parse(connection.Text("SELECT coalesce(sum(memory_usage_bytes), 0)::BIGINT FROM duckdb_memory()")!, CultureInfo.InvariantCulture);
        Set(connection, $"SET memory_limit = '{(taken + Limits.WorkMemory) / 1024}KiB'", $"SET threads = {Limits.Threads}", "SET lock_configuration = true");
        return this;
    }

    private static void Set(DuckDbConnection connection, params ReadOnlySpan<string> settings)
    {
        foreach (var setting in settings)
        {
            connection.Execute(setting);
        }
    }
}

/// <summary>A table with rows behind it.</summary>
/// <param name="Rows">How many.</param>
public sealed record DataTable(CatalogueTable Table, long Rows);
