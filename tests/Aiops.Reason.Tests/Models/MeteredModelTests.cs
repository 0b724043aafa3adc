using Aiops.Pipeline;
using Aiops.Pipeline.Reason.Models;
using Aiops.PortTests.Reason;
using Aiops.Reason.Tests.Scripted;
using Aiops.ScriptedModel;
using Microsoft.Extensions.AI;

namespace Aiops.Reason.Tests.Models;

public sealed class MeteredModelTests
{
    private const string Incident = "INC-1";

    private readonly ModelBudgetInMemory budget = new();
    private readonly HurriedTime time = new();

    [Fact]
    public async Task An_answer_costs_what_it_used_and_not_what_was_reserved()
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Say("ok", inputTokens: 200, outputTokens: 10));
        var reply = await AskAsync(server);
        reply.Spent.ShouldBe(new ModelSpend(1, 210, 750)); // 200 × 3 + 10 × 15 micro-dollars.
        (await SpentAsync()).ShouldBe(reply.Spent);
        (await budget.SpentAsync(ModelReservation.DayAccount(Today), default)).ShouldBe(reply.Spent);
    }

    [Fact]
    public async Task An_answer_without_usage_costs_the_worst()
    {
        await using var server = await ScriptedModelServer.StartAsync(new ScriptedReply.Text("ok", null, null));
        var reply = await AskAsync(server);
        reply.Spent.Tokens.ShouldBeGreaterThan(500);
        (await SpentAsync()).ShouldBe(reply.Spent);
    }

    [Fact]
    public async Task A_throttle_is_waited_out_as_long_as_the_model_says_and_tries_share_one_reservation()
    {
        List<ModelSpend> during = [];
        ScriptedReply[] replies = [new ScriptedReply.Throttle("7"), new ScriptedReply.ServerError(), ScriptedReply.Say("ok", 200, 10)];
        await using var server = await ScriptedModelServer.StartAsync(request =>
        {
            during.Add(budget.SpentAsync(Incident, default).Result);
            return replies[request.Ordinal - 1];
        });
        (await AskAsync(server)).Spent.Calls.ShouldBe(1);
        time.Waits.ShouldBe([TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(2)]);
        during.Count.ShouldBe(3);
        var held = during.Distinct().ShouldHaveSingleItem(); // The worst case, held once throughout.
        (held.Calls, held.Time).ShouldBe((1, new ModelLimits().WallTime));
        (await SpentAsync()).ShouldBe(new ModelSpend(1, 210, 750, TimeSpan.FromSeconds(9)));
    }

    [Fact]
    public async Task A_model_that_never_has_time_is_asked_three_times_and_costs_nothing_but_the_time()
    {
        await using var server = await ScriptedModelServer.StartAsync(new ScriptedReply.Throttle("1"));
        (await FailureAsync(server)).Failure.ShouldBe(ModelFailure.Throttled);
        server.Requests.Count.ShouldBe(3);
        (await SpentAsync()).ShouldBe(ModelSpend.Zero with { Time = TimeSpan.FromSeconds(2) });
    }

    [Theory]
    [InlineData("74", 2)]
    [InlineData("75", 1)]
    [InlineData("2147483647", 1)]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", 1)]
    public async Task A_wait_longer_than_an_analysis_is_not_begun(string header, int requests)
    {
        await using var server = await ScriptedModelServer.StartAsync(new ScriptedReply.Throttle(header), ScriptedReply.Say("ok"));
        if (requests == 1)
        {
            (await FailureAsync(server)).Failure.ShouldBe(ModelFailure.Throttled);
            time.Waits.ShouldBeEmpty();
            (await SpentAsync()).ShouldBe(ModelSpend.Zero);
        }
        else
        {
            (await AskAsync(server)).Response.Text.ShouldBe("ok");
        }

        server.Requests.Count.ShouldBe(requests);
    }

    [Fact]
    public async Task Waits_add_up_to_no_more_than_an_analysis()
    {
        await using var server = await ScriptedModelServer.StartAsync(new ScriptedReply.Throttle("40"));
        (await FailureAsync(server)).Failure.ShouldBe(ModelFailure.Throttled);
        time.Waits.ShouldBe([TimeSpan.FromSeconds(40)]);
        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_caller_who_gives_up_during_a_wait_has_paid_nothing_but_the_time()
    {
        using CancellationTokenSource stop = new();
        await using var server = await ScriptedModelServer.StartAsync(_ => new ScriptedReply.Throttle("60"));
        time.OnWait = stop.Cancel;
        await Should.ThrowAsync<OperationCanceledException>(() => AskAsync(server, cancellationToken: stop.Token));
        server.Requests.Count.ShouldBe(1);
        (await SpentAsync()).ShouldBe(ModelSpend.Zero with { Time = TimeSpan.FromSeconds(60) });
    }

    [Fact]
    public async Task A_caller_who_gives_up_during_a_call_has_paid_the_worst()
    {
        using CancellationTokenSource stop = new();
        await using var server = await ScriptedModelServer.StartAsync(_ =>
        {
            stop.Cancel();
            return new ScriptedReply.Hang();
        });
        await Should.ThrowAsync<OperationCanceledException>(() => AskAsync(server, cancellationToken: stop.Token));
        (await SpentAsync()).Calls.ShouldBe(1);
        (await SpentAsync()).Tokens.ShouldBeGreaterThan(500);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_may_have_been_charged_stays_charged_and_isnt_tried_again(bool hangsUp)
    {
        await using var server = await ScriptedModelServer.StartAsync(hangsUp ? new ScriptedReply.HangUp() : new ScriptedReply.EmptyAnswer());
        var failure = await FailureAsync(server);
        failure.Charged.ShouldBeTrue();
        server.Requests.Count.ShouldBe(1);
        (await SpentAsync()).Calls.ShouldBe(1);
        failure.Spent.ShouldBe(await SpentAsync());
    }

    [Fact]
    public async Task A_refusal_costs_nothing_and_isnt_tried_again()
    {
        await using var server = await ScriptedModelServer.StartAsync(new ScriptedReply.WrongModel());
        (await FailureAsync(server)).Failure.ShouldBe(ModelFailure.Refused);
        server.Requests.Count.ShouldBe(1);
        (await SpentAsync()).ShouldBe(ModelSpend.Zero);
    }

    [Fact]
    public async Task Past_a_cap_nothing_is_sent()
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Say("ok", 200, 10));
        var limits = new ModelLimits { PerIncident = new ModelLimits().PerIncident with { Calls = 1 } };
        await AskAsync(server, "first", limits);
        var error = await Should.ThrowAsync<ModelException>(() => AskAsync(server, "second", limits));
        error.Failure.ShouldBe(ModelFailure.Capped);
        error.Message.ShouldBe("The cap on this incident's calls is reached.");
        server.Requests.Count.ShouldBe(1);
        (await SpentAsync()).ShouldBe(new ModelSpend(1, 210, 750));
    }

    [Fact]
    public async Task A_call_whose_worst_doesnt_fit_the_cap_isnt_sent_though_it_might_have_cost_less()
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Say("ok", 1, 1));
        var worst = new ModelPrice(3, 15).Of(PromptSize.MostTokens(AnyWire.Messages, new ChatOptions()), 100);
        await AskAsync(server, "fits", new ModelLimits { PerIncident = worst with { Time = new ModelLimits().WallTime } });
        var past = new ModelLimits { PerIncident = (await SpentAsync()) + worst with { Calls = 9, MicroDollars = worst.MicroDollars - 1, Time = TimeSpan.FromDays(1) } };
        (await Should.ThrowAsync<ModelException>(() => AskAsync(server, "doesn't", past))).Message.ShouldContain("money");
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_that_cant_be_settled_is_kept_and_stays_charged_at_the_worst()
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Say("ok", 200, 10));
        (await AskAsync(server, from: new NeverSettles(budget))).Response.Text.ShouldBe("ok");
        (await SpentAsync()).Tokens.ShouldBeGreaterThan(500);
    }

    [Fact]
    public async Task A_call_is_charged_the_time_that_it_took()
    {
        await using var server = await ScriptedModelServer.StartAsync(_ =>
        {
            time.Pass(TimeSpan.FromSeconds(12.5));
            return ScriptedReply.Say("ok", 200, 10);
        });
        (await AskAsync(server)).Spent.ShouldBe(new ModelSpend(1, 210, 750, TimeSpan.FromSeconds(12.5)));
        (await SpentAsync()).Time.ShouldBe(TimeSpan.FromSeconds(12.5));
        (await budget.SpentAsync(ModelReservation.DayAccount(Today), default)).Time.ShouldBe(TimeSpan.FromSeconds(12.5));
    }

    [Fact]
    public async Task No_more_time_is_charged_than_was_reserved_however_late_the_end_is_seen()
    {
        await using var server = await ScriptedModelServer.StartAsync(_ =>
        {
            time.Pass(TimeSpan.FromSeconds(75.5));
            return ScriptedReply.Say("ok", 200, 10);
        });
        await AskAsync(server);
        (await SpentAsync()).Time.ShouldBe(new ModelLimits().WallTime);
    }

    [Fact]
    public async Task A_call_is_given_up_when_its_time_is_over_and_stays_charged_at_the_worst()
    {
        await using var server = await ScriptedModelServer.StartAsync(_ => new ScriptedReply.Hang());
        time.Deadline = TimeSpan.MaxValue; // Now a deadline comes at once, too.
        (await FailureAsync(server)).Failure.ShouldBe(ModelFailure.TimedOut);
        var spent = await SpentAsync();
        (spent.Calls, spent.Time).ShouldBe((1, new ModelLimits().WallTime));
        spent.Tokens.ShouldBeGreaterThan(500);
    }

    [Theory]
    [InlineData(75, true)]
    [InlineData(74.999, false)]
    public async Task A_call_is_sent_where_the_caps_hold_the_time_that_it_may_take_and_not_past_them(double seconds, bool sent)
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Say("ok"));
        ModelLimits usual = new();
        var most = TimeSpan.FromSeconds(seconds);
        ModelLimits[] each = [new() { PerIncident = usual.PerIncident with { Time = most } }, new() { PerDay = usual.PerDay with { Time = most } }];
        foreach (var (limits, words) in each.Zip((string[])["this incident's time is reached.", "the day's time is reached; it opens again on 2026-03-03 at 00:00 UTC."]))
        {
            if (sent)
            {
                (await AskAsync(server, limits: limits)).Response.Text.ShouldBe("ok");
            }
            else
            {
                (await Should.ThrowAsync<ModelException>(() => AskAsync(server, limits: limits))).Message.ShouldBe($"The cap on {words}");
            }
        }

        server.Requests.Count.ShouldBe(sent ? 2 : 0);
    }

    [Fact]
    public async Task Questions_end_with_their_share_of_the_day_and_incidents_go_on()
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Say("ok", 200, 10));
        ModelLimits limits = new() { PerDay = new ModelLimits().PerDay with { Calls = 8 } };
        await AskAsync(server, "a", limits, account: MeteredModel.Questions);
        await AskAsync(server, "b", limits, account: MeteredModel.Questions);
        var error = await Should.ThrowAsync<ModelException>(() => AskAsync(server, "c", limits, account: MeteredModel.Questions));
        error.Failure.ShouldBe(ModelFailure.Capped);
        error.Message.ShouldBe("The cap on the day's questions' calls is reached; it opens again on 2026-03-03 at 00:00 UTC.");
        for (var call = 0; call < 6; call++)
        {
            await AskAsync(server, $"incident-{call}", limits);
        }

        (await Should.ThrowAsync<ModelException>(() => AskAsync(server, "one more", limits))).Message.ShouldContain("the day's calls");
        time.Pass(TimeSpan.FromHours(16)); // To midnight.
        (await AskAsync(server, "d", limits, account: MeteredModel.Questions)).Response.Text.ShouldBe("ok");
    }

    [Fact]
    public async Task An_analysis_has_the_time_that_the_caps_leave_and_at_least_ten_seconds()
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Say("ok"));
        using var client = AnyWire.Client(ModelWire.OpenAi, server);
        foreach (var (spent, left) in ((double, double)[])[(0, 75), (225, 75), (225.001, 74.999), (289, 11), (291, 10), (300, 10)])
        {
            ModelReservation before = new($"{spent}", $"INC-{spent}", Today, new ModelSpend(1, 1, 1, TimeSpan.FromSeconds(spent)));
            await budget.ReserveAsync(before, new ModelCaps(new ModelLimits().PerIncident, new ModelLimits().PerDay), default);
            (await Model(client, new ModelLimits()).TimeForAsync($"INC-{spent}", default)).ShouldBe(TimeSpan.FromSeconds(left), $"{spent}");
        }

        (await Model(client, new ModelLimits { WallTime = TimeSpan.FromSeconds(3) }).TimeForAsync("INC-300", default)).ShouldBe(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task An_output_limit_is_never_above_the_settings()
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Say("ok"));
        await AskAsync(server, "a", new ModelLimits { OutputTokens = 60 });
        server.Requests[0].MaxTokens.ShouldBe(60);
    }

    [Fact]
    public void Arguments_count_as_the_json_that_is_sent()
    {
        var call = new FunctionCallContent("id", "tool", new Dictionary<string, object?> { ["text"] = "\"\"\"\"\"\"\"\"한국어" });
        var most = PromptSize.MostTokens([new ChatMessage(ChatRole.Assistant, [call])], new ChatOptions());
        var without = PromptSize.MostTokens([new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("id", "tool")])], new ChatOptions());
        (most - without).ShouldBe("{\"text\":\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"".Length + (3 * 3) + "\"}".Length - "{}".Length);
    }

    private static DateOnly Today => DateOnly.FromDateTime(HurriedTime.Start.UtcDateTime);

    private Task<ModelSpend> SpentAsync() => budget.SpentAsync(Incident, default);

    private Task<ModelException> FailureAsync(ScriptedModelServer server) => Should.ThrowAsync<ModelException>(() => AskAsync(server));

    private async Task<ModelReply> AskAsync(
        ScriptedModelServer server, string key = "key", ModelLimits? limits = null, IModelBudget? from = null, string account = Incident,
        CancellationToken cancellationToken = default)
    {
        using var client = AnyWire.Client(ModelWire.OpenAi, server);
        return await Model(client, limits ?? new ModelLimits(), from).AskAsync(account, key, AnyWire.Messages, new ChatOptions { MaxOutputTokens = 100 }, cancellationToken);
    }

    private MeteredModel Model(IChatClient client, ModelLimits limits, IModelBudget? from = null)
    {
        var settings = new ModelSettings
        {
            Where = "test",
            Provider = ModelProvider.OpenAiCompatible,
            Model = "tiny",
            Price = new ModelPrice(3, 15),
            Limits = limits,
        };
        return new MeteredModel(new ModelAccess(client, settings) { Clock = time }, from ?? budget);
    }

    private sealed class NeverSettles(IModelBudget inner) : IModelBudget
    {
        public Task<ReservationAnswer> ReserveAsync(ModelReservation reservation, ModelCaps caps, CancellationToken cancellationToken)
            => inner.ReserveAsync(reservation, caps, cancellationToken);

        public Task SettleAsync(ModelReservation reservation, ModelSpend actual, CancellationToken cancellationToken)
            => throw new StoreUnavailableException("away", new TimeoutException("away"));

        public Task<ModelSpend> SpentAsync(string account, CancellationToken cancellationToken) => inner.SpentAsync(account, cancellationToken);
    }
}
