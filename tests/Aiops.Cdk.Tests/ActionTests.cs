using System.Text.Json.Nodes;
using Aiops.Cdk.Tests.Synthesis;

namespace Aiops.Cdk.Tests;

[Collection(Synthesized.Name)]
public sealed class ActionTests(SynthesizedApp app)
{
    [Fact]
    public void Nobody_gets_the_stack_of_actions_unasked()
        => File.Exists(Path.Combine(app.Output, "aiops-least-actions.template.json")).ShouldBeFalse();

    [Fact]
    public void The_workflow_starts_the_named_documents_and_no_others()
    {
        var start = Statements("WorkflowRole").Single(statement => statement.Actions.Contains("ssm:StartAutomationExecution"));

        start.Resources.ShouldBe(
            [
                "arn:aws:ssm:eu-west-1::document/AWS-RestartEC2Instance",
                "arn:aws:ssm:eu-west-1::automation-definition/AWS-RestartEC2Instance:$DEFAULT",
                "arn:aws:ssm:eu-west-1::document/AWSSupport-ExecuteEC2Rescue",
                "arn:aws:ssm:eu-west-1::automation-definition/AWSSupport-ExecuteEC2Rescue:$DEFAULT",
                "arn:aws:ssm:eu-west-1:111122223333:document/ShopScaleOut",
                "arn:aws:ssm:eu-west-1:111122223333:automation-definition/ShopScaleOut:$DEFAULT",
                "arn:aws:ssm:eu-west-1:111122223333:automation-execution/*",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public void The_workflow_hands_on_one_role_to_Systems_Manager_alone()
    {
        var pass = Statements("WorkflowRole").Single(statement => statement.Actions.Contains("iam:PassRole"));

        pass.Resources.ShouldHaveSingleItem().ShouldStartWith("${AutomationRole");
        pass.Json["Condition"]!["StringEquals"]!["iam:PassedToService"]!.ToString().ShouldBe("ssm.amazonaws.com");
    }

    [Fact]
    public void What_a_document_may_do_is_said_by_the_named_policies_and_nothing_else()
    {
        var role = app.Actions.OfType("AWS::IAM::Role")
            .Single(one => one.Id.StartsWith("AutomationRole", StringComparison.Ordinal));

        role.Property("ManagedPolicyArns")!.AsArray().ShouldHaveSingleItem()!.ToString()
            .ShouldBe("arn:aws:iam::111122223333:policy/ShopRestart");
        role.Property("Policies").ShouldBeNull();
        app.Actions.StatementsOf(role.Id).ShouldBeEmpty();
        Statement.Of(role).Single().Principal.ShouldBe("ssm.amazonaws.com");
    }

    [TheoryNeedingNpm("aws-local-stepfunctions")]
    [InlineData("""{"approval": {"approvedBy": "kim"}, "document": "ShopScaleOut"}""", "Success",
        """started ShopScaleOut {"Count":["2"],"AutomationAssumeRole":[""")]
    [InlineData("""{"approval": {"approvedBy": "kim"}, "document": "ShopDeleteAll"}""", "Success",
        "is not among aiops:actions.documents")]
    [InlineData("""{"approval": {"approvedBy": ""}, "document": "ShopScaleOut"}""", "Success", "Nobody is named who approved it")]
    [InlineData("""{"approval": {}, "document": "ShopScaleOut"}""", "Success", "Nobody is named who approved it")]
    [InlineData("""{"approval": {"approvedBy": "kim"}, "document": "ShopScaleOut"}""", "TimedOut", "ended without success")]
    [InlineData("""{"approval": {"approvedBy": "kim"}, "document": "ShopScaleOut"}""", "InProgress,Success",
        "started ShopScaleOut ")]
    public async Task The_workflow_runs_what_is_listed_and_approved_and_nothing_else(
        string input, string automation, string outcome)
    {
        var machine = app.Actions.OfType("AWS::StepFunctions::StateMachine").ShouldHaveSingleItem();
        var definition = machine.Text("DefinitionString");
        foreach (var (name, value) in machine.Property("DefinitionSubstitutions")!.AsObject())
        {
            definition = definition.Replace($"${{{name}}}", Template.Render(value), StringComparison.Ordinal);
        }

        var request = JsonNode.Parse(input)!.AsObject();
        request["incidentId"] = "i-1";
        request["parameters"] = new JsonObject { ["Count"] = new JsonArray("2") };
        (await LocalStepFunctions.RunAsync(definition, request, automation)).ShouldContain(outcome);
    }

    [Fact]
    public void The_log_of_what_was_done_outlives_the_stack_with_the_key_that_reads_it()
    {
        app.Actions.OfType("AWS::Logs::LogGroup").ShouldHaveSingleItem().Json["DeletionPolicy"]!.ToString().ShouldBe("Retain");
        app.Actions.OfType("AWS::KMS::Key").ShouldHaveSingleItem().Json["DeletionPolicy"]!.ToString().ShouldBe("Retain");
    }

    [Fact]
    public void Nothing_in_an_environment_may_start_an_action()
        => app.Environments.SelectMany(template => template.OfType("AWS::IAM::Policy")).SelectMany(Statement.Of)
            .SelectMany(statement => statement.Resources).Where(resource => resource.Contains("action", StringComparison.Ordinal))
                .ShouldBeEmpty();

    private IReadOnlyList<Statement> Statements(string role)
        => app.Actions.StatementsOf(
            app.Actions.OfType("AWS::IAM::Role").Single(one => one.Id.StartsWith(role, StringComparison.Ordinal)).Id);
}
