using System.Text.RegularExpressions;
using Aiops.Cdk.Functions;
using Aiops.Cdk.Parameters;
using Aiops.Cdk.Tests.Synthesis;

namespace Aiops.Cdk.Tests;

/// <summary>What the stack and the functions have agreed on.</summary>
[Collection(Synthesized.Name)]
public sealed partial class HostTests(SynthesizedApp app)
{
    [Theory]
    [InlineData("AIOPS_ENVIRONMENT", "full")]
    [InlineData("AIOPS_TABLE", @"\$\{StoresIncidents[0-9A-F]{8}\}")]
    [InlineData("AIOPS_CHANGES_TABLE", @"\$\{StoresChanges[0-9A-F]{8}\}")]
    [InlineData("AIOPS_DOCUMENTS_BUCKET", @"\$\{StoresDocuments[0-9A-F]{8}\}")]
    [InlineData("AIOPS_KNOWLEDGE_BUCKET", @"\$\{StoresKnowledge[0-9A-F]{8}\}")]
    [InlineData("AIOPS_KNOWLEDGE_BASE_ID", @"\$\{KnowledgeBase[0-9A-F]{8}\.KnowledgeBaseId\}")]
    [InlineData("AIOPS_DATA_SOURCE_ID", @"\$\{KnowledgeBaseCases[0-9A-F]{8}\.DataSourceId\}")]
    [InlineData("AIOPS_INCIDENT_STATE_MACHINE", "arn:aws:states:eu-west-1:111122223333:stateMachine:aiops-full-incident")]
    [InlineData("AIOPS_REVIEW_STATE_MACHINE", "arn:aws:states:eu-west-1:111122223333:stateMachine:aiops-full-review")]
    [InlineData("AIOPS_URGENT_QUEUE_URL", @"\$\{TriggerQueuesUrgentLaneQueue[0-9A-F]{8}\}")]
    [InlineData("AIOPS_ROUTINE_QUEUE_URL", @"\$\{TriggerQueuesRoutineLaneQueue[0-9A-F]{8}\}")]
    [InlineData("AIOPS_URGENT_DEAD_LETTERS_URL", @"\$\{TriggerQueuesUrgentLaneDeadLetters[0-9A-F]{8}\}")]
    [InlineData("AIOPS_ROUTINE_DEAD_LETTERS_URL", @"\$\{TriggerQueuesRoutineLaneDeadLetters[0-9A-F]{8}\}")]
    [InlineData("AIOPS_SETTLE_SECONDS", "60")]
    [InlineData("AIOPS_MAX_ROUNDS", "3")]
    [InlineData("AIOPS_LOG_GROUPS", @"/aws/lambda/checkout,/ecs/shop\*")]
    [InlineData("AIOPS_WATCHED_SERVICES", "checkout")]
    [InlineData("AIOPS_WEBHOOK_SECRET", @"\$\{WebhookSecret[0-9A-F]{8}\}")]
    [InlineData("AIOPS_MAINTENANCE_PARAMETER", @"\$\{SwitchesMaintenance[0-9A-F]{8}\}")]
    [InlineData("AIOPS_MUTE_PARAMETER", @"\$\{SwitchesMute[0-9A-F]{8}\}")]
    [InlineData("AIOPS_APPLICATION_SIGNALS_CHANGES", "true")]
    [InlineData("AIOPS_CONFIG_CHANGES", "true")]
    [InlineData("AIOPS_OWN_ALARM_PREFIX", "aiops-full-")]
    public void Every_function_is_told(string variable, string pattern)
    {
        foreach (var handler in Handler.All)
        {
            app.Full.Function(handler.Name).Text("Environment", "Variables", variable).ShouldMatch($"^{pattern}$");
        }
    }

    [Theory]
    [InlineData("FindRootCause")]
    [InlineData("Reason")] // Told one thing more, as the sweep is.
    [InlineData("Sweep")]
    public void The_environment_of_a_function_has_room_for_the_longest_lists_that_are_taken(string handler)
    {
        // Names that CloudFormation makes, of buckets say, have 63 characters; queues' addresses and ARNs are longer.
        var variables = app.Full.Function(handler).Property("Environment", "Variables")!.AsObject();
        var without = variables.Where(pair => pair.Key is not ("AIOPS_LOG_GROUPS" or "AIOPS_WATCHED_SERVICES"))
            .Sum(pair => pair.Key.Length + LongestOf(pair.Key, Template.Render(pair.Value)));

        (without + "AIOPS_LOG_GROUPS".Length + "AIOPS_WATCHED_SERVICES".Length + ParameterReader.MostListed)
            .ShouldBeLessThanOrEqualTo(4096);

        static int LongestOf(string key, string value) => key switch
        {
            "AIOPS_OWN_ALARM_PREFIX" => 128,
            "AIOPS_TICKETS_SETTINGS" or "AIOPS_MODEL_SETTINGS" => 63,
            _ when value.StartsWith("arn:", StringComparison.Ordinal) || key.EndsWith("_URL", StringComparison.Ordinal)
                || key == "AIOPS_WEBHOOK_SECRET" => 120,
            _ when value.StartsWith("${", StringComparison.Ordinal) => 63,
            _ => value.Length,
        };
    }

    [Fact]
    public void What_is_not_there_is_not_told()
    {
        var variables = app.Least.Function("Intake").Property("Environment", "Variables")!.AsObject();

        variables.ContainsKey("AIOPS_KNOWLEDGE_BASE_ID").ShouldBeFalse();
        variables.ContainsKey("AIOPS_LOG_GROUPS").ShouldBeFalse();
        variables.ContainsKey("AIOPS_APPLICATION_SIGNALS_CHANGES").ShouldBeFalse();
        variables.ContainsKey("AIOPS_CONFIG_CHANGES").ShouldBeFalse();
        variables.ShouldAllBe(variable => Template.Render(variable.Value) != "");
    }

    [Fact]
    public void The_outputs_are_those_that_the_command_reads()
        => app.Full.Json["Outputs"]!.AsObject().Select(pair => pair.Key).ShouldBe(
            [
                "Table", "ChangesTable", "DocumentsBucket", "KnowledgeBucket", "KnowledgeBaseId", "DataSourceId",
                    "UrgentQueueUrl", "RoutineQueueUrl",
                "UrgentDeadLettersUrl", "RoutineDeadLettersUrl", "IncidentStateMachineArn", "ReviewStateMachineArn", "ApiUrl",
                "SettleSeconds", "MaxRounds", "ModelSettings",
            ],
            ignoreOrder: true);

    [Fact]
    public void Executions_that_the_command_starts_wait_and_repeat_as_those_of_the_functions()
    {
        var told = app.Full.Function("Intake").Property("Environment", "Variables")!;

        app.Full.OutputValue("SettleSeconds").ShouldBe(told["AIOPS_SETTLE_SECONDS"]!.ToString());
        app.Full.OutputValue("MaxRounds").ShouldBe(told["AIOPS_MAX_ROUNDS"]!.ToString());
    }

    [Fact]
    public void The_handlers_deployed_are_those_of_the_executable()
    {
        var handlers = Directory.EnumerateFiles(Repository.PathTo("src", "Aiops.Functions"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains(
                $"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Annotated().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value)
            .ToList();

        handlers.ShouldBe(Handler.All.Select(handler => handler.Name), ignoreOrder: true);
    }

    [Fact]
    public void What_the_functions_read_of_their_environment_is_what_they_are_told()
    {
        var read = Variable().Matches(File.ReadAllText(Repository.PathTo("src", "Aiops.Aws", "AwsHostSettings.cs")))
            .Select(match => match.Value).Distinct();
        var told = new[] { "Intake", "Reason" }
            .SelectMany(handler => app.Full.Function(handler).Property("Environment", "Variables")!.AsObject()).Select(pair => pair.Key);

        read.Except(told).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, "24")]
    [InlineData(false, "")]
    public void Intake_is_reserved_what_both_lanes_may_use_where_the_account_has_it(bool reserved, string concurrency)
        => (reserved ? app.Full : app.Other).Function("Intake").Text("ReservedConcurrentExecutions").ShouldBe(concurrency);

    [Fact]
    public void A_template_stays_well_below_what_CloudFormation_takes()
    {
        foreach (var template in app.All)
        {
            template.Resources.Count.ShouldBeLessThan(400); // 500 are taken.
            new FileInfo(template.File).Length.ShouldBeLessThan(900_000); // 1 MB is taken.
            template.Json["Outputs"]?.AsObject().Count.ShouldBeLessThan(200);
        }
    }

    [Fact]
    public void The_guide_to_deployment_says_how_many_resources_there_are()
    {
        var guide = File.ReadAllText(Repository.PathTo("docs", "deploy.md"));
        var (least, most) = (app.Environments.Min(template => template.Resources.Count), app.Environments.Max(template => template.Resources.Count));

        guide.ShouldContain($"one account and Region: {least} to {most} resources");
        guide.ShouldContain($"| 500 resources, 1 MB a template | {most}, ");
    }

    [GeneratedRegex(@"\[LambdaFunction[^\]]*\](?:\s*\[[^\n]*\])*\s*public\s+(?:async\s+)?[\w<>\[\]?., ]+?\s+(\w+)\(")]
    private static partial Regex Annotated();

    [GeneratedRegex("AIOPS_[A-Z_]+")]
    private static partial Regex Variable();
}
