using System.Text.Json;
using Aiops.Analysis.Topology;
using Aiops.Pipeline;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Deciding;
using Aiops.Pipeline.Intake.Scopes;
using static Aiops.PortTests.Intake.Alarms;

namespace Aiops.Tests.Pipeline.Intake;

public class StormTests
{
    private static readonly ServiceGraph Graph = TwoSystems(50);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Ten_thousand_alarms_of_two_unrelated_systems_are_two_incidents(int seed)
    {
        var intake = new IntakeBench(Graph);
        var decisions = await FeedAsync(intake, Storm(Graph, 10_000, seed));

        decisions.Count(d => d.Outcome == TriggerOutcome.Opened).ShouldBe(2, "each is opened once");
        decisions.Count(d => d.Outcome == TriggerOutcome.Joined).ShouldBe(9_998);
        var incidents = await intake.IncidentsAsync();
        incidents.Select(i => (i.MemberCount, i.Components.Count)).ShouldBe([(5_000, 50), (5_000, 50)]);
        foreach (var incident in incidents)
        {
            incident.Components.Select(c => c[..4]).Distinct().ShouldHaveSingleItem();
        }

        intake.Executions.Calls.ShouldBe(2, "no analysis is started twice");
    }

    [Fact]
    public async Task Two_long_chains_are_two_incidents_though_their_ends_are_49_calls_apart()
    {
        var chains = new ServiceGraph([], ((string[])["shop", "bank"]).SelectMany(s => Enumerable.Range(0, 49).Select(i => new Call($"{s}-{i}", $"{s}-{i + 1}"))));
        var intake = new IntakeBench(chains);
        await FeedAsync(intake, Storm(chains, 1_000, seed: 5));
        (await intake.IncidentsAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Without_topology_systems_that_bear_their_name_are_two_incidents()
    {
        var intake = new IntakeBench(ServiceGraph.Empty);
        await FeedAsync(intake, Storm(Graph, 10_000, seed: 1));
        (await intake.IncidentsAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Without_topology_and_without_common_names_each_component_is_an_incident()
    {
        var intake = new IntakeBench(ServiceGraph.Empty);
        var names = Enumerable.Range(0, 100).Select(i => $"x{(char)('a' + i / 10)}{(char)('a' + i % 10)}q").ToArray();
        await FeedAsync(intake, [.. Enumerable.Range(0, 2_000).Select(i => Firing(names[i * 7 % 100], 0.0005 * i, $"alarm{i / 100}"))]);
        (await intake.IncidentsAsync()).Count.ShouldBe(100, "near in time alone is no reason");
    }

    [Fact]
    public async Task A_batch_has_the_outcome_of_its_triggers_one_by_one_in_any_order_given()
    {
        Random random = new(11);
        List<Trigger> script = [.. Storm(TwoSystems(10), 120, seed: 3)];
        script.AddRange(script.Where((_, i) => i % 5 == 0).Select(t => t with
        {
            SourceId = t.SourceId + "-ok",
            State = "OK",
            Condition = TriggerCondition.Resolved,
            OccurredAt = t.OccurredAt.AddMinutes(3),
        }).ToList());
        script.AddRange(script.Where((_, i) => i % 7 == 0).ToList()); // Redelivered.
        script = [.. script.OrderBy(t => t.OccurredAt).ThenBy(t => t.SourceId, StringComparer.Ordinal)];
        var graph = TwoSystems(10);
        var expected = await OutcomeAsync(graph, script.Chunk(1));
        for (var round = 0; round < 10; round++)
        {
            List<Trigger[]> batches = [];
            for (var i = 0; i < script.Count;)
            {
                // Equal triggers stay in one batch or in order: which of them is the duplicate can't be told apart anyway.
                var batch = script.Skip(i).Take(random.Next(1, 60)).ToArray();
                i += batch.Length;
                random.Shuffle(batch);
                batches.Add(batch);
            }

            (await OutcomeAsync(graph, batches)).ShouldBe(expected);
        }
    }

    [Fact]
    public void A_decision_is_a_function_of_its_input()
    {
        var storm = Storm(Graph, 500, seed: 9);
        var snapshot = ScopeSnapshot.Empty("111122223333");
        var one = IntakeDecider.Decide(snapshot, storm, Start, IntakeRules.Default, Graph);
        var other = IntakeDecider.Decide(snapshot, [.. storm.Reverse()], Start, IntakeRules.Default, TwoSystems(50));
        other.Triggers.Select(Json).ShouldBe(one.Triggers.Select(Json));
        JsonSerializer.Serialize(other.Changes.Head, IntakeJson.Default.ScopeHead).ShouldBe(JsonSerializer.Serialize(one.Changes.Head, IntakeJson.Default.ScopeHead));
    }

    private static async Task<string> OutcomeAsync(ServiceGraph graph, IEnumerable<Trigger[]> batches)
    {
        var intake = new IntakeBench(graph);
        List<string> told = [];
        foreach (var batch in batches)
        {
            told.AddRange((await intake.TakeAsync(batch)).Select(Json));
        }

        var snapshot = await intake.Store.LoadAsync("111122223333", new SnapshotRequest(), default);
        return string.Join('\n', told.Append(JsonSerializer.Serialize(snapshot.Head, IntakeJson.Default.ScopeHead)));
    }

    private static async Task<List<TriggerDecision>> FeedAsync(IntakeBench intake, IReadOnlyList<Trigger> triggers)
    {
        List<TriggerDecision> decisions = [];
        foreach (var batch in triggers.Chunk(10))
        {
            decisions.AddRange(await intake.TakeAsync(batch));
        }

        return decisions;
    }

    private static string Json(TriggerDecision decision) => JsonSerializer.Serialize(decision, IntakeJson.Default.TriggerDecision);
}
