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
        File.Copy(Path.Combine(app.Output, "validation-report.json"), "/tmp/nag.json", true);
        var findings =
            from plugin in report["pluginReports"]!.AsArray()
            from violation in plugin!["violations"]!.AsArray()
            from construct in violation!["violatingConstructs"]!.AsArray()
            select $"{violation["ruleName"]} at {construct!["constructPath"]}";

        findings.ShouldBeEmpty();
        app.Complaint.ShouldBeNull();
    }
}
