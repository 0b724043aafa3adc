using Aiops.Analysis;
using Aiops.Aws.ApplicationSignals;
using Aiops.Aws.Tests.Wire.Peer;
using Aiops.Aws.Wire;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Aws.Tests.ApplicationSignals;

public sealed class SignalObjectivesTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Eight = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private AwsPeer peer = null!;
    private WireClient client = null!;

    public async Task InitializeAsync()
    {
        peer = await AwsPeer.StartAsync();
        client = peer.Client();
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await peer.DisposeAsync();
    }

    [Fact]
    public async Task Budgets_are_shares_of_seconds_or_of_requests_and_may_be_overspent()
    {
        Objectives(2);
        peer.On("POST /budget-report", """
            {"Timestamp":1772438400,"Errors":[],"Reports":[
              {"Arn":"arn:slo/0","Name":"pay latency","BudgetStatus":"OK","EvaluationType":"PeriodBased",
               "TotalBudgetSeconds":1000,"BudgetSecondsRemaining":250,"Goal":{"AttainmentGoal":99.9}},
              {"Arn":"arn:slo/1","Name":"pay errors","BudgetStatus":"BREACHED","EvaluationType":"RequestBased",
               "TotalBudgetRequests":200,"BudgetRequestsRemaining":-50,"Goal":{"AttainmentGoal":99}}]}
            """);
        var answer = await AskAsync();
        answer.Items.ShouldBe(
        [
            new ObjectiveBudget("pay latency", "service-0", 0.99900000000000011, 0.25),
            new ObjectiveBudget("pay errors", "service-1", 0.99, -0.25),
        ]);
        answer.Gaps.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(50, 1)]
    [InlineData(51, 2)]
    public async Task Reports_are_asked_for_fifty_a_call(int objectives, int calls)
    {
        Objectives(objectives);
        peer.On("POST /budget-report", """{"Timestamp":1772438400,"Reports":[],"Errors":[]}""");
        await AskAsync();
        peer.CallsOf("POST /budget-report").Count.ShouldBe(calls);
        peer.CallsOf("POST /budget-report")[0].Json.GetProperty("Timestamp").GetInt64().ShouldBe(Eight.ToUnixTimeSeconds());
    }

    [Fact]
    public async Task What_has_no_budget_yet_or_failed_is_counted()
    {
        Objectives(2);
        peer.On("POST /budget-report", """
            {"Timestamp":1772438400,"Reports":[{"Arn":"arn:slo/0","Name":"new","BudgetStatus":"INSUFFICIENT_DATA"}],
             "Errors":[{"Name":"x","Arn":"arn:slo/1","ErrorCode":"Internal","ErrorMessage":"?"}]}
            """);
        (await AskAsync()).Gaps.ShouldBe(
            ["1 objectives have too little data for a budget", "Application Signals failed at 1 objectives"]);
    }

    [Fact]
    public async Task A_denied_list_is_a_denied_source()
    {
        peer.On("POST /slos", PeerAnswer.Error("AccessDeniedException", "no", 403));
        await Should.ThrowAsync<SourceDeniedException>(AskAsync);
    }

    private void Objectives(int count) => peer.On(
        "POST /slos",
        "{\"SloSummaries\":[" + string.Join(',', Enumerable.Range(0, count).Select(i =>
            $$$"""{"Arn":"arn:slo/{{{i}}}","Name":"slo","KeyAttributes":{"Type":"Service","Name":"service-{{{i}}}"}}"""))
            + "]}");

    private Task<SourceAnswer<IReadOnlyList<ObjectiveBudget>>> AskAsync() => new SignalObjectives(client, TimeProvider.System)
        .QueryAsync(new TelemetryQuery("INC-1", new TimeWindow(Eight.AddHours(-1), Eight), ["payments"]), default);
}
