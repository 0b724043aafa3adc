using System.Net;
using System.Net.Sockets;
using System.Text;
using Aiops.Cli;
using Aiops.Cli.Serve;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Intake.Formats;
using Aiops.Pipeline.Intake.Formats.Webhook;
using Aiops.Pipeline.Intake.Queue;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Tests.Cli.Serve;

public sealed class EventServerTests
{
    private const int Limit = 1024 * 1024;

    [Theory]
    [InlineData("/alertmanager", "alertmanager/group.json", "alertmanager")]
    [InlineData("/grafana", "grafana/group.json", "grafana")]
    [InlineData("/webhook", "webhook/generic.json", "webhook")]
    [InlineData("/webhook", "devops-agent/incident-webhook.json", "webhook")]
    [InlineData("/events", "cloudwatch/alarm-metric.json", "http")]
    [InlineData("/Events/", "guardduty/finding.json", "http")]
    public async Task An_event_is_in_the_queue_byte_for_byte_when_it_is_answered(string path, string sample, string format)
    {
        await using var server = await RunningServer.StartAsync();
        var id = await (await server.PostAsync(path, RunningServer.Sample(sample))).MessageIdAsync();
        var queued = (await server.QueuedAsync()).ShouldHaveSingleItem();
        queued.Key.ShouldBe(id);
        queued.Value.Format.ShouldBe(format);
        queued.Value.Body.ShouldBe(RunningServer.Sample(sample));
    }

    [Fact]
    public async Task Every_sample_is_taken_at_events_but_for_the_sns_messages_that_sns_did_not_sign()
    {
        await using var server = await RunningServer.StartAsync();
        var taken = 0;
        foreach (var file in Directory.EnumerateFiles(TestPaths.Events, "*.json", SearchOption.AllDirectories))
        {
            var body = await File.ReadAllBytesAsync(file);
            var unsigned = new EventReader().Read(body).Envelope is not null;
            var answer = await server.PostAsync("/events", body);
            answer.StatusCode.ShouldBe(unsigned ? HttpStatusCode.Forbidden : HttpStatusCode.Accepted, file);
            taken += unsigned ? 0 : 1;
        }

        taken.ShouldBeGreaterThan(20);
        (await server.QueuedAsync()).Count.ShouldBe(taken);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"AlarmName\": \"cut")]
    [InlineData("[[[[[[")]
    [InlineData("not JSON at all")]
    [InlineData("{\"Type\": 7}")]
    public async Task What_cannot_be_read_is_taken_as_well(string body)
    {
        await using var server = await RunningServer.StartAsync();
        var id = await (await server.PostAsync("/events", body)).MessageIdAsync();
        Encoding.UTF8.GetString((await server.QueuedAsync())[id].Body).ShouldBe(body);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_taken_as_they_are()
    {
        await using var server = await RunningServer.StartAsync();
        var id = await (await server.PostAsync("/webhook", [0xFF, 0xFE, 0x00, 0xC3])).MessageIdAsync();
        (await server.QueuedAsync())[id].Body.ShouldBe([0xFF, 0xFE, 0x00, 0xC3]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_of_1_MiB_is_taken_and_one_byte_more_is_not(bool chunked)
    {
        await using var server = await RunningServer.StartAsync();
        var atLimit = await PostAsync(server, Padded(Limit), chunked);
        (await server.QueuedAsync())[await atLimit.MessageIdAsync()].Body.Length.ShouldBe(Limit);
        await (await PostAsync(server, Padded(Limit + 1), chunked)).ShouldBeRefusedAsync(HttpStatusCode.RequestEntityTooLarge, "1 MiB");
        (await server.QueuedAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_body_without_end_is_cut_off_at_the_limit()
    {
        await using var server = await RunningServer.StartAsync();
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, server.Client.BaseAddress!.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync("POST /events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n"u8.ToArray());
        (await FirstLineAsync(stream)).ShouldContain("413");
    }

    [Fact]
    public async Task A_body_that_trickles_is_given_up()
    {
        await using var server = await RunningServer.StartAsync();
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, server.Client.BaseAddress!.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync("POST /events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{"u8.ToArray());
        (await FirstLineAsync(stream)).ShouldContain("408"); // Comes after the 5 s of grace.
        (await server.QueuedAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_compressed_body_is_refused_rather_than_kept_unreadable()
    {
        await using var server = await RunningServer.StartAsync();
        await (await server.PostAsync("/events", "{}", ("Content-Encoding", "gzip")))
            .ShouldBeRefusedAsync(HttpStatusCode.UnsupportedMediaType, "compressed");
    }

    [Fact]
    public async Task Of_200_events_posted_at_once_none_is_lost_or_doubled()
    {
        await using var server = await RunningServer.StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            var body = $$"""{"title": "burst", "id": "{{i}}"}""";
            return (Body: body, Id: await (await server.PostAsync("/webhook", body)).MessageIdAsync());
        }));
        var queued = await server.QueuedAsync();
        queued.Count.ShouldBe(200);
        answers.ShouldAllBe(answer => Encoding.UTF8.GetString(queued[answer.Id].Body) == answer.Body);
    }

    [Fact]
    public async Task A_severe_event_waits_in_the_urgent_lane()
    {
        await using var server = await RunningServer.StartAsync();
        var id = await (await server.PostAsync("/webhook", """{"title": "down", "severity": "critical", "service": "checkout"}""")).MessageIdAsync();
        var queued = (await server.QueuedAsync())[id];
        queued.Lane.ShouldBe(Lane.Urgent);
        queued.Service.ShouldBe("checkout");
    }

    [Fact]
    public async Task A_wrong_method_is_told_the_right_one()
    {
        await using var server = await RunningServer.StartAsync();
        var posting = await server.Client.GetAsync("/sns");
        await posting.ShouldBeRefusedAsync(HttpStatusCode.MethodNotAllowed, "POST");
        posting.Content.Headers.Allow.ShouldBe(["POST"]);
        await (await server.PostAsync("/healthz", "")).ShouldBeRefusedAsync(HttpStatusCode.MethodNotAllowed, "GET");
    }

    [Fact]
    public async Task A_wrong_address_is_told_the_right_ones()
    {
        await using var server = await RunningServer.StartAsync();
        var answer = await server.PostAsync("/alert", "{}");
        await answer.ShouldBeRefusedAsync(HttpStatusCode.NotFound, "nothing");
        var remedy = (string)(await answer.JsonAsync())["remedy"]!;
        remedy.ShouldContain("/alertmanager");
        remedy.ShouldContain("/tickets/");
    }

    [Fact]
    public async Task The_root_says_in_one_line_what_this_is()
    {
        await using var server = await RunningServer.StartAsync();
        var text = await server.Client.GetStringAsync("/");
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem().ShouldContain("/events");
    }

    [Fact]
    public async Task It_is_healthy_while_the_queue_can_be_reached_and_not_after()
    {
        await using var server = await RunningServer.StartAsync();
        (await server.Client.GetAsync("/healthz")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await server.BreakQueueAsync();
        await (await server.Client.GetAsync("/healthz")).ShouldBeRefusedAsync(HttpStatusCode.ServiceUnavailable, "queue");
    }

    [Fact]
    public async Task An_event_that_cannot_be_stored_is_to_be_sent_again()
    {
        await using var server = await RunningServer.StartAsync();
        await server.BreakQueueAsync();
        var answer = await server.PostAsync("/webhook", """{"title": "down"}""");
        await answer.ShouldBeRefusedAsync(HttpStatusCode.ServiceUnavailable, "could not be stored"); // SNS and the others repeat at 5xx alone.
        answer.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_ticket_systems_webhook_that_fails_is_not_called_an_event()
    {
        TicketHooks hooks = new("desk", _ => throw new TicketSystemUnavailableException("no secret now"), null!, null!, TimeProvider.System, NullLogger<TicketHooks>.Instance);
        await using var server = await RunningServer.StartAsync(new EventServerOptions { Listen = RunningServer.AnyPort }, hooks);
        await (await server.PostAsync("/tickets/desk", "{}")).ShouldBeRefusedAsync(HttpStatusCode.ServiceUnavailable, "the webhook could not be looked into");
    }

    [Fact]
    public async Task Stopping_lets_what_is_being_posted_come_to_its_end_and_frees_the_port()
    {
        await using var server = await RunningServer.StartAsync();
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, server.Client.BaseAddress!.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync("POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Length: 17\r\nExpect: 100-continue\r\n\r\n"u8.ToArray());
        (await FirstLineAsync(stream)).ShouldContain("100"); // It is within the server now.
        var stopping = server.StopAsync();
        await stream.WriteAsync("""{"title": "last"}"""u8.ToArray());
        (await FirstLineAsync(stream)).ShouldContain("202");
        await stopping;
        (await server.QueuedAsync()).Count.ShouldBe(1);
        using var again = new TcpListener(IPAddress.Loopback, server.Client.BaseAddress.Port);
        again.Start();
    }

    [Fact]
    public async Task A_port_in_use_is_a_mistake_that_is_explained()
    {
        await using var server = await RunningServer.StartAsync();
        var taken = new EventServerOptions { Listen = new IPEndPoint(IPAddress.Loopback, server.Client.BaseAddress!.Port) };
        var mistake = await Should.ThrowAsync<UserErrorException>(() => RunningServer.StartAsync(taken));
        mistake.Message.ShouldContain($"127.0.0.1:{server.Client.BaseAddress.Port}");
        mistake.Remedy.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Logs_tell_of_refusals_and_hold_neither_secrets_nor_bodies()
    {
        const string Token = "a-token-that-no-one-may-see", Secret = "a-secret-that-no-one-may-see";
        await using var server = await RunningServer.StartAsync(new EventServerOptions
        {
            Listen = RunningServer.AnyPort,
            Token = Token,
            WebhookSecret = Secret,
        });
        await server.PostAsync("/webhook", """{"title": "body-that-no-one-may-see"}""", ("Authorization", $"Bearer {Token}"));
        await server.PostAsync("/webhook", """{"title": "body-that-no-one-may-see"}""", ("Authorization", $"Bearer {Token}x"));
        await server.PostAsync("/webhook", """{"title": "body-that-no-one-may-see"}""", (WebhookSignature.SignatureHeader, "AAAA"));
        server.Log.Text.ShouldContain("Refused an event at /webhook from 127.0.0.1: the token is wrong");
        server.Log.Text.ShouldNotContain("no-one-may-see");
    }

    private static byte[] Padded(int size)
    {
        var body = new byte[size];
        Array.Fill(body, (byte)' ');
        """{"title": "large"}"""u8.CopyTo(body);
        return body;
    }

    private static Task<HttpResponseMessage> PostAsync(RunningServer server, byte[] body, bool chunked)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/events") { Content = new ByteArrayContent(body) };
        request.Headers.TransferEncodingChunked = chunked;
        return server.Client.SendAsync(request);
    }

    private static async Task<string> FirstLineAsync(NetworkStream stream)
    {
        var buffer = new byte[4096];
        var length = await stream.ReadAsync(buffer);
        return Encoding.ASCII.GetString(buffer, 0, length).Split("\r\n")[0];
    }
}
