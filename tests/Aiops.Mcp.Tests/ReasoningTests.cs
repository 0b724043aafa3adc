using System.Text;
using System.Text.Json.Nodes;
using Aiops.Pipeline;

namespace Aiops.Mcp.Tests;

public sealed class ReasoningTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Causes_stand_in_the_order_that_people_saw_and_the_sentences_with_what_was_struck_and_paid()
    {
        var documents = world.Host.Documents;
        var key = DocumentKeys.Diagnosis(world.Incident.Id, 1);
        var diagnosis = JsonNode.Parse((await documents.GetAsync(key, default))!)!;
        var first = diagnosis["hypotheses"]![0]!;
        var second = first.DeepClone();
        (second["rank"], second["component"]) = (2, "checkout");
        diagnosis["hypotheses"] = new JsonArray(first.DeepClone(), second);
        await documents.PutAsync(key, Encoding.UTF8.GetBytes(diagnosis.ToJsonString()), default);
        await documents.PutAsync(DocumentKeys.Reasoning(world.Incident.Id, 1), Encoding.UTF8.GetBytes($$"""
            {"status":"explained","model":"m-1","at":"2026-03-01T10:00:00Z","order":["checkout","{{first["component"]}}"],
             "narrative":[{"text":"It began with a release.","evidence":["E1"]}],"struck":[{"reason":"unheldNumber","count":2}],
             "spent":{"calls":3,"tokens":4000,"microDollars":12000} }
            """), default);

        var client = await world.ConnectAsync();
        (await client.AskAsync("list_incidents")).At("result", "incidents")[0].GetProperty("suspect").GetString().ShouldBe("checkout");
        var report = (await client.AskAsync("get_report", ("incidentId", world.Incident.Id))).At("result");
        report.GetProperty("hypotheses")[0].GetProperty("component").GetString().ShouldBe("checkout");
        var reasoning = report.GetProperty("reasoning");
        reasoning.GetProperty("narrative")[0].GetProperty("text").GetString().ShouldBe("It began with a release.");
        reasoning.GetProperty("struck")[0].GetProperty("count").GetInt32().ShouldBe(2);
        reasoning.GetProperty("movedCauses").GetBoolean().ShouldBeTrue();
        reasoning.GetProperty("usd").GetDouble().ShouldBe(0.012);
    }
}
