using System.Text.Json;
using Aiops.Ask.Catalogue;
using Aiops.Ask.Data;
using Aiops.Ask.Questions;
using Aiops.Ask.Sql;
using Aiops.Ask.Tests.Shop;
using Aiops.PortTests.Running;

namespace Aiops.Ask.Tests.Sql;

/// <summary>What DuckDB can't stop once it has begun never begins; what it doesn't count is counted; what doesn't end is left behind.</summary>
[NeedsDuckDb]
[Collection("shop")]
public sealed class UnstoppableStatementTests(ShopFixture fixture)
{
    [PortTheory]
    [InlineData("body LIKE '%a%b%c%d%e%f%'")]
    [InlineData("body NOT LIKE '%a_c%'")]
    [InlineData("body ILIKE '%time%'")]
    [InlineData("body ILIKE 'a%z%'")]
    [InlineData("body LIKE '%a!%%' ESCAPE '!'")]
    [InlineData("body LIKE '%a!%%b' ESCAPE '!'", false)]
    [InlineData("body LIKE '%a_%b%'", false)]
    [InlineData("body NOT LIKE '%_%e'", false)]
    [InlineData("body ILIKE '%time%out%'", false)]
    [InlineData("body NOT ILIKE '%a%a%a%b'", false)]
    [InlineData("body LIKE '%a_%a_%b' ESCAPE 'x'", false)]
    [InlineData("body LIKE service", false)]
    [InlineData("'a' LIKE concat('%', body)", false)]
    [InlineData("regexp_matches(body, '(a*)*b')")]
    [InlineData("regexp_matches(body, service)", false)]
    [InlineData("regexp_extract(body, '((a{1,9}){1,9}){1,9}' || service) = ''", false)]
    [InlineData("body SIMILAR TO service", false)]
    public async Task A_pattern_that_could_try_without_end_is_refused(string condition, bool runs = true)
    {
        var answer = await AskAsync(fixture.Data, $"SELECT count(*) FROM logs WHERE {condition}");
        (runs ? typeof(Answer.Answered) : typeof(Answer.Refused)).ShouldBe(answer.GetType());
    }

    [PortTheory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public async Task A_pattern_that_is_tried_at_every_place_has_a_hundred_letters(int letters, bool runs)
        => (await AskAsync(fixture.Data, $"SELECT count(*) FROM logs WHERE body ILIKE '%{new string('a', letters - 2)}%'") is Answer.Answered).ShouldBe(runs);

    [PortTheory]
    [InlineData(11, true)]
    [InlineData(12, false)]
    [InlineData(29, false)]
    public async Task Names_that_double_with_each_step_are_counted_before_they_are_written_out(int steps, bool runs)
    {
        var doubling = string.Concat(Enumerable.Range(1, steps).Select(i => $", a{i - 1} + 1 AS b{i}, greatest(a{i - 1}, 0) AS a{i}"));
        (await AskAsync(fixture.Data, $"SELECT 0 AS a0{doubling}")).ShouldBeOfType<Answer.Answered>(); // One use each doubles nothing.
        var answer = await AskAsync(fixture.Data, $"SELECT duration_ms AS a0{string.Concat(Enumerable.Range(1, steps).Select(i => $", a{i - 1} - a{i - 1} AS a{i}"))} FROM spans LIMIT 1");
        (answer is Answer.Answered).ShouldBe(runs);
    }

    [PortTheory]
    [InlineData("SELECT mode(service) FROM logs", true)]
    [InlineData("SELECT mode(service) OVER (ORDER BY time) FROM logs", false)]
    [InlineData("SELECT approx_quantile(duration_ms, 0.5) OVER (ORDER BY time) FROM spans", false)]
    [InlineData("SELECT quantile_cont(duration_ms, 0.5) OVER (ORDER BY time ROWS 10 PRECEDING) FROM spans", true)]
    [InlineData("SELECT sum(DISTINCT duration_ms) OVER (ORDER BY time ROWS 10 PRECEDING EXCLUDE TIES) FROM spans", false)]
    [InlineData("SELECT count(*) FROM logs USING SAMPLE 90%", false)]
    [InlineData("SELECT count(*) FROM logs TABLESAMPLE 90%", false)]
    public async Task What_counts_anew_for_each_row_and_what_draws_lots_is_refused(string sql, bool runs)
        => (await AskAsync(fixture.Data, sql) is Answer.Answered).ShouldBe(runs);

    [PortTheory]
    [InlineData(50, true)]
    [InlineData(51, false)]
    public async Task A_statement_reads_fifty_tables_with_those_read_again(int tables, bool runs)
        => (await AskAsync(fixture.Data, string.Join(" UNION ALL ", Enumerable.Repeat("SELECT 1 AS n FROM calls", tables))) is Answer.Answered).ShouldBe(runs);

    [PortTheory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public void Windows_are_as_many_as_fit_into_memory_with_their_rows(int windows, bool runs)
    {
        var names = string.Join(", ", Enumerable.Repeat("\"max(a) OVER (ORDER BY b)\"", windows));
        var scan = """{"name": "SEQ_SCAN", "children": [], "extra_info": {"Estimated Cardinality": "1000"}}""";
        var plan = $$"""[{"name": "WINDOW", "children": [{{scan}}], "extra_info": {"Projections": [{{names}}] } }]""";
        var check = () => PlanCheck.Check(plan, new AskLimits { WorkMemory = 4 * 32 * 1_000 });
        if (runs)
        {
            check.ShouldNotThrow();
        }
        else
        {
            check.ShouldThrow<StatementException>().Message.ShouldContain("5 windows over about 1,000 rows");
        }
    }

    [PortTheory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public async Task An_answer_has_a_hundred_columns(int columns, bool runs)
        => (await AskAsync(fixture.Data, $"SELECT {string.Join(", ", Enumerable.Range(0, columns))}") is Answer.Answered).ShouldBe(runs);

    [PortFact]
    public async Task A_longer_text_is_cut_in_the_answer()
    {
        using var data = await fixture.OpenAsync(new AskLimits { CellLength = 10 });
        (await AskAsync(data, "SELECT '0123456789', '0123456789x', '가나다라마바사아자차카'")).ShouldBeOfType<Answer.Answered>().Rows[0]
            .ShouldBe(["0123456789", "0123456789…", "가나다라마바사아자차…"]);
    }

    [PortTheory]
    [InlineData(3 * (32 + 16), true)]
    [InlineData((3 * (32 + 16)) - 1, false)]
    public async Task An_answer_takes_as_much_memory_as_it_may(long most, bool runs)
    {
        using var data = await fixture.OpenAsync(new AskLimits { AnswerMemory = most });
        (await AskAsync(data, "SELECT '12345678' FROM range(3)") is Answer.Answered).ShouldBe(runs);
    }

    [PortFact]
    public async Task What_aggregates_keep_beside_what_DuckDB_counts_is_counted()
    {
        // A digest of a kilobyte and more for each group, of which DuckDB counts a pointer.
        const string Digests = "SELECT sum(a + b + c + d) FROM (SELECT range, approx_quantile(range, 0.1) a, approx_quantile(range + 1, 0.2) b, approx_quantile(range + 2, 0.3) c, "
            + "approx_quantile(range + 3, 0.4) d FROM range(100000) GROUP BY range)";
        using var data = await fixture.OpenAsync(new AskLimits { WorkMemory = 96 << 20, Time = TimeSpan.FromMinutes(2) });
        (await AskAsync(data, Digests)).ShouldBeOfType<Answer.Refused>().Reason.ShouldContain("96 MB of memory");
        (await AskAsync(data, "SELECT count(*) FROM logs")).ShouldBeOfType<Answer.Answered>();
        using var large = await fixture.OpenAsync(new AskLimits { WorkMemory = 4L << 30, Time = TimeSpan.FromMinutes(2) });
        (await AskAsync(large, Digests)).ShouldBeOfType<Answer.Answered>();
    }

    [PortTheory]
    [InlineData(6_144, true)]
    [InlineData(6_145, false)]
    public async Task Texts_of_one_step_fit_into_memory_by_the_longest_there_is(int longest, bool runs)
    {
        using var data = await NotesAsync("body", longest, new AskLimits { WorkMemory = 2L * 6_144 * 2_048, Threads = 1 });
        foreach (var sql in (string[])["SELECT max(length(body || body)) FROM notes", "SELECT body || body AS b FROM (SELECT * FROM notes)"])
        {
            var answer = await AskAsync(data, sql);
            (answer is Answer.Answered).ShouldBe(runs, sql);
            ((answer as Answer.Refused)?.Reason ?? $"{longest:N0} bytes").ShouldContain($"{longest:N0} bytes");
        }

        (await AskAsync(data, "SELECT max(length(left(body, 500) || left(body, 500))) FROM notes")).ShouldBeOfType<Answer.Answered>().Rows[0][0].ShouldBe(1_000L);
        (await AskAsync(data, "SELECT body FROM notes ORDER BY n")).ShouldBeOfType<Answer.Answered>();
    }

    [PortTheory]
    [InlineData("SELECT max(length(#1 || #1)) FROM notes", "by their place")]
    [InlineData("SELECT max(length(#2)) FROM notes ORDER BY #1", "by their place")]
    [InlineData("SELECT max(length(d || d)) FROM notes AS q(c, d)", "aren't renamed in FROM")]
    [InlineData("SELECT length(concat(x, x, x)) FROM notes x", "x names a table")]
    [InlineData("SELECT length(concat(notes, notes)) FROM notes", "notes names a table")]
    [InlineData("SELECT length(concat(main.notes, 'a')) FROM notes", "names a table")]
    [InlineData("SELECT length(concat(main.x, 'a')) FROM notes main, notes x", "x names a table")]
    [InlineData("SELECT (SELECT length(concat(X, 'a'))) FROM notes x", "X names a table")]
    [InlineData("SELECT length(concat(unnamed_subquery, 'a')) FROM (SELECT * FROM notes)", "names a table")]
    [InlineData("SELECT length(concat(s, 'a')) FROM (SELECT * FROM notes) AS s", "s names a table")]
    [InlineData("WITH w AS (SELECT * FROM notes) SELECT n FROM w ORDER BY length(concat(w, 'a'))", "w names a table")]
    [InlineData("SELECT a.n FROM notes a JOIN notes b ON length(concat(a, b)) > 3", "a names a table")]
    [InlineData("SELECT count(*) AS x FROM notes x ORDER BY length(concat(x, 'a'))", "x names a table")]
    [InlineData("SELECT count(*) AS notes FROM notes ORDER BY notes DESC", null)]
    [InlineData("SELECT sum(n) FROM (SELECT count(*) AS n FROM notes) AS n", null)]
    [InlineData("WITH n AS (SELECT n FROM notes) SELECT sum(n) FROM n", null)]
    [InlineData("SELECT sum(x.n) FROM notes x JOIN notes n ON x.n = n.n", null)]
    [InlineData("SELECT max(length(body)) FROM notes body", null)]
    public async Task No_text_is_read_that_is_not_named(string sql, string? refusal)
    {
        using var data = await NotesAsync("body", 10, new AskLimits());
        var answer = await AskAsync(data, sql);
        (answer as Answer.Refused)?.Reason.ShouldContain(refusal ?? "nothing");
        (answer is Answer.Answered).ShouldBe(refusal is null, (answer as Answer.Refused)?.Reason);
    }

    [PortTheory]
    [InlineData(6_144, true)]
    [InlineData(6_145, false)]
    public async Task A_text_is_looked_up_however_its_column_is_written(int longest, bool runs)
    {
        using var data = await NotesAsync("a\"b", longest, new AskLimits { WorkMemory = 2L * 6_144 * 2_048, Threads = 1 });
        (await AskAsync(data, """SELECT max(length("a""b" || "a""b")) FROM notes""") is Answer.Answered).ShouldBe(runs);
        (await AskAsync(data, """SELECT max(length(b || b)) FROM (SELECT "A""B" AS b FROM notes)""") is Answer.Answered).ShouldBe(runs);
    }

    private static int files;

    private static async Task<QuestionData> NotesAsync(string column, int longest, AskLimits limits)
    {
        var file = Path.Combine(Path.GetTempPath(), $"aiops-ask-notes-{Environment.ProcessId}-{Interlocked.Increment(ref files)}.jsonl");
        try
        {
            var lines = ((string[])["short", new string('x', longest)]).Select((text, n) => JsonSerializer.Serialize(new Dictionary<string, object> { [column] = text, ["n"] = n }));
            await File.WriteAllLinesAsync(file, lines);
            return await QuestionData.OpenAsync(KnowledgeLibrary.Shipped, new DataOptions { Files = [new AttachedFile("notes", file)], Limits = limits }, TimeProvider.System, default);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private Task<Answer> AskAsync(QuestionData data, string sql)
        => fixture.Desk(ScriptedClient.Says(ScriptedClient.Statement(sql)), data).AskAsync(new Question("How many?"), default);
}
