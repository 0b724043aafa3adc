using System.Text.Json.Nodes;
using Aiops.Cdk.Tests.Synthesis;

namespace Aiops.Cdk.Tests;

[Collection(Synthesized.Name)]
public sealed class NagTests(SynthesizedApp app)
{
    [Fact]
    public void Cdk_nag_and_Cdks_own_validation_find_nothing_that_is_not_explained()
    {
        var report = JsonNode.Parse(File.ReadAllText(Path.Combine(app.Output, "validation-report.json")))!;
        var findings =
            from plugin in report["pluginReports"]!.AsArray()
            from violation in plugin!["violations"]!.AsArray()
            from construct in violation!["violatingConstructs"]!.AsArray()
            select $"{violation["ruleName"]} at {construct!["constructPath"]}";

        findings.ShouldBeEmpty();
        app.Complaint.ShouldBeNull();
    }

    [Fact]
    public void Every_explanation_to_cdk_nag_is_a_sentence()
    {
        var metadata = Directory.EnumerateFiles(app.Output, "*.metadata.json")
            .Select(file => JsonNode.Parse(File.ReadAllText(file))!);
        var reasons = metadata.SelectMany(AcknowledgedReasons).ToList();

        reasons.Count.ShouldBeGreaterThan(20);
        reasons.ShouldAllBe(reason => reason.Split(' ').Length >= 5);
    }

    private static IEnumerable<string> AcknowledgedReasons(JsonNode? node) => node switch
    {
        JsonObject entry when entry["type"]?.ToString() == Amazon.CDK.Validations.ACKNOWLEDGED_RULES_METADATA_KEY
            => entry["data"] is JsonObject rules ? rules.Select(rule => rule.Value!.ToString()) : [],
        JsonObject many => many.SelectMany(pair => AcknowledgedReasons(pair.Value)),
        JsonArray list => list.SelectMany(AcknowledgedReasons),
        _ => [],
    };
}
