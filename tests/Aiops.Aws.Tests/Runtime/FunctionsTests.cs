using System.Text.Json;
using static Aiops.Aws.Tests.Runtime.LambdaRuntimeApi;

namespace Aiops.Aws.Tests.Runtime;

/// <summary>The published functions, run as Lambda runs them, on AWS services that are empty, away or slow.</summary>
public class FunctionsTests
{
    private const string Alarm = "events/cloudwatch/alarm-metric.json";

    [Fact]
    public async Task A_setting_that_is_missing_ends_the_start_and_is_named()
    {
        await using var aws = await EmptyAws.StartAsync();
        await using var api = await StartAsync();
        var environment = aws.Environment;
        environment.Remove("AIOPS_TABLE");
        await using var process = FunctionProcess.Start(await PublishedAsync(), "Intake", api, environment);
        (await process.EndAsync()).ShouldNotBe(0);
        process.Errors.ShouldContain("AIOPS_TABLE");
        api.Ready.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task An_alarm_from_the_queue_is_taken_and_its_message_not_given_back()
    {
        await using var function = await RunningAsync("Intake");
        var outcome = await function.InvokeAsync(Batch(await File.ReadAllTextAsync(Path.Combine(Command.Root, Alarm))));
        outcome.ShouldBe(new Outcome.Answer("""{"batchItemFailures":[]}"""));
        function.Aws.Said.ShouldContain("GetItem", customMessage: "the scope of the alarm is read before anything is decided");
    }

    [Fact]
    public async Task Messages_come_again_while_the_store_is_away()
    {
        await using var function = await RunningAsync("Intake", aws => aws.Instead = Unavailable);
        var outcome = await function.InvokeAsync(Batch(await File.ReadAllTextAsync(Path.Combine(Command.Root, Alarm))), TimeSpan.FromSeconds(20));
        // Each message is named, or all of the batch failed: either way SQS delivers it again.
        if (outcome is Outcome.Answer answer)
            answer.Json.ShouldBe("""{"batchItemFailures":[{"itemIdentifier":"m-1"}]}""");
        else
            outcome.ShouldBeOfType<Outcome.Error>();
    }

    [Theory]
    [InlineData("Classify")]
    [InlineData("FindRootCause")]
    [InlineData("Recommend")]
    public async Task A_store_that_is_away_is_an_error_that_the_workflow_retries(string stage)
    {
        await using var function = await RunningAsync(stage, aws => aws.Instead = Unavailable);
        var outcome = await function.InvokeAsync(Input(), TimeSpan.FromSeconds(40));
        var error = outcome.ShouldBeOfType<Outcome.Error>();
        error.ErrorType.ShouldBe("StoreUnavailableException", function.Aws.Said);
        Retried(stage).ShouldContain(error.ErrorType);
    }

    [Fact]
    public async Task A_stage_stops_shortly_before_lambda_would_and_is_retried()
    {
        await using var function = await RunningAsync("FindRootCause", aws => aws.Holds = true);
        var outcome = await function.InvokeAsync(Input(), TimeSpan.FromSeconds(3));
        var error = outcome.ShouldBeOfType<Outcome.Error>();
        error.ErrorType.ShouldBe("StageDeadlineException");
        Retried("FindRootCause").ShouldContain(error.ErrorType);
    }

    [Fact]
    public async Task A_request_without_a_valid_signature_is_turned_away()
    {
        await using var function = await RunningAsync("ReceiveEvent");
        var outcome = await function.InvokeAsync("""
            {"version":"2.0","routeKey":"POST /events","rawPath":"/events","headers":{"content-type":"application/json"},"body":"{}",
             "requestContext":{"accountId":"123456789012","http":{"method":"POST","path":"/events","sourceIp":"192.0.2.1"}},"isBase64Encoded":false}
            """);
        using var answer = JsonDocument.Parse(outcome.ShouldBeOfType<Outcome.Answer>().Json);
        answer.RootElement.GetProperty("statusCode").GetInt32().ShouldBeOneOf(401, 403);
        function.Aws.Asked.Keys.ShouldNotContain("SendMessage");
    }

    [Fact]
    public async Task Without_a_model_reason_answers_at_once_and_asks_nobody()
    {
        await using var function = await RunningAsync("Reason", aws => aws.Instead = Unavailable);
        var outcome = await function.InvokeAsync("""{"incidentId":"inc-1","round":1}""");
        outcome.ShouldBe(new Outcome.Answer("""{"incidentId":"inc-1","calls":0,"tokens":0,"microDollars":0}"""));
        function.Aws.Asked.ShouldBeEmpty();
    }

    private static (int Status, string Json)? Unavailable(string operation) =>
        (500, """{"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError","message":"away"}""");

    private static string Input() => """{"incidentId":"inc-1"}""";

    private static string Batch(string body) => JsonSerializer.Serialize(new
    {
        Records = new[]
        {
            new
            {
                messageId = "m-1",
                receiptHandle = "r",
                body,
                attributes = new { ApproximateReceiveCount = "1", SentTimestamp = "1773484200000", ApproximateFirstReceiveTimestamp = "1773484200100" },
                messageAttributes = new { },
                eventSource = "aws:sqs",
                eventSourceARN = "arn:aws:sqs:eu-west-1:123456789012:urgent",
                awsRegion = "eu-west-1",
            },
        },
    });

    /// <summary>The errors that the workflow retries a stage after.</summary>
    private static IEnumerable<string> Retried(string stage)
    {
        using var workflow = JsonDocument.Parse(File.ReadAllText(Path.Combine(Command.Root, "cdk", "workflows", "incident.asl.json")));
        return [.. workflow.RootElement.GetProperty("States").GetProperty(stage).GetProperty("Retry").EnumerateArray()
            .SelectMany(retry => retry.GetProperty("ErrorEquals").EnumerateArray()).Select(error => error.GetString()!)];
    }

    private static Task<string> PublishedAsync() => PublishedFunctions.AssemblyOfAsync("src/Aiops.Functions");

    private static async Task<Running> RunningAsync(string handler, Action<EmptyAws>? tell = null)
    {
        var assembly = await PublishedAsync();
        var aws = await EmptyAws.StartAsync();
        tell?.Invoke(aws);
        var api = await StartAsync();
        var environment = aws.Environment;
        environment["AWS_MAX_ATTEMPTS"] = "1"; // The SDK's patience with a service that is away is not what these tests are about.
        return new Running(aws, api, FunctionProcess.Start(assembly, handler, api, environment));
    }

    private sealed record Running(EmptyAws Aws, LambdaRuntimeApi Api, FunctionProcess Process) : IAsyncDisposable
    {
        /// <exception cref="InvalidOperationException">The function ended instead; says what it wrote.</exception>
        public async Task<Outcome> InvokeAsync(string json, TimeSpan? timeout = null)
        {
            var outcome = Api.InvokeAsync(json, timeout);
            return await Task.WhenAny(outcome, Process.EndAsync()) == outcome
                ? await outcome
                : throw new InvalidOperationException($"The function ended:\n{Process.Errors}");
        }

        public async ValueTask DisposeAsync()
        {
            await Process.DisposeAsync();
            await Api.DisposeAsync();
            await Aws.DisposeAsync();
        }
    }
}
