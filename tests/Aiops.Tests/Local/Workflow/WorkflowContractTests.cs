using Aiops.Local.Workflow;
using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.GatherContext.Sources;
using Aiops.StateMachine.Definition;

namespace Aiops.Tests.Local.Workflow;

/// <summary>The workflow files and the code agree: each function is a stage, each error that is retried by name is thrown.</summary>
public class WorkflowContractTests
{
    private static readonly string[] Stages = ["Classify", "GatherContext", "FindRootCause", "Reason", "Recommend", "Comment", "Review", "Learn"];

    private static readonly string[] OurRetryable =
    [
        nameof(SourceUnavailableException), nameof(StoreUnavailableException), nameof(StageDeadlineException), nameof(TicketSystemUnavailableException),
    ];

    [Theory]
    [InlineData(WorkflowCatalog.Incident)]
    [InlineData(WorkflowCatalog.Review)]
    public void Each_function_that_a_workflow_calls_is_a_stage(string workflow)
        => Parse(workflow).FunctionNames.Except(Stages).ShouldBeEmpty();

    [Fact]
    public void Each_stage_is_called_by_the_incident_workflow()
        => Stages.Except(Parse(WorkflowCatalog.Incident).FunctionNames).ShouldBeEmpty();

    [Theory]
    [InlineData(WorkflowCatalog.Incident)]
    [InlineData(WorkflowCatalog.Review)]
    public void Each_error_that_a_workflow_names_is_one_that_we_throw_or_that_the_service_does(string workflow)
        => Parse(workflow).HandledErrors
            .Where(error => !error.StartsWith("States.", StringComparison.Ordinal) && !error.StartsWith("Lambda.", StringComparison.Ordinal))
            .Except(OurRetryable)
            .ShouldBeEmpty();

    [Fact]
    public void The_file_that_is_embedded_is_the_file_that_CDK_deploys()
        => WorkflowCatalog.Read(WorkflowCatalog.Incident)
            .ShouldBe(File.ReadAllText(Path.Combine(TestPaths.Root, "cdk", "workflows", "incident.asl.json")));

    private static StateMachineDefinition Parse(string workflow)
        => StateMachineDefinition.Parse(WorkflowCatalog.Read(workflow), Stages.ToDictionary(stage => stage + "Function"));
}
