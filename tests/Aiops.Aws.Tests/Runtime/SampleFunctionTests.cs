using System.Globalization;
using System.Text.Json;
using static Aiops.Aws.Tests.Runtime.LambdaRuntimeApi;

namespace Aiops.Aws.Tests.Runtime;

/// <summary>What Lambda promises a function and a function Lambda, on a published executable with a function of each shape.</summary>
public class SampleFunctionTests
{
    [Fact]
    public async Task A_batch_names_only_the_messages_that_failed()
    {
        await using var function = await RunningAsync("Count");
        var outcome = await function.Api.InvokeAsync(
            """{"Records":[{"messageId":"a","body":"1"},{"messageId":"b","body":"x"},{"messageId":"c","body":"3"}]}""");
        outcome.ShouldBe(new Outcome.Answer("""{"batchItemFailures":[{"itemIdentifier":"b"}]}"""));
    }

    [Fact]
    public async Task A_function_knows_its_request_its_deadline_and_its_trace()
    {
        await using var function = await RunningAsync("Describe");
        var outcome = await function.Api.InvokeAsync("""{"name":"checkout"}""", TimeSpan.FromSeconds(40), "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=1");
        var said = JsonDocument.Parse(outcome.ShouldBeOfType<Outcome.Answer>().Json).RootElement;
        said.GetProperty("Name").GetString().ShouldBe("checkout");
        said.GetProperty("RequestId").GetString().ShouldBe("00000000-0000-4000-8000-000000000001");
        said.GetProperty("Arn").GetString().ShouldBe("arn:aws:lambda:eu-west-1:123456789012:function:sample");
        said.GetProperty("TraceId").GetString().ShouldBe("Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=1");
        said.GetProperty("TraceVariable").GetString().ShouldBe("Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=1");
        said.GetProperty("RemainingMilliseconds").GetDouble().ShouldBeInRange(1, 40_000);
    }

    [Fact]
    public async Task A_function_past_its_deadline_has_no_time_left()
    {
        await using var function = await RunningAsync("Describe");
        var outcome = await function.Api.InvokeAsync("""{"name":"late"}""", TimeSpan.FromSeconds(-5));
        var said = JsonDocument.Parse(outcome.ShouldBeOfType<Outcome.Answer>().Json).RootElement;
        said.GetProperty("RemainingMilliseconds").GetDouble().ShouldBeLessThanOrEqualTo(-5_000);
    }

    [Fact]
    public async Task An_exception_is_reported_by_its_class_name_with_its_cause_and_the_next_event_is_handled()
    {
        await using var function = await RunningAsync("Fail");
        foreach (var name in new[] { "orders", "carts" })
        {
            var outcome = await function.Api.InvokeAsync($$"""{"name":"{{name}}"}""");
            var error = outcome.ShouldBeOfType<Outcome.Error>();
            error.ErrorType.ShouldBe("StoreUnavailableException");
            error.ContentType.ShouldBe("application/vnd.aws.lambda.error+json");
            var json = JsonDocument.Parse(error.Json).RootElement;
            json.GetProperty("errorType").GetString().ShouldBe("StoreUnavailableException");
            json.GetProperty("errorMessage").GetString().ShouldBe($"The store of {name} is away.");
            json.GetProperty("stackTrace")[0].GetString()!.ShouldStartWith("at Aiops.SampleFunction.Functions.Fail");
            json.GetProperty("cause").GetProperty("errorType").GetString().ShouldBe("TimeoutException");
            json.GetProperty("cause").GetProperty("errorMessage").GetString().ShouldBe("too \"slow\"\nby far");
            var xray = JsonDocument.Parse(error.XRayCause!).RootElement;
            xray.GetProperty("exceptions")[0].GetProperty("type").GetString().ShouldBe("StoreUnavailableException");
        }
    }

    [Fact]
    public async Task An_event_that_is_not_the_input_is_an_error_of_the_serializer()
    {
        await using var function = await RunningAsync("Describe");
        var outcome = await function.Api.InvokeAsync("""{"name":""");
        outcome.ShouldBeOfType<Outcome.Error>().ErrorType.ShouldBe("JsonSerializerException");
    }

    [Fact]
    public async Task An_answer_at_the_limit_arrives_whole()
    {
        await using var function = await RunningAsync("Weigh");
        var outcome = await function.Api.InvokeAsync($$"""{"name":"x","bytes":{{MaxResponseBytes}}}""");
        outcome.ShouldBeOfType<Outcome.Answer>().Json.Length.ShouldBe(MaxResponseBytes);
    }

    [Fact]
    public async Task An_answer_a_byte_past_the_limit_is_refused_and_ends_the_process()
    {
        await using var function = await RunningAsync("Weigh");
        var outcome = await function.Api.InvokeAsync($$"""{"name":"x","bytes":{{(MaxResponseBytes + 1).ToString(CultureInfo.InvariantCulture)}}}""");
        outcome.ShouldBe(new Outcome.TooLarge(MaxResponseBytes + 1));
        (await function.Process.EndAsync()).ShouldNotBe(0);
        function.Process.Errors.ShouldContain("Payload Too Large");
    }

    [Fact]
    public async Task A_start_that_fails_ends_the_process_and_says_why()
    {
        await using var api = await StartAsync();
        await using var process = FunctionProcess.Start(
            await PublishedAsync(), "Describe", api, new Dictionary<string, string> { ["SAMPLE_BREAK_START"] = "1" });
        (await process.EndAsync()).ShouldNotBe(0);
        process.Errors.ShouldContain("InvalidOperationException: SAMPLE_BREAK_START is set.");
    }

    [Fact]
    public async Task A_handler_that_no_method_is_named_after_ends_the_process_at_once()
    {
        await using var api = await StartAsync();
        await using var process = FunctionProcess.Start(await PublishedAsync(), "describe", api);
        (await process.EndAsync()).ShouldBe(0); // As the official Main does: nothing runs. Lambda reports Runtime.ExitError.
        api.Ready.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Log_lines_carry_the_request_and_are_json_where_asked()
    {
        await using var text = await RunningAsync("Describe");
        await text.Api.InvokeAsync("""{"name":"checkout"}""");
        await text.Process.StopAsync();
        text.Process.Output.ShouldContain("\t00000000-0000-4000-8000-000000000001\tinfo\tDescribed checkout");

        await using var json = await RunningAsync("Describe", ("AWS_LAMBDA_LOG_FORMAT", "JSON"));
        await json.Api.InvokeAsync("""{"name":"checkout"}""", traceId: "Root=1-2-3");
        await json.Process.StopAsync();
        var line = JsonDocument.Parse(json.Process.Output.Split('\n')[0]).RootElement;
        line.GetProperty("level").GetString().ShouldBe("Information");
        line.GetProperty("requestId").GetString().ShouldBe("00000000-0000-4000-8000-000000000001");
        line.GetProperty("traceId").GetString().ShouldBe("Root=1-2-3");
        line.GetProperty("message").GetString().ShouldBe("Described checkout");
        line.GetProperty("Name").GetString().ShouldBe("checkout");
    }

    [Fact]
    public async Task An_http_function_takes_its_parameters_from_path_query_header_and_services()
    {
        await using var function = await RunningAsync("Greet");
        const string request = """
            {"version":"2.0","routeKey":"GET /greetings/{name}","pathParameters":{"name":"Ada"},
             "queryStringParameters":{"times":"2"},"headers":{"x-tone":"!"},
             "requestContext":{"http":{"method":"GET","path":"/greetings/Ada"}},"isBase64Encoded":false}
            """;
        foreach (var scope in new[] { "1", "2" })
        {
            var answer = await AnswerAsync(function, request);
            answer.GetProperty("statusCode").GetInt32().ShouldBe(200);
            answer.GetProperty("body").GetString().ShouldBe("Hello Ada! Hello Ada!");
            answer.GetProperty("headers").GetProperty("content-type").GetString().ShouldBe("text/plain");
            answer.GetProperty("headers").GetProperty("x-scope").GetString().ShouldBe(scope);
        }
    }

    [Fact]
    public async Task A_value_that_does_not_convert_is_a_bad_request_that_names_it()
    {
        await using var function = await RunningAsync("Greet");
        var answer = await AnswerAsync(function, """{"pathParameters":{"name":"Ada"},"queryStringParameters":{"times":"many"}}""");
        answer.GetProperty("statusCode").GetInt32().ShouldBe(400);
        answer.GetProperty("headers").GetProperty("x-amzn-ErrorType").GetString().ShouldBe("ValidationException");
        answer.GetProperty("body").GetString()!.ShouldStartWith(
            """{"message": "1 validation error(s) detected: Value many at 'times' failed to satisfy constraint:""");
    }

    [Fact]
    public async Task An_http_function_reads_a_json_body_and_may_answer_itself()
    {
        await using var function = await RunningAsync("Learn");
        var answer = await AnswerAsync(
            function, """{"body":"{\"name\":\"Ada\"}","requestContext":{"http":{"method":"POST"}}}""");
        answer.GetProperty("statusCode").GetInt32().ShouldBe(201);
        answer.GetProperty("body").GetString().ShouldBe("Ada by POST");
    }

    private static async Task<JsonElement> AnswerAsync(Running function, string request) =>
        JsonDocument.Parse((await function.Api.InvokeAsync(request)).ShouldBeOfType<Outcome.Answer>().Json).RootElement;

    private static Task<string> PublishedAsync() => PublishedFunctions.AssemblyOfAsync("tests/Aiops.SampleFunction");

    private static async Task<Running> RunningAsync(string handler, params (string Name, string Value)[] environment)
    {
        var assembly = await PublishedAsync();
        var api = await StartAsync();
        var process = FunctionProcess.Start(assembly, handler, api, environment.ToDictionary(pair => pair.Name, pair => pair.Value));
        return new Running(api, process);
    }

    private sealed record Running(LambdaRuntimeApi Api, FunctionProcess Process) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Process.DisposeAsync();
            await Api.DisposeAsync();
        }
    }
}
