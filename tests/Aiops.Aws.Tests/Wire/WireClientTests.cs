using Aiops.Aws.Tests.Wire.Peer;
using Aiops.Aws.Wire;
using Aiops.Aws.Wire.Sqs;

namespace Aiops.Aws.Tests.Wire;

public sealed class WireClientTests : IAsyncLifetime
{
    private const string Sent
        = """{"MessageId":"5fea7756-0ea4-451a-a703-a558b933e274","MD5OfMessageBody":"fafb00f5732ab283681e124bf8747ed1"}""";

    private AwsPeer peer = null!;

    public async Task InitializeAsync() => peer = await AwsPeer.StartAsync();

    public async Task DisposeAsync() => await peer.DisposeAsync();

    [Fact]
    public async Task Json_goes_out_as_a_post_to_the_root_with_the_operation_as_target()
    {
        peer.On("SendMessage", Sent);
        var answer = await SendAsync(peer.Options);
        answer.MessageId.ShouldBe("5fea7756-0ea4-451a-a703-a558b933e274");
        var call = peer.Calls.ShouldHaveSingleItem();
        (call.Method, call.Path).ShouldBe(("POST", "/"));
        call.Headers["x-amz-target"].ShouldBe("AmazonSQS.SendMessage");
        call.Headers["content-type"].ShouldBe("application/x-amz-json-1.0");
        call.Headers["authorization"].ShouldContain("/eu-central-1/sqs/aws4_request");
        call.Json.GetProperty("QueueUrl").GetString().ShouldBe("https://sqs.eu-central-1.amazonaws.com/123456789012/urgent");
        call.Json.GetProperty("MessageBody").GetString().ShouldBe("ähm");
    }

    [Fact]
    public async Task A_throttled_call_is_sent_again()
    {
        peer.OnEach("SendMessage", PeerAnswer.Error("RequestThrottled", "slow down"), Sent);
        (await SendAsync(peer.Options)).MessageId.ShouldNotBeNull();
        peer.Calls.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("RequestThrottled", 400, WireFailure.Throttled, 3)]
    [InlineData("TooManyRequestsException", 429, WireFailure.Throttled, 3)]
    [InlineData("InternalFailure", 500, WireFailure.Unavailable, 3)]
    [InlineData("ServiceUnavailable", 503, WireFailure.Unavailable, 3)]
    [InlineData("AccessDeniedException", 400, WireFailure.Denied, 1)]
    [InlineData("UnrecognizedClientException", 403, WireFailure.Denied, 1)]
    [InlineData("QueueDoesNotExist", 400, WireFailure.Missing, 1)]
    [InlineData("ResourceNotFoundException", 404, WireFailure.Missing, 1)]
    [InlineData("InvalidMessageContents", 400, WireFailure.Invalid, 1)]
    public async Task An_error_is_tried_again_only_where_that_may_help(string code, int status, WireFailure failure, int attempts)
    {
        peer.On("SendMessage", PeerAnswer.Error(code, "no", status));
        var error = await Should.ThrowAsync<WireException>(() => SendAsync(peer.Options with { MaxAttempts = 3 }));
        error.Failure.ShouldBe(failure);
        error.Code.ShouldBe(code);
        error.Message.ShouldBe($"SQS SendMessage: {code}: no");
        peer.Calls.Count.ShouldBe(attempts);
    }

    [Fact]
    public async Task Waits_between_attempts_double_and_are_drawn_by_the_jitter()
    {
        peer.On("SendMessage", PeerAnswer.Error("RequestThrottled", "no"));
        SteppingTime time = new();
        var options = peer.Options with { Time = time, Jitter = () => 0.5, MaxAttempts = 5 };
        await Should.ThrowAsync<WireException>(() => SendAsync(options));
        time.Waits.Select(w => w.TotalSeconds).ShouldBe([0.25, 0.5, 1, 2]);
    }

    [Fact]
    public async Task A_wait_never_exceeds_its_ceiling()
    {
        peer.On("SendMessage", PeerAnswer.Error("RequestThrottled", "no"));
        SteppingTime time = new();
        var options = peer.Options with { Time = time, Jitter = () => 1, MaxAttempts = 4, MaxWait = TimeSpan.FromSeconds(0.75) };
        await Should.ThrowAsync<WireException>(() => SendAsync(options));
        time.Waits.Max().ShouldBe(TimeSpan.FromSeconds(0.75));
    }

    [Fact]
    public async Task A_service_that_names_a_wait_is_waited_for()
    {
        peer.OnEach("SendMessage", PeerAnswer.Error("RequestThrottled", "no", retryAfter: "3"), Sent);
        SteppingTime time = new();
        await SendAsync(peer.Options with { Time = time });
        time.Waits.ShouldHaveSingleItem().ShouldBe(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task A_wait_that_would_outlive_the_call_is_not_begun()
    {
        peer.On("SendMessage", PeerAnswer.Error("RequestThrottled", "no", retryAfter: "3600"));
        SteppingTime time = new();
        var error = await Should.ThrowAsync<WireException>(() => SendAsync(peer.Options with { Time = time }));
        error.Failure.ShouldBe(WireFailure.Throttled);
        time.Waits.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_cut_off_on_the_way_is_asked_for_again()
    {
        peer.OnEach("SendMessage", new PeerAnswer(200, Sent) { CutAfter = 20 }, Sent);
        (await SendAsync(peer.Options)).MessageId.ShouldNotBeNull();
    }

    [Fact]
    public async Task Half_an_answer_under_a_full_length_is_never_taken_for_a_whole_one()
    {
        peer.On("SendMessage", new PeerAnswer(200, Sent[..30]));
        var error = await Should.ThrowAsync<WireException>(() => SendAsync(peer.Options with { MaxAttempts = 2 }));
        error.Failure.ShouldBe(WireFailure.Unavailable);
        peer.Calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_page_of_a_proxy_is_an_error_without_a_code()
    {
        peer.On("SendMessage", new PeerAnswer(502, "<html>Bad Gateway</html>"));
        var error = await Should.ThrowAsync<WireException>(() => SendAsync(peer.Options with { MaxAttempts = 1 }));
        (error.Failure, error.Code).ShouldBe((WireFailure.Unavailable, ""));
    }

    [Fact]
    public async Task Silence_ends_an_attempt_and_the_next_may_be_answered()
    {
        peer.OnEach("ListMessageMoveTasks", PeerAnswer.Silence, """{"Results":[]}""");
        var options = peer.Options with { AttemptTimeout = TimeSpan.FromSeconds(2) - SqsWire.Service.Thinks }; // Long enough for the second answer on a busy machine.
        using WireClient client = new(options);
        var answer = await client.SendAsync(new ListMessageMoveTasksRequest { SourceArn = "arn:aws:sqs:::dead" }, default);
        answer.Results.ShouldBeEmpty();
        peer.Calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Silence_past_the_calls_time_is_a_failure_of_the_service_not_a_cancellation()
    {
        peer.On("SendMessage", PeerAnswer.Silence);
        var options = peer.Options with { CallTimeout = TimeSpan.FromMilliseconds(300) - SqsWire.Service.Thinks };
        var error = await Should.ThrowAsync<WireException>(() => SendAsync(options));
        error.Failure.ShouldBe(WireFailure.Unavailable);
        error.Message.ShouldBe("SQS SendMessage: no answer within 0.3 s");
    }

    [Fact]
    public async Task A_caller_who_gives_up_is_told_so_by_a_cancellation()
    {
        using CancellationTokenSource stop = new();
        peer.On("SendMessage", _ =>
        {
            stop.Cancel();
            return PeerAnswer.Silence;
        });
        await Should.ThrowAsync<OperationCanceledException>(() => SendAsync(peer.Options, stop.Token));
    }

    [Fact]
    public async Task Nobody_listening_is_an_unavailable_service()
    {
        var error = await Should.ThrowAsync<WireException>(
            () => SendAsync(peer.Options with { ServiceUrl = new Uri("http://127.0.0.1:1"), MaxAttempts = 2 }));
        (error.Failure, error.Code).ShouldBe((WireFailure.Unavailable, ""));
    }

    [Fact]
    public async Task An_empty_body_is_an_empty_answer()
    {
        peer.On("DeleteMessage", "");
        using var client = peer.Client();
        (await client.SendAsync(new DeleteMessageRequest { QueueUrl = "q", ReceiptHandle = "r" }, default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_list_the_service_left_out_is_empty()
    {
        peer.On("ReceiveMessage", "{}");
        using var client = peer.Client();
        (await client.SendAsync(new ReceiveMessageRequest { QueueUrl = "q" }, default)).Messages.ShouldBeEmpty();
    }

    private static async Task<SendMessageResponse> SendAsync(WireOptions options, CancellationToken cancellationToken = default)
    {
        using WireClient client = new(options);
        return await client.SendAsync(
            new SendMessageRequest
            {
                QueueUrl = "https://sqs.eu-central-1.amazonaws.com/123456789012/urgent",
                MessageBody = "ähm",
            },
            cancellationToken);
    }
}
