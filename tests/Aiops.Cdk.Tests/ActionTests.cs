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
                "arn:aws:ssm:eu-west-1:111122223333:automation-definition/AWS-RestartEC2Instance:$DEFAULT",
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

    [Fact]
    public void The_list_stands_in_the_workflow_as_JSON_within_a_JSON_text()
    {
        var machine = app.Actions.OfType("AWS::StepFunctions::StateMachine").ShouldHaveSingleItem();
        var definition = machine.Text("DefinitionString");
        foreach (var (name, value) in machine.Property("DefinitionSubstitutions")!.AsObject())
        {
            definition = definition.Replace($"${{{name}}}", Template.Render(value), StringComparison.Ordinal);
        }

        var parsed = System.Text.Json.Nodes.JsonNode.Parse(definition)!;
        parsed["States"]!["CompareWithTheList"]!["Parameters"]!["listed.$"]!.ToString()
            .ShouldContain("""'["AWS-RestartEC2Instance","ShopScaleOut"]'""");
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
