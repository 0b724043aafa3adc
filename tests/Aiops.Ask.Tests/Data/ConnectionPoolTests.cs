using Aiops.Ask.Catalogue;
using Aiops.Ask.Data;
using Aiops.Ask.DuckDb;
using Aiops.Ask.Questions;
using Aiops.Ask.Tests.Shop;
using Aiops.Mcp.Tests.Http;
using Aiops.Pipeline.Reason.Models;
using Aiops.PortTests.Running;

namespace Aiops.Ask.Tests.Data;

/// <summary>What doesn't end is left behind, and nobody waits for it without end. The clock stands until a test moves it.</summary>
[NeedsDuckDb]
public sealed class ConnectionPoolTests : IDisposable
{
    private static readonly AskLimits One = new() { Time = TimeSpan.FromSeconds(3), Grace = TimeSpan.FromSeconds(1), AtOnce = 1 };

    private readonly RingingClock clock = new();
    private readonly RunningStatements statements = new();
    private readonly ManualResetEventSlim end = new();

    [PortTheory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task What_ends_by_the_end_of_its_grace_is_waited_for_and_what_does_not_is_left_behind(int ticks, bool isLeft)
    {
        using var data = await OpenAsync(One);
        var working = Stuck(data);
        clock.Advance(One.Time + One.Grace - TimeSpan.FromTicks(ticks));
        if (isLeft)
        {
            (await Should.ThrowAsync<DuckDbException>(working)).IsInterrupted.ShouldBeTrue();
            statements.Left.ShouldBe(1);
        }

        end.Set();
        if (!isLeft)
        {
            (await working).ShouldBe("ended");
        }

        await NoneLeftAsync();
        (await data.UseAsync(connection => connection.Text("SELECT 2::BIGINT"), default)).ShouldBe("2");
    }

    [PortFact]
    public async Task Once_all_connections_are_left_behind_none_begins_whoever_asks()
    {
        using var data = await OpenAsync(One);
        await LeaveAsync(data);
        await NoneBeginsAsync(data);

        ScriptedClient client = new((_, _) => ScriptedClient.Statement("SELECT 1"));
        (await Desk(data, client).AskAsync(new Question("How many?"), default)).ShouldBeOfType<Answer.Refused>().Reason.ShouldStartWith("No statement can be begun");
        client.Sent.ShouldBeEmpty();
    }

    [PortFact]
    public async Task A_statement_that_cannot_be_begun_costs_no_repairs()
    {
        using var data = await OpenAsync(One);
        ScriptedClient client = new((_, _) =>
        {
            statements.Leave(); // While the model thinks.
            return ScriptedClient.Statement("SELECT 1");
        });
        var answer = (await Desk(data, client).AskAsync(new Question("How many?"), default)).ShouldBeOfType<Answer.Refused>();
        answer.Reason.ShouldBe("No statement can be begun: earlier ones haven't ended. Ask again later.");
        answer.Sql.ShouldBe("SELECT 1");
        client.Sent.Count.ShouldBe(1);
        statements.EndLeft();
        (await Desk(data, ScriptedClient.Says(ScriptedClient.Statement("SELECT 1"))).AskAsync(new Question("How many?"), default)).ShouldBeOfType<Answer.Answered>();
    }

    [PortTheory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task A_turn_is_waited_for_as_long_as_a_statement_may_take(int ticks, bool isOver)
    {
        using var data = await OpenAsync(One);
        var working = Stuck(data);
        clock.Advance(TimeSpan.FromSeconds(1));
        var hasBegun = false;
        var waiting = data.UseAsync(_ => hasBegun = true, default);
        clock.Advance(One.Time + One.Grace - TimeSpan.FromTicks(ticks));
        await Should.ThrowAsync<DuckDbException>(working);
        if (isOver)
        {
            (await Should.ThrowAsync<DuckDbException>(waiting)).IsNotBegun.ShouldBeTrue();
        }

        end.Set();
        if (!isOver)
        {
            await waiting;
        }

        hasBegun.ShouldBe(!isOver);
        await NoneLeftAsync();
        (await data.UseAsync(_ => 2, default)).ShouldBe(2);
    }

    [PortFact]
    public async Task Who_waited_for_a_turn_begins_nothing_once_others_were_left_behind_meanwhile()
    {
        using var data = await OpenAsync(One);
        var working = Stuck(data);
        var hasBegun = false;
        var waiting = data.UseAsync(_ => hasBegun = true, default);
        statements.Leave();
        end.Set();
        (await working).ShouldBe("ended");
        (await Should.ThrowAsync<DuckDbException>(waiting)).IsNotBegun.ShouldBeTrue();
        hasBegun.ShouldBeFalse();
        statements.EndLeft();
        (await data.UseAsync(_ => 2, default)).ShouldBe(2); // The turn was given back.
    }

    [PortFact]
    public async Task A_wait_for_a_turn_can_be_called_off()
    {
        using var data = await OpenAsync(One);
        var working = Stuck(data);
        using CancellationTokenSource enough = new();
        var waiting = data.UseAsync(_ => 1, enough.Token);
        await enough.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
        end.Set();
        (await working).ShouldBe("ended");
    }

    [PortFact]
    public async Task What_is_left_behind_is_remembered_when_the_data_is_loaded_anew()
    {
        new DataOptions().Statements.ShouldBeSameAs(new DataOptions().Statements);
        using (var old = await OpenAsync(One))
        {
            await LeaveAsync(old);
        }

        using var data = await OpenAsync(One);
        await NoneBeginsAsync(data);
        end.Set();
        await NoneLeftAsync();
        (await data.UseAsync(_ => 2, default)).ShouldBe(2);
    }

    [PortFact]
    public async Task Work_that_says_it_took_too_long_has_failed_and_is_not_left_behind()
    {
        using var data = await OpenAsync(One);
        await Should.ThrowAsync<TimeoutException>(data.UseAsync<int>(_ => throw new TimeoutException(), default));
        statements.Left.ShouldBe(0);
        (await data.UseAsync(_ => 2, default)).ShouldBe(2);
    }

    [PortFact]
    public async Task Data_that_is_closed_says_so()
    {
        var data = await OpenAsync(One);
        data.Dispose();
        await Should.ThrowAsync<ObjectDisposedException>(data.UseAsync(_ => 1, default));
    }

    public void Dispose() => end.Dispose();

    private Task<QuestionData> OpenAsync(AskLimits limits)
        => QuestionData.OpenAsync(KnowledgeLibrary.Shipped, new DataOptions { Limits = limits, Statements = statements }, clock, default);

    private QuestionDesk Desk(QuestionData data, ScriptedClient client)
        => new(KnowledgeLibrary.Shipped, data, new MeteredModel(new ModelAccess(client, ScriptedClient.Settings), new OpenBudget()), TimeProvider.System);

    /// <summary>Work that heeds nothing but this test; for two minutes at most.</summary>
    private Task<string> Stuck(QuestionData data) => data.UseAsync(_ => end.Wait(TimeSpan.FromMinutes(2)) ? "ended" : "forgotten", default);

    private async Task LeaveAsync(QuestionData data)
    {
        var working = Stuck(data);
        clock.Advance(One.Time + One.Grace);
        (await Should.ThrowAsync<DuckDbException>(working)).IsInterrupted.ShouldBeTrue();
    }

    private static async Task NoneBeginsAsync(QuestionData data)
    {
        var hasBegun = false;
        (await Should.ThrowAsync<DuckDbException>(data.UseAsync(_ => hasBegun = true, default))).IsNotBegun.ShouldBeTrue();
        hasBegun.ShouldBeFalse();
    }

    private async Task NoneLeftAsync()
    {
        end.Set();
        for (var tries = 0; tries < 2_400 && statements.Left > 0; tries++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System, default);
        }

        statements.Left.ShouldBe(0);
    }
}
