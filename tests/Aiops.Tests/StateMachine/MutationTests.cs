using System.Text.Json;
using System.Text.Json.Nodes;
using Aiops.StateMachine.Definition;
using Aiops.StateMachine.Evaluation;
using Aiops.StateMachine.Running;

namespace Aiops.Tests.StateMachine;

/// <summary>Definitions with a piece broken at random are refused or run to an end: nothing else comes out.</summary>
public class MutationTests
{
    private static readonly string[] Pieces =
    [
        "null", "true", "0", "-1", "1.5", "1e400", "\"\"", "\"$\"", "\"$.\"", "\"$.a[\"", "\"$.a[?(@.x\"", "\"$$.Map.Item.Value\"", "\"$x\"",
        "\"States.Format('{}', $.a)\"", "\"States.Array(\"", "\"States.MathRandom(5, 1)\"", "[]", "{}", "[null]", "[{}]", "{\"x.$\": \"$.nothing\"}", "\"S\"",
        "\"2026-03-02T10:00:01Z\"", "\"arn:aws:states:::lambda:invoke\"", "\"States.ALL\"", "[\"States.ALL\"]", "\"half a pair\"", "\"${Name}\"",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_broken_definition_is_refused_or_runs_to_an_end(int seed)
    {
        var random = new Random(seed);
        var originals = Directory.EnumerateFiles(Path.Combine(TestPaths.Root, "tests", "Aiops.Tests", "StateMachine", "Scenarios"), "*.json").Order()
            .SelectMany(file => JsonElement.Parse(File.ReadAllText(file)).EnumerateArray()).ToList();
        var (refused, ended) = (0, 0);
        for (var i = 0; i < 1000; i++)
        {
            var scenario = originals[random.Next(originals.Count)];
            var mutant = JsonNode.Parse(scenario.GetProperty("definition").GetRawText())!;
            for (var faults = random.Next(3) / 2 + 1; faults > 0; faults--)
            {
                Break(mutant, random);
            }

            StateMachineDefinition definition;
            try
            {
                definition = StateMachineDefinition.Parse(mutant.ToJsonString().Replace("half a pair", "\\ud800", StringComparison.Ordinal));
            }
            catch (InvalidDefinitionException e)
            {
                e.Problems.ShouldAllBe(problem => problem.Path.StartsWith('$') && problem.Reason.Length > 0);
                refused++;
                continue;
            }

            var runner = new ExecutionRunner(new Interpreter(definition, random), new ScriptedTasks(), Machine.Start);
            var result = await runner.RunAsync(Machine.Input(scenario.GetProperty("input").GetRawText()), CancellationToken.None);
            result.Status.ShouldNotBe(ExecutionStatus.Running);
            ended++;
        }

        refused.ShouldBeGreaterThan(100);
        ended.ShouldBeGreaterThan(50);
    }

    private static void Break(JsonNode root, Random random)
    {
        var nodes = new List<JsonNode>();
        Collect(root, nodes);
        switch (nodes[random.Next(nodes.Count)])
        {
            case JsonObject { Count: > 0 } members:
                var name = members.ElementAt(random.Next(members.Count)).Key;
                if (random.Next(4) == 0)
                {
                    members.Remove(name);
                }
                else
                {
                    members[name] = JsonNode.Parse(Pieces[random.Next(Pieces.Length)]);
                }

                break;
            case JsonArray { Count: > 0 } items:
                items[random.Next(items.Count)] = JsonNode.Parse(Pieces[random.Next(Pieces.Length)]);
                break;
        }
    }

    private static void Collect(JsonNode node, List<JsonNode> nodes)
    {
        nodes.Add(node);
        foreach (var child in node switch
        {
            JsonObject members => members.Select(member => member.Value),
            JsonArray items => items,
            _ => [],
        })
        {
            if (child is JsonObject or JsonArray)
            {
                Collect(child, nodes);
            }
        }
    }
}
