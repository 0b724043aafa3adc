using System.Text.Json.Nodes;
using Aiops.Aws.StepFunctions;
using Aiops.Aws.Tests.Wire.Peer;
using Aiops.Pipeline;
using Amazon.StepFunctions;

namespace Aiops.Aws.Tests.StepFunctions;

/// <summary>Which answers of Step Functions mean what: started, no longer waited for, later.</summary>
public sealed class StepFunctionsTests : IAsyncLifetime
{
    private const string Machine = "arn:aws:states:eu-central-1:111122223333:stateMachine:incident";

    private AwsPeer peer = null!;
    private AmazonStepFunctionsClient client = null!;

    public async Task InitializeAsync()
    {
        peer = await AwsPeer.StartAsync();
        AmazonStepFunctionsConfig config = new() { ServiceURL = peer.Address.ToString(), AuthenticationRegion = AwsPeer.Region, MaxErrorRetry = 0 };
        client = new AmazonStepFunctionsClient(peer.Options.Credentials, config);
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await peer.DisposeAsync();
    }

    [Fact]
    public async Task An_execution_bears_the_incidents_name()
    {
        peer.On("StartExecution", """{"executionArn":"arn:aws:states:eu-central-1:111122223333:execution:incident:INC-1","startDate":1773484200}""");
        await new StepFunctionsStarter(client, Machine).StartAsync("INC-1", """{"incidentId":"INC-1"}""", default);
        var asked = JsonNode.Parse(peer.CallsOf("StartExecution").ShouldHaveSingleItem().Body)!;
        (asked["name"]!.GetValue<string>(), asked["stateMachineArn"]!.GetValue<string>(), asked["input"]!.GetValue<string>())
            .ShouldBe(("INC-1", Machine, """{"incidentId":"INC-1"}"""));
    }

    [Fact]
    public async Task One_that_exists_counts_as_started()
    {
        peer.On("StartExecution", PeerAnswer.Error("ExecutionAlreadyExists", "it does"));
        await new StepFunctionsStarter(client, Machine).StartAsync("INC-1", "{}", default);
        peer.CallsOf("StartExecution").Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("ExecutionLimitExceeded", 400)]
    [InlineData("ThrottlingException", 400)]
    [InlineData("ServiceUnavailable", 503)]
    public async Task One_that_cannot_be_started_now_is_tried_again_by_the_sweep(string code, int status)
    {
        peer.On("StartExecution", PeerAnswer.Error(code, "later", status)).On("SendTaskSuccess", PeerAnswer.Error(code, "later", status));
        await Should.ThrowAsync<StoreUnavailableException>(() => new StepFunctionsStarter(client, Machine).StartAsync("INC-1", "{}", default));
        await Should.ThrowAsync<StoreUnavailableException>(() => new StepFunctionsCallbacks(client).SendTaskSuccessAsync("token", "{}", default));
    }

    [Fact]
    public async Task A_state_machine_that_is_not_there_is_our_own_mistake()
    {
        peer.On("StartExecution", PeerAnswer.Error("StateMachineDoesNotExist", "none"));
        await Should.ThrowAsync<AmazonStepFunctionsException>(() => new StepFunctionsStarter(client, Machine).StartAsync("INC-1", "{}", default));
    }

    [Theory]
    [InlineData("TaskTimedOut")]
    [InlineData("TaskDoesNotExist")]
    [InlineData("InvalidToken")]
    public async Task A_token_that_nobody_waits_for_is_told_so(string code)
    {
        peer.On("SendTaskSuccess", PeerAnswer.Error(code, "gone"));
        (await new StepFunctionsCallbacks(client).SendTaskSuccessAsync("token", "{}", default)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_token_that_is_waited_for_is_answered()
    {
        peer.On("SendTaskSuccess", "{}");
        (await new StepFunctionsCallbacks(client).SendTaskSuccessAsync("token", """{"signal":"resolved"}""", default)).ShouldBeTrue();
        JsonNode.Parse(peer.Calls.Single().Body)!["taskToken"]!.GetValue<string>().ShouldBe("token");
    }
}
