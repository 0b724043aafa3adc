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
    private readonly ConcurrentBag<DuckDbConnection> idle = [];
    private readonly SemaphoreSlim turns;
    private readonly ConcurrentDictionary<(string, string), IReadOnlyList<string>> enumerated = [];
    private readonly TimeProvider time;

    private QuestionData(DuckDbDatabase database, DataOptions options, IReadOnlyList<DataTable> tables, TimeProvider time)
    {
        (this.database, Limits, TimeZone, Tables, this.time) = (database, options.Limits, options.TimeZone, tables, time);
        turns = new SemaphoreSlim(options.Limits.AtOnce);
    }

    public AskLimits Limits { get; }

    public TimeZoneInfo TimeZone { get; }

    public IReadOnlyList<DataTable> Tables { get; }

    /// <summary>Every service that the data names, in ordinal order.</summary>
    public IReadOnlyList<string> Services => Extent.Services;

    internal DataExtent Extent { get; private init; } = new(null, null, []);

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

    /// <summary>Works on a connection, alone there, for <see cref="AskLimits.Time"/> at most.</summary>
    /// <exception cref="DuckDbException">It failed; <see cref="DuckDbException.IsInterrupted"/> when its time was up.</exception>
    internal async Task<T> UseAsync<T>(Func<DuckDbConnection, T> work, CancellationToken cancellationToken)
    {
        await turns.WaitAsync(cancellationToken);
        try
        {
            var connection = idle.TryTake(out var free) ? free : throw new InvalidOperationException("There are as many connections as turns.");
            try
            {
                using var timeout = new CancellationTokenSource(Limits.Time, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
                using var stop = new Interruption(connection, time, either.Token);
                return await Task.Run(() => work(connection), CancellationToken.None);
            }
            catch (DuckDbException e) when (e.IsInterrupted)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw;
            }
            finally
            {
                idle.Add(connection);
            }
        }
        finally
        {
            turns.Release();
        }
    }

    public void Dispose()
    {
        foreach (var connection in idle)
        {
            connection.Dispose();
        }

        turns.Dispose();
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
            idle.Add(worker);
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

    /// <summary>Stops what runs on a connection once a token is cancelled: again and again, for an interrupt between two statements is lost.</summary>
    private sealed class Interruption : IDisposable
    {
        private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(50);
        private readonly ITimer timer;
        private readonly CancellationTokenRegistration registration;

        public Interruption(DuckDbConnection connection, TimeProvider time, CancellationToken token)
        {
            timer = time.CreateTimer(_ => connection.Interrupt(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            registration = token.Register(() => timer.Change(TimeSpan.Zero, Again));
        }

        public void Dispose()
        {
            registration.Dispose();
            timer.Dispose();
        }
    }
}

/// <summary>A table with rows behind it.</summary>
/// <param name="Rows">How many.</param>
public sealed record DataTable(CatalogueTable Table, long Rows);
