using Aiops.Ask.Questions;
using Aiops.Ask.Tests.Shop;
using Aiops.PortTests.Running;

namespace Aiops.Ask.Tests.Questions;

/// <summary>"Nothing happened" and "nothing is known" are told apart. The shop's telemetry begins on 2026-02-23 and ends on 2026-03-11 at 14:30.</summary>
[NeedsDuckDb]
[Collection("shop")]
public sealed class DataCoverTests(ShopFixture fixture)
{
    private const string Unknown = "Nothing is known of";
    private const string None = "There is data of that time; none of it is what was asked for.";

    [PortTheory]
    [InlineData("Lost requests by service on 2026-02-10", "Nothing is known of 2026-02-10 00:00 to 2026-02-11 00:00: spans held no data of it.")]
    [InlineData("Which service wrote most error lines on 2026-02-22?", "logs held no data of it.")]
    [InlineData("Error lines per hour on 2026-03-12", "logs held no data of it.")]
    [InlineData("Deployments by service on 2026-02-20", "changes held no data of it.")]
    public async Task Hours_without_any_data_are_not_answered_with_nothing(string question, string note)
    {
        var answered = await TrustedAsync(question);
        answered.Rows.ShouldBeEmpty();
        answered.Chart.ShouldBeNull();
        answered.Notes.ShouldContain(one => one.Contains(note, StringComparison.Ordinal));
        answered.Notes.ShouldNotContain(None);
    }

    [PortFact]
    public async Task A_count_of_zero_is_not_shown_where_nothing_could_be_counted()
        => (await TrustedAsync("How often did we blame deployments and were wrong on 2020-01-01?")).Rows.ShouldBeEmpty();

    [PortFact]
    public async Task A_comparison_of_which_one_side_has_data_is_shown_and_says_which_side_has_none()
    {
        var answered = await TrustedAsync("5xx by endpoint on 2026-02-23 against 2026-02-22");
        answered.Rows.ShouldNotBeEmpty();
        answered.Notes.ShouldContain("Nothing is known of 2026-02-22 00:00 to 2026-02-23 00:00: spans held no data of it.");
    }

    [PortTheory]
    [InlineData("Lost requests by service on 2026-02-23")]
    [InlineData("Which service had the most failed requests?")]
    public async Task From_when_to_when_the_data_is_stands_with_every_answer(string question)
    {
        var answered = await TrustedAsync(question);
        answered.Notes.ShouldContain($"Data: spans from {ShopData.Instance.Spans.Min(span => span.Time):yyyy-MM-dd HH:mm} to 2026-03-11 14:30.");
        answered.Notes.ShouldNotContain(note => note.StartsWith(Unknown, StringComparison.Ordinal));
    }

    [PortTheory]
    [InlineData("yesterday", "SELECT service FROM logs WHERE severity = 'TRACE'", None)]
    [InlineData("yesterday", "SELECT service FROM changes WHERE kind = 'none'", None)]
    [InlineData("on 2026-02-10", "SELECT count(*) FROM logs WHERE time < TIMESTAMP '2026-02-11'", Unknown)]
    public async Task A_models_statement_is_told_the_same_and_keeps_its_rows(string when, string sql, string note)
    {
        var answer = await fixture.Desk(ScriptedClient.Says(ScriptedClient.Statement(sql))).AskAsync(new Question($"Which lines were there {when}?"), default);
        var answered = answer.ShouldBeOfType<Answer.Answered>();
        answered.Notes.ShouldContain(one => one.StartsWith(note, StringComparison.Ordinal));
        answered.Rows.Count.ShouldBe(note == None ? 0 : 1);
    }

    [PortFact]
    public async Task What_has_no_time_is_told_without_one()
        => (await TrustedAsync("What does checkout depend on?")).Notes.ShouldBeEmpty();

    private async Task<Answer.Answered> TrustedAsync(string question)
        => (await fixture.Desk().AskAsync(new Question(question), default)).ShouldBeOfType<Answer.Answered>();
}
