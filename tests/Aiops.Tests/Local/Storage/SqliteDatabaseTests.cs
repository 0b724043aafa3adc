using Aiops.Local.Storage;
using Microsoft.Data.Sqlite;

namespace Aiops.Tests.Local.Storage;

public sealed class SqliteDatabaseTests : IDisposable
{
    private static readonly SqliteSchema Notes = new("notes", "CREATE TABLE note (text TEXT NOT NULL)");
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_was_written_is_there_after_reopening()
    {
        await using (var first = await Open())
        {
            await first.EnsureSchemaAsync(Notes, default);
            await first.WriteAsync(Add("kept"), default);
        }

        await using var second = await Open();
        await second.EnsureSchemaAsync(Notes, default);
        (await Texts(second)).ShouldBe(["kept"]);
    }

    [Fact]
    public async Task A_power_cut_is_what_a_commit_survives_by_default()
    {
        await using var database = await Open();
        var synchronous = await database.WriteAsync(session => session.Scalar<long>("PRAGMA synchronous"), default);
        var mode = await database.WriteAsync(session => session.Scalar<string>("PRAGMA journal_mode"), default);
        (synchronous, mode).ShouldBe((2L, "wal")); // 2 is FULL.
    }

    [Fact]
    public async Task A_write_that_throws_takes_back_its_own_rows_and_no_others()
    {
        await using var database = await Open();
        await database.EnsureSchemaAsync(Notes, default);

        var writes = Enumerable.Range(0, 200).Select(i => database.WriteAsync(session =>
        {
            session.Execute("INSERT INTO note VALUES (?1)", $"{i:000}");
            if (i % 3 == 0)
                throw new InvalidOperationException($"write {i}");
        }, default)).ToList();

        for (var i = 0; i < writes.Count; i++)
        {
            if (i % 3 == 0)
                (await Should.ThrowAsync<InvalidOperationException>(writes[i])).Message.ShouldBe($"write {i}");
            else
                await writes[i];
        }

        (await Texts(database)).ShouldBe(Enumerable.Range(0, 200).Where(i => i % 3 != 0).Select(i => $"{i:000}"));
    }

    [Fact]
    public async Task A_write_cancelled_before_it_began_leaves_nothing()
    {
        await using var database = await Open();
        await database.EnsureSchemaAsync(Notes, default);
        await Should.ThrowAsync<OperationCanceledException>(database.WriteAsync(Add("never"), new CancellationToken(canceled: true)));
        (await Texts(database)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_read_sees_one_state_while_writes_go_on()
    {
        await using var database = await Open();
        await database.EnsureSchemaAsync(Notes, default);
        var (before, after) = await database.ReadAsync(session =>
        {
            var first = session.Scalar<long>("SELECT count(*) FROM note");
            Task.Run(() => database.WriteAsync(Add("meanwhile"), default)).Wait();
            return (first, session.Scalar<long>("SELECT count(*) FROM note"));
        }, default);
        (before, after).ShouldBe((0L, 0L));
        (await Texts(database)).ShouldBe(["meanwhile"]);
    }

    [Fact]
    public async Task Several_holders_of_one_file_write_side_by_side()
    {
        var databases = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(Open)));
        await Task.WhenAll(databases.Select(database => Task.Run(async () =>
        {
            await database.EnsureSchemaAsync(Notes, default);
            for (var i = 0; i < 50; i++)
                await database.WriteAsync(Add("x"), default);
        })));
        (await Texts(databases[0])).Count.ShouldBe(200);
        foreach (var database in databases)
            await database.DisposeAsync();
    }

    [Fact]
    public async Task A_lock_held_too_long_is_told_as_busy()
    {
        await using var other = await SqliteDatabase.OpenAsync(
            folder.File("aiops.db"), new SqliteDatabaseOptions { BusyTimeout = TimeSpan.FromMilliseconds(50) }, default);
        using (var holder = new SqliteConnection($"Data Source={other.Path};Pooling=False"))
        {
            holder.Open();
            using var locked = holder.BeginTransaction(deferred: false);
            await Should.ThrowAsync<DatabaseBusyException>(other.WriteAsync(session => session.Execute("CREATE TABLE t (a)"), default));
        }

        await other.WriteAsync(session => session.Execute("CREATE TABLE t (a)"), default); // The lock is gone, the file is fine.
    }

    [Fact]
    public async Task Migrations_run_once_each_and_in_order()
    {
        await using var database = await Open();
        await database.EnsureSchemaAsync(Notes, default);
        await database.WriteAsync(Add("old"), default);
        var grown = new SqliteSchema("notes", [.. Notes.Migrations, "ALTER TABLE note ADD COLUMN stars INTEGER DEFAULT 3"]);
        await database.EnsureSchemaAsync(grown, default);
        await database.EnsureSchemaAsync(grown, default);
        (await database.ReadAsync(session => session.Scalar<long>("SELECT stars FROM note WHERE text = 'old'"), default)).ShouldBe(3);
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_the_schema_as_it_was()
    {
        await using var database = await Open();
        await database.EnsureSchemaAsync(Notes, default);
        var broken = new SqliteSchema("notes", [.. Notes.Migrations, "CREATE TABLE half (a); CREATE TABLE note (again)"]);
        await Should.ThrowAsync<Exception>(database.EnsureSchemaAsync(broken, default));
        (await database.ReadAsync(s => s.Scalar<long>("SELECT count(*) FROM sqlite_master WHERE name = 'half'"), default)).ShouldBe(0);
        await database.EnsureSchemaAsync(Notes, default); // Still version 1.
    }

    [Fact]
    public async Task Tables_of_a_newer_version_are_refused()
    {
        await using var database = await Open();
        await database.EnsureSchemaAsync(new SqliteSchema("notes", "CREATE TABLE note (a)", "SELECT 1"), default);
        var refusal = await Should.ThrowAsync<DatabaseFileException>(database.EnsureSchemaAsync(Notes, default));
        refusal.Problem.ShouldBe(DatabaseFileProblem.NewerSchema);
        refusal.Message.ShouldContain(database.Path);
    }

    [Theory]
    [InlineData("hello, I am a text file and surely long enough to be mistaken for nothing else than a text file, twice over.")]
    [InlineData("x")]
    public async Task A_file_that_is_no_database_is_refused_with_its_path_and_left_alone(string content)
    {
        var path = folder.File("aiops.db");
        await File.WriteAllTextAsync(path, content);
        var refusal = await Should.ThrowAsync<DatabaseFileException>(Open());
        refusal.Problem.ShouldBe(DatabaseFileProblem.Corrupt);
        refusal.Message.ShouldContain(path);
        (await File.ReadAllTextAsync(path)).ShouldBe(content);
    }

    [Fact]
    public async Task A_damaged_page_is_told_with_the_path_when_it_is_met()
    {
        await using (var database = await Open())
        {
            await database.EnsureSchemaAsync(Notes, default);
            await database.WriteAsync(Add(new string('a', 50_000)), default);
        }

        using (var file = File.OpenWrite(folder.File("aiops.db")))
        {
            file.Position = 4096; // Everything but the first page.
            file.Write(Enumerable.Repeat((byte)0x5A, (int)file.Length - 4096).ToArray());
        }

        var refusal = await Should.ThrowAsync<DatabaseFileException>(async () =>
        {
            await using var database = await Open();
            await database.EnsureSchemaAsync(Notes, default);
            await Texts(database);
        });
        refusal.Problem.ShouldBe(DatabaseFileProblem.Corrupt);
    }

    [Fact]
    public async Task Another_programs_database_is_refused_and_left_alone()
    {
        await using (var database = await Open())
            await database.WriteAsync(session => session.Script("PRAGMA application_id = 7"), default);
        var before = await File.ReadAllBytesAsync(folder.File("aiops.db"));
        (await Should.ThrowAsync<DatabaseFileException>(Open())).Problem.ShouldBe(DatabaseFileProblem.Foreign);
        (await File.ReadAllBytesAsync(folder.File("aiops.db"))).ShouldBe(before);
    }

    [Fact]
    public async Task A_path_that_cannot_be_a_file_is_told_as_such()
    {
        Directory.CreateDirectory(folder.File("aiops.db"));
        (await Should.ThrowAsync<DatabaseFileException>(Open())).Problem.ShouldBe(DatabaseFileProblem.Unreachable);
        await File.WriteAllTextAsync(folder.File("file"), "");
        var below = SqliteDatabase.OpenAsync(folder.File("file/aiops.db"), SqliteDatabaseOptions.Default, default);
        (await Should.ThrowAsync<DatabaseFileException>(below)).Problem.ShouldBe(DatabaseFileProblem.Unreachable);
    }

    [Fact]
    public async Task Closing_finishes_the_writes_that_wait_and_takes_no_more()
    {
        var database = await Open();
        await database.EnsureSchemaAsync(Notes, default);
        var writes = Enumerable.Range(0, 300).Select(i => database.WriteAsync(Add($"{i}"), default)).ToList();
        await database.DisposeAsync();
        writes.ShouldAllBe(write => write.IsCompletedSuccessfully);
        await Should.ThrowAsync<ObjectDisposedException>(async () => await database.WriteAsync(Add("late"), default));
        await using var again = await Open();
        (await Texts(again)).Count.ShouldBe(300);
    }

    private Task<SqliteDatabase> Open() => SqliteDatabase.OpenAsync(folder.File("aiops.db"), SqliteDatabaseOptions.Default, default);

    private static Action<SqliteSession> Add(string text) => session => session.Execute("INSERT INTO note VALUES (?1)", text);

    private static Task<List<string>> Texts(SqliteDatabase database)
        => database.ReadAsync(session => session.Query("SELECT text FROM note ORDER BY rowid", row => row.GetString(0)), default);
}
