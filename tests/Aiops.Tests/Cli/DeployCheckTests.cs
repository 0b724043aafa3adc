using System.Text.Json.Nodes;

namespace Aiops.Tests.Cli;

public sealed class DeployCheckTests : IDisposable
{
    private readonly CommandRun command = new();

    public void Dispose() => command.Dispose();

    [Fact]
    public async Task What_a_template_costs_is_its_parts_and_the_load()
    {
        var template = await TemplateAsync("""
            { "Resources": {
              "Key": { "Type": "AWS::KMS::Key" }, "Alarm": { "Type": "AWS::CloudWatch::Alarm" }, "Other": { "Type": "AWS::CloudWatch::Alarm" },
              "Function": { "Type": "AWS::Lambda::Function", "Properties": { "MemorySize": 1024 } },
              "Urgent": { "Type": "AWS::Lambda::EventSourceMapping", "Properties": { "ScalingConfig": { "MaximumConcurrency": 20 } } },
              "Routine": { "Type": "AWS::Lambda::EventSourceMapping", "Properties": { "ScalingConfig": { "MaximumConcurrency": 5 } } } } }
            """);
        var none = await CheckAsync(template, "--incidents", "0", "--alarms", "0");
        var idle = (decimal)none["stacks"]![0]!["aMonth"]!;
        idle.ShouldBe(none["stacks"]![0]!["standing"]!.AsArray().Sum(line => (decimal)line!["dollars"]!));
        none["stacks"]![0]!["standing"]!.AsArray().Select(line => ((string?)line!["what"], (decimal)line["dollars"]!)).Take(2)
            .ShouldBe([("AWS::CloudWatch::Alarm", 0.20m), ("AWS::KMS::Key", 1.00m)]);
        none["stacks"]![0]!["needs"]!.AsArray().Select(need => (string?)need).ShouldContain(need => need!.StartsWith("25 concurrent executions"));

        var busy = await CheckAsync(template, "--incidents", "10", "--alarms", "0", "--log-gigabytes", "2");
        var anIncident = busy["stacks"]![0]!["anIncident"]!.AsArray().Sum(line => (decimal)line!["dollars"]!);
        anIncident.ShouldBeGreaterThan(0.02m, "two gigabytes scanned twice are two cents");
        ((decimal)busy["stacks"]![0]!["aMonth"]!).ShouldBe(idle + (10 * anIncident));
    }

    [Fact]
    public async Task A_language_model_is_a_line_of_its_own_and_costs_nothing_where_no_function_is_told_of_one()
    {
        var without = await AnIncidentAsync("");
        var with = await AnIncidentAsync(""", "Environment": { "Variables": { "AIOPS_MODEL_SETTINGS": "/aiops-test/model" } }""");
        without.Select(line => line.What).ShouldNotContain("language model");
        with.ShouldContain(("language model", 0.50m));
        with.Except(without).Select(line => line.What).ShouldBe(["language model", "functions that wait for it"]);

        async Task<IReadOnlyList<(string What, decimal Dollars)>> AnIncidentAsync(string environment)
        {
            var template = await TemplateAsync(
                $$"""{ "Resources": { "Function": { "Type": "AWS::Lambda::Function", "Properties": { "MemorySize": 1024{{environment}} } } } }""");
            return [.. (await CheckAsync(template, "--model-dollars", "0.25"))["stacks"]![0]!["anIncident"]!.AsArray()
                .Select(line => ((string)line!["what"]!, (decimal)line["dollars"]!))];
        }
    }

    [Fact]
    public async Task A_bundle_says_by_what_was_built_into_it_whose_packages_it_carries()
    {
        var template = await TemplateAsync("""{ "Resources": { "Topic": { "Type": "AWS::SNS::Topic" } } }""");
        (await CheckAsync(template))["packages"]!["status"]!.GetValue<string>().ShouldBe("missing");

        await BundleAsync("""{ "libraries": { "Amazon.Lambda/1.0.0": { "type": "project" }, "AWSSDK.Core/4.0.102.17": { "type": "package" } } }""");
        var standIns = (await CheckAsync(template))["packages"]!;
        standIns["status"]!.GetValue<string>().ShouldBe("look");
        standIns["detail"]!.GetValue<string>().ShouldContain("Amazon.Lambda.Core");

        string[] official =
        [
            "Amazon.Lambda.Core", "Amazon.Lambda.SQSEvents", "Amazon.Lambda.APIGatewayEvents", "Amazon.Lambda.RuntimeSupport", "Amazon.Lambda.Annotations",
            "Amazon.Lambda.Serialization.SystemTextJson", "AWSSDK.StepFunctions", "AWSSDK.BedrockAgentRuntime",
        ];
        await BundleAsync($$"""{ "libraries": { {{string.Join(", ", official.Select(name => $$"""  "{{name}}/2.0.0": { "type": "package" } """))}} } }""");
        (await CheckAsync(template))["packages"]!["status"]!.GetValue<string>().ShouldBe("ok");
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{ "Parameters": {} }""")]
    [InlineData("""{ "Resources": { "Nameless": {} } }""")]
    public async Task What_is_no_template_is_refused_by_its_name(string content)
    {
        var template = await TemplateAsync(content);
        var (exitCode, _, error) = await command.RunAsync("deploy-check", "--template", template, "--bundle", command.Folder);
        exitCode.ShouldBe(3);
        error.ReplaceLineEndings("").ShouldContain("is no CloudFormation template");
    }

    [Fact]
    public async Task A_folder_without_templates_names_the_command_that_makes_them()
    {
        var (exitCode, _, error) = await command.RunAsync("deploy-check", "--template", command.Folder, "--bundle", command.Folder);
        exitCode.ShouldBe(4);
        error.ShouldContain("cdk synth");
    }

    [Fact]
    public async Task A_load_below_zero_is_refused()
    {
        var template = await TemplateAsync("""{ "Resources": {} }""");
        (await command.RunAsync("deploy-check", "--template", template, "--incidents", "-1")).ExitCode.ShouldBe(2);
        (await command.RunAsync("deploy-check", "--template", template, "--model-dollars", "-0.01")).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task A_command_of_this_machine_refuses_a_stack()
    {
        var (exitCode, _, error) = await command.RunAsync("--stack", "aiops-prod", "doctor");
        exitCode.ShouldBe(2);
        error.ShouldContain("on this machine alone");
    }

    private async Task<JsonNode> CheckAsync(string template, params string[] more)
    {
        var (exitCode, output, _) = await command.RunAsync(["deploy-check", "--template", template, "--bundle", Path.Combine(command.Folder, "bundle"), "--json", .. more]);
        exitCode.ShouldBe(0);
        return JsonNode.Parse(output)!;
    }

    private async Task<string> TemplateAsync(string content)
    {
        var file = Path.Combine(command.Folder, "aiops-test.template.json");
        await File.WriteAllTextAsync(file, content);
        return file;
    }

    private async Task BundleAsync(string content)
    {
        Directory.CreateDirectory(Path.Combine(command.Folder, "bundle"));
        await File.WriteAllTextAsync(Path.Combine(command.Folder, "bundle", "Aiops.Functions.deps.json"), content);
    }
}
