using System.Diagnostics;
using System.Text.Json.Nodes;
using Aiops.Cdk.Tests.Synthesis;
using Aiops.Cdk.Workflows;

namespace Aiops.Cdk.Tests;

[Collection(Synthesized.Name)]
public sealed class WorkflowTests(SynthesizedApp app)
{
    [Theory]
    [InlineData("incident")]
    [InlineData("review")]
    public void What_is_deployed_is_the_file_to_the_letter(string name)
    {
        var machine = app.Full.Named("AWS::StepFunctions::StateMachine", "StateMachineName", $"aiops-full-{name}");

        machine.Text("DefinitionString").ShouldBe(File.ReadAllText(Repository.PathTo("cdk", "workflows", $"{name}.asl.json")));
    }

    [Theory]
    [InlineData("incident")]
    [InlineData("review")]
    public void Every_function_that_a_workflow_names_is_deployed_and_may_be_invoked_by_it_alone(string name)
    {
        var machine = app.Full.Named("AWS::StepFunctions::StateMachine", "StateMachineName", $"aiops-full-{name}");
        var named = WorkflowFiles.Substitutions(machine.Text("DefinitionString"));
        var given = machine.Property("DefinitionSubstitutions")!.AsObject();

        given.Select(pair => pair.Key).ShouldBe(named, ignoreOrder: true);
        foreach (var (substitution, arn) in given)
        {
            Template.Render(arn).ShouldBe($"${{{app.Full.Function(substitution[..^"Function".Length]).Id}.Arn}}");
        }

        var role = machine.Property("RoleArn")!["Fn::GetAtt"]![0]!.ToString();
        var invoked = app.Full.StatementsOf(role).Where(statement => statement.Actions.Contains("lambda:InvokeFunction"))
            .SelectMany(statement => statement.Resources);
        invoked.ShouldBe(given.Select(pair => Template.Render(pair.Value)), ignoreOrder: true);
    }

    [Fact]
    public void Workflows_log_every_event_and_no_payload_and_are_traced()
    {
        foreach (var machine in app.All.SelectMany(template => template.OfType("AWS::StepFunctions::StateMachine")))
        {
            machine.Text("LoggingConfiguration", "IncludeExecutionData").ShouldBe("false");
            machine.Text("LoggingConfiguration", "Level").ShouldBe("ALL");
            machine.Text("TracingConfiguration", "Enabled").ShouldBe("true");
        }
    }

    [Fact]
    public void A_function_ends_five_seconds_before_the_longest_state_that_waits_for_it()
    {
        foreach (var task in TasksOf(JsonNode.Parse(WorkflowFiles.Read("incident"))!).GroupBy(
            task => task.Handler, task => task.Timeout))
        {
            app.Full.Function(task.Key).Property("Timeout")!.GetValue<int>().ShouldBe(task.Max() - 5, task.Key);
        }
    }

    [FactNeedingNpm("asl-validator")]
    public async Task The_definitions_pass_the_validator_of_the_States_Language()
    {
        string[] files = ["incident", "review", "action", "approved-action"];
        foreach (var file in files)
        {
            using var validator = Process.Start(new ProcessStartInfo("node")
            {
                ArgumentList =
                {
                    Repository.PathTo("tests", "npm", "node_modules", "asl-validator", "dist", "bin", "asl-validator.js"),
                    "--json-path", Repository.PathTo("cdk", "workflows", $"{file}.asl.json"),
                },
                RedirectStandardOutput = true,
                UseShellExecute = false,
                RedirectStandardError = true,
            })!;
            var said = await validator.StandardOutput.ReadToEndAsync() + await validator.StandardError.ReadToEndAsync();
            await validator.WaitForExitAsync();
            validator.ExitCode.ShouldBe(0, $"{file}: {said}");
        }
    }

    private static IEnumerable<(string Handler, int Timeout)> TasksOf(JsonNode? node) => node switch
    {
        JsonObject task when task["Type"]?.ToString() == "Task"
            && task["Resource"]?.ToString() == "arn:aws:states:::lambda:invoke"
            => [(task["Parameters"]!["FunctionName"]!.ToString()[2..^"Function}".Length],
                task["TimeoutSeconds"]!.GetValue<int>())],
        JsonObject other => other.SelectMany(pair => TasksOf(pair.Value)),
        JsonArray many => many.SelectMany(TasksOf),
        _ => [],
    };
}
