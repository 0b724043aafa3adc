using System.Net;
using Amazon;
using Amazon.Runtime;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;

namespace Aiops.Aws.Tests.StandIns; // Not named after its folder: in there, Amazon would hide the SDK's own namespace.

/// <summary>The client of Step Functions at the wire: AWS JSON 1.0, signed, errors as exceptions of their names.</summary>
public class StepFunctionsClientTests : IAsyncLifetime
{
    private const string Machine = "arn:aws:states:eu-west-1:123456789012:stateMachine:incident";
    private const string Execution = "arn:aws:states:eu-west-1:123456789012:execution:incident:i-1";
    private AwsPeer peer = null!;
    private AmazonStepFunctionsClient client = null!;

    public async Task InitializeAsync()
    {
        peer = await AwsPeer.StartAsync();
        client = new AmazonStepFunctionsClient(
            new BasicAWSCredentials("AKIDEXAMPLE", "secret"),
            new AmazonStepFunctionsConfig { ServiceURL = peer.Url, AuthenticationRegion = "eu-west-1", MaxErrorRetry = 0 });
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await peer.DisposeAsync();
    }

    [Fact]
    public async Task An_execution_is_started_by_name_and_signed_for_states()
    {
        peer.Answers($$"""{"executionArn":"{{Execution}}","startDate":1773484200.123}""");
        var started = await client.StartExecutionAsync(new StartExecutionRequest { StateMachineArn = Machine, Name = "i-1", Input = """{"incidentId":"i-1"}""" });
        started.ExecutionArn.ShouldBe(Execution);
        started.StartDate.ShouldBe(new DateTime(2026, 3, 14, 10, 30, 0, 123, DateTimeKind.Utc));
        started.HttpStatusCode.ShouldBe(HttpStatusCode.OK);
        started.ResponseMetadata.RequestId.ShouldBe("b1946ac9-2492-4a4d-b6d1-1f2d9f1d9f1d");

        var asked = peer.Requests.ShouldHaveSingleItem();
        (asked.Method, asked.Path).ShouldBe(("POST", "/"));
        asked.Headers["X-Amz-Target"].ShouldBe("AWSStepFunctions.StartExecution");
        asked.Headers["Content-Type"].ShouldBe("application/x-amz-json-1.0");
        asked.Headers["Authorization"].ShouldMatch(
            @"^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/\d{8}/eu-west-1/states/aws4_request, SignedHeaders=[a-z0-9;-]*host[a-z0-9;-]*, Signature=[0-9a-f]{64}$");
        asked.Body.ShouldBe($$"""{"input":"{\u0022incidentId\u0022:\u0022i-1\u0022}","name":"i-1","stateMachineArn":"{{Machine}}"}""");
    }

    [Theory]
    [InlineData("ExecutionAlreadyExists", typeof(ExecutionAlreadyExistsException))]
    [InlineData("ExecutionLimitExceeded", typeof(ExecutionLimitExceededException))]
    [InlineData("StateMachineDoesNotExist", typeof(StateMachineDoesNotExistException))]
    [InlineData("StateMachineDeleting", typeof(StateMachineDeletingException))]
    [InlineData("InvalidName", typeof(InvalidNameException))]
    [InlineData("InvalidArn", typeof(InvalidArnException))]
    [InlineData("InvalidExecutionInput", typeof(InvalidExecutionInputException))]
    [InlineData("ValidationException", typeof(ValidationException))]
    [InlineData("KmsAccessDeniedException", typeof(KmsAccessDeniedException))]
    [InlineData("SomethingNew", typeof(AmazonStepFunctionsException))]
    public async Task An_error_is_an_exception_of_its_name(string code, Type type)
    {
        peer.Answers($$"""{"__type":"com.amazonaws.swf.service.v2.model#{{code}}","message":"No: {{code}}"}""", status: 400);
        var failure = await Should.ThrowAsync<AmazonStepFunctionsException>(
            client.StartExecutionAsync(new StartExecutionRequest { StateMachineArn = Machine }));
        failure.GetType().ShouldBe(type);
        failure.ErrorCode.ShouldBe(code);
        failure.Message.ShouldBe($"No: {code}");
        failure.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        failure.RequestId.ShouldBe("b1946ac9-2492-4a4d-b6d1-1f2d9f1d9f1d");
    }

    [Theory]
    [InlineData("TaskTimedOut", typeof(TaskTimedOutException))]
    [InlineData("TaskDoesNotExist", typeof(TaskDoesNotExistException))]
    [InlineData("InvalidToken", typeof(InvalidTokenException))]
    [InlineData("InvalidOutput", typeof(InvalidOutputException))]
    public async Task A_token_that_is_over_is_told_from_one_that_never_was(string code, Type type)
    {
        peer.Answers($$"""{"__type":"{{code}}"}""", status: 400);
        var failure = await Should.ThrowAsync<AmazonStepFunctionsException>(
            client.SendTaskSuccessAsync(new SendTaskSuccessRequest { TaskToken = "t", Output = "{}" }));
        failure.GetType().ShouldBe(type);
    }

    [Fact]
    public async Task Tokens_are_answered_with_success_failure_or_a_heartbeat()
    {
        peer.Answers("{}").Answers("{}").Answers("{}");
        await client.SendTaskSuccessAsync(new SendTaskSuccessRequest { TaskToken = "t", Output = "true" });
        await client.SendTaskFailureAsync(new SendTaskFailureRequest { TaskToken = "t", Error = "E", Cause = "c" });
        await client.SendTaskHeartbeatAsync(new SendTaskHeartbeatRequest { TaskToken = "t" });
        peer.Requests.Select(asked => (asked.Headers["X-Amz-Target"], asked.Body)).ShouldBe(
        [
            ("AWSStepFunctions.SendTaskSuccess", """{"output":"true","taskToken":"t"}"""),
            ("AWSStepFunctions.SendTaskFailure", """{"cause":"c","error":"E","taskToken":"t"}"""),
            ("AWSStepFunctions.SendTaskHeartbeat", """{"taskToken":"t"}"""),
        ]);
    }

    [Fact]
    public async Task What_a_description_lacks_is_null()
    {
        peer.Answers($$"""
            {"executionArn":"{{Execution}}","stateMachineArn":"{{Machine}}","status":"RUNNING","startDate":1773484200,"input":"{}",
             "inputDetails":{"included":true},"redriveCount":0,"redriveStatus":"NOT_REDRIVABLE"}
            """);
        var described = await client.DescribeExecutionAsync(new DescribeExecutionRequest { ExecutionArn = Execution, IncludedData = IncludedData.ALL_DATA });
        described.Status.ShouldBe(ExecutionStatus.RUNNING);
        described.InputDetails.Included.ShouldBe(true);
        described.RedriveCount.ShouldBe(0);
        described.RedriveStatus.ShouldBe(ExecutionRedriveStatus.NOT_REDRIVABLE);
        described.StopDate.ShouldBeNull();
        described.Output.ShouldBeNull();
        peer.Requests.Single().Body.ShouldBe($$"""{"executionArn":"{{Execution}}","includedData":"ALL_DATA"}""");
    }

    [Fact]
    public async Task Executions_are_listed_a_page_at_a_time_and_stopped()
    {
        peer.Answers($$"""{"executions":[{"executionArn":"{{Execution}}","name":"i-1","status":"FAILED","stopDate":1773484201}],"nextToken":"n"}""")
            .Answers("""{"stopDate":1773484201}""");
        var page = await client.ListExecutionsAsync(new ListExecutionsRequest { StateMachineArn = Machine, StatusFilter = ExecutionStatus.FAILED, MaxResults = 1 });
        page.NextToken.ShouldBe("n");
        page.Executions.Single().Status.ShouldBe(ExecutionStatus.FAILED);
        (await client.StopExecutionAsync(new StopExecutionRequest { ExecutionArn = Execution, Cause = "c" })).StopDate!.Value.Second.ShouldBe(1);
        peer.Requests[0].Body.ShouldBe($$"""{"maxResults":1,"stateMachineArn":"{{Machine}}","statusFilter":"FAILED"}""");
    }

    [Fact]
    public async Task A_throttle_is_tried_again_by_the_pipeline()
    {
        using var patient = new AmazonStepFunctionsClient(
            new BasicAWSCredentials("AKIDEXAMPLE", "secret"),
            new AmazonStepFunctionsConfig { ServiceURL = peer.Url, AuthenticationRegion = "eu-west-1", MaxErrorRetry = 1 });
        peer.Answers("""{"__type":"ThrottlingException"}""", status: 400).Answers("{}");
        await patient.SendTaskHeartbeatAsync(new SendTaskHeartbeatRequest { TaskToken = "t" });
        peer.Requests.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("eu-west-1", false, false, "https://states.eu-west-1.amazonaws.com/")]
    [InlineData("us-east-1", true, false, "https://states-fips.us-east-1.amazonaws.com/")]
    [InlineData("us-gov-west-1", true, false, "https://states.us-gov-west-1.amazonaws.com/")]
    [InlineData("eu-west-1", false, true, "https://states.eu-west-1.api.aws/")]
    [InlineData("cn-north-1", false, false, "https://states.cn-north-1.amazonaws.com.cn/")]
    public void The_endpoint_follows_the_region_and_its_variants(string region, bool fips, bool dualStack, string url)
    {
        var config = new AmazonStepFunctionsConfig
        {
            RegionEndpoint = RegionEndpoint.GetBySystemName(region),
            UseFIPSEndpoint = fips,
            UseDualstackEndpoint = dualStack,
        };
        config.DetermineServiceOperationEndpoint(new(new StartExecutionRequest())).URL.TrimEnd('/').ShouldBe(url.TrimEnd('/'));
    }
}
