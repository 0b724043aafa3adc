using Aiops.Ask.Data;
using Aiops.Ask.Questions;
using Aiops.Ask.Tests.Shop;
using Aiops.PortTests.Running;

namespace Aiops.Ask.Tests.Sql;

/// <summary>Each limit at it and past it.</summary>
[NeedsDuckDb]
[Collection("shop")]
public sealed class ResourceLimitTests(ShopFixture fixture)
{
    // Sorts all pairs of two tables by text: more than a tenth of a second and more than a few megabytes.
    private const string Heavy =
        "SELECT a.body || b.body AS both_lines FROM logs a JOIN logs b ON a.service = b.service AND a.severity = b.severity ORDER BY both_lines DESC LIMIT 3 OFFSET 900000";

    [PortTheory]
    [InlineData(100, 100, false)]
    [InlineData(100, 101, true)]
    [InlineData(1, 2, true)]
    [InlineData(100, 0, false)]
    public async Task Rows_past_the_limit_are_cut_and_the_answer_says_so(int most, int there, bool isCut)
    {
        using var data = await fixture.OpenAsync(new AskLimits { Rows = most });
        var answer = await AskAsync(data, $"SELECT range AS n FROM range({there}) ORDER BY n DESC");
        var answered = answer.ShouldBeOfType<Answer.Answered>();
        answered.Rows.Count.ShouldBe(Math.Min(most, there));
        answered.IsCut.ShouldBe(isCut);
        answered.Notes.Any(note => note.StartsWith("Cut at", StringComparison.Ordinal)).ShouldBe(isCut);
        answered.Rows.Select(row => row[0]).ShouldBe(Enumerable.Range(0, there).Reverse().Take(most).Select(n => (object)(long)n));
    }

    [PortFact]
    public async Task A_statement_that_takes_too_long_is_stopped_and_the_next_one_runs()
    {
        using var data = await fixture.OpenAsync(new AskLimits { Time = TimeSpan.FromMilliseconds(40) });
        (await AskAsync(data, Heavy)).ShouldBeOfType<Answer.Refused>().Reason.ShouldContain("0 seconds");
        using var patient = await fixture.OpenAsync(new AskLimits { Time = TimeSpan.FromMinutes(2), WorkMemory = 4L << 30 });
        (await AskAsync(patient, Heavy)).ShouldBeOfType<Answer.Answered>().Rows.Count.ShouldBe(3);
    }

    [PortFact]
    public async Task A_statement_that_needs_too_much_memory_is_refused_and_the_next_one_runs()
    {
        using var data = await fixture.OpenAsync(new AskLimits { WorkMemory = 24 << 20, Time = TimeSpan.FromMinutes(2) });
        (await AskAsync(data, Heavy)).ShouldBeOfType<Answer.Refused>().Reason.ShouldContain("24 MB of memory");
        (await AskAsync(data, "SELECT count(*) FROM logs")).ShouldBeOfType<Answer.Answered>();
    }

    [PortFact]
    public async Task A_large_table_is_read_within_a_stretch_of_time_alone()
    {
        using var atLimit = await fixture.OpenAsync(new AskLimits { UnboundedRows = ShopData.Instance.Logs.Count });
        (await AskAsync(atLimit, "SELECT count(*) FROM logs")).ShouldBeOfType<Answer.Answered>();

        using var past = await fixture.OpenAsync(new AskLimits { UnboundedRows = ShopData.Instance.Logs.Count - 1 });
        (await AskAsync(past, "SELECT count(*) FROM logs")).ShouldBeOfType<Answer.Refused>().Reason.ShouldContain("WHERE time");
        (await AskAsync(past, "SELECT count(*) FROM logs WHERE severity = 'ERROR' OR time > TIMESTAMP '2026-03-01'")).ShouldBeOfType<Answer.Refused>();
        (await AskAsync(past, "SELECT count(*) FROM logs l JOIN calls c ON c.caller = l.service WHERE c.time > 1")).ShouldBeOfType<Answer.Refused>();
        (await AskAsync(past, "SELECT count(*) FROM logs WHERE time = time")).ShouldBeOfType<Answer.Refused>();
        (await AskAsync(past, "SELECT count(*) FROM logs WHERE time < TIMESTAMP '2026-03-01'")).ShouldBeOfType<Answer.Refused>();
        (await AskAsync(past, "SELECT count(*) FROM logs l JOIN calls c ON c.caller = l.service WHERE l.time > c.caller::TIMESTAMP")).ShouldBeOfType<Answer.Refused>();
        (await AskAsync(past, "SELECT count(*) FROM logs WHERE time >= (SELECT min(time) FROM logs WHERE time > TIMESTAMP '2026-03-01')")).ShouldBeOfType<Answer.Refused>();
        (await AskAsync(past, "SELECT count(*) FROM logs WHERE TIMESTAMP '2026-03-01' - INTERVAL 1 DAY <= time")).ShouldBeOfType<Answer.Answered>();
        (await AskAsync(past, "SELECT (SELECT count(*) FROM logs) FROM logs WHERE time > TIMESTAMP '2026-03-01'")).ShouldBeOfType<Answer.Refused>();
        (await AskAsync(past, "SELECT count(*) FROM logs WHERE severity = 'ERROR' AND time > TIMESTAMP '2026-03-01'")).ShouldBeOfType<Answer.Answered>();
        (await AskAsync(past, "SELECT count(*) FROM logs l WHERE l.time BETWEEN TIMESTAMP '2026-03-01' AND TIMESTAMP '2026-03-02'")).ShouldBeOfType<Answer.Answered>();
        (await AskAsync(past, "SELECT count(*) FROM calls")).ShouldBeOfType<Answer.Answered>();
    }

    [PortFact]
    public async Task A_statement_may_be_as_long_as_the_limit_and_no_longer()
    {
        using var data = await fixture.OpenAsync(new AskLimits { StatementLength = 60 });
        (await AskAsync(data, "SELECT 1 AS one, '" + new string('x', 41) + "'")).ShouldBeOfType<Answer.Answered>();
        (await AskAsync(data, "SELECT 1 AS one, '" + new string('x', 42) + "'")).ShouldBeOfType<Answer.Refused>();
    }

    [PortFact]
    public async Task What_is_nested_without_end_is_refused()
    {
        (await AskAsync(fixture.Data, "SELECT " + new string('(', 3_000) + "1" + new string(')', 3_000))).ShouldBeOfType<Answer.Answered>(); // Parentheses alone are nothing.
        (await AskAsync(fixture.Data, "SELECT " + string.Concat(Enumerable.Repeat("abs(", 1_500)) + "1" + new string(')', 1_500))).ShouldBeOfType<Answer.Refused>();
        (await AskAsync(fixture.Data, string.Concat(Enumerable.Repeat("SELECT * FROM (", 400)) + "SELECT 1" + new string(')', 400))).ShouldBeOfType<Answer.Refused>();
    }

    [PortFact]
    public async Task Several_questions_at_once_get_their_own_answers()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => AskAsync(fixture.Data, $"SELECT {n} AS n, count(*) FROM spans")));
        answers.Select(answer => answer.ShouldBeOfType<Answer.Answered>().Rows[0][0]).ShouldBe(Enumerable.Range(0, 12).Select(n => (object)(long)n));
    }

    private Task<Answer> AskAsync(QuestionData data, string sql)
        => fixture.Desk(ScriptedClient.Says(ScriptedClient.Statement(sql)), data).AskAsync(new Question("How many?"), default);
}
