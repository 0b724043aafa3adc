using System.Net;
using System.Text;
using Aiops.Cli.Serve;
using Aiops.Pipeline.Intake.Formats.Webhook;

namespace Aiops.Tests.Cli.Serve;

public sealed class WebhookSignatureTests
{
    private const string Secret = "hmac-secret-of-the-webhook";
    private static readonly byte[] Incident = RunningServer.Sample("devops-agent/incident-webhook.json");

    /// <summary>Computed with OpenSSL: <c>printf '%s' TIMESTAMP:BODY | openssl dgst -sha256 -hmac SECRET -binary | base64</c>.</summary>
    [Fact]
    public void The_signature_is_that_of_the_published_recipe()
        => Convert.ToBase64String(WebhookSignature.Expected(Secret, "2026-03-02T08:00:00.000Z", """{"incidentId":"i-1"}"""u8))
            .ShouldBe("el1veIzMlcXGJPVCvGeFqNBrYERf/W71G/VG/J5E6as=");

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    [InlineData(-300)]
    public async Task A_signed_webhook_within_five_minutes_is_taken_without_a_token(int secondsOld)
    {
        await using var server = await StartAsync(token: "correct-horse-battery");
        var answer = await PostAsync(server, TimeSpan.FromSeconds(secondsOld));
        (await server.QueuedAsync())[await answer.MessageIdAsync()].Body.ShouldBe(Incident);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(-301)]
    public async Task One_signed_longer_ago_or_ahead_is_refused(int secondsOld)
    {
        await using var server = await StartAsync();
        await (await PostAsync(server, TimeSpan.FromSeconds(secondsOld))).ShouldBeRefusedAsync(HttpStatusCode.Forbidden, "5 minutes");
        (await server.QueuedAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task One_signed_with_another_secret_is_refused_even_with_the_token()
    {
        await using var server = await StartAsync(token: "correct-horse-battery");
        var timestamp = server.Clock.GetUtcNow().ToString("O");
        var answer = await server.PostAsync(
            "/webhook",
            Incident,
            (WebhookSignature.TimestampHeader, timestamp),
            (WebhookSignature.SignatureHeader, Convert.ToBase64String(WebhookSignature.Expected($"{Secret}x", timestamp, Incident))),
            ("Authorization", "Bearer correct-horse-battery"));
        await answer.ShouldBeRefusedAsync(HttpStatusCode.Forbidden, "doesn't fit");
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base64!")]
    public async Task A_signature_that_is_none_is_refused(string signature)
    {
        await using var server = await StartAsync();
        var answer = await server.PostAsync(
            "/webhook",
            Incident,
            (WebhookSignature.TimestampHeader, server.Clock.GetUtcNow().ToString("O")),
            (WebhookSignature.SignatureHeader, signature));
        answer.StatusCode.ShouldBeOneOf(HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized);
        (await server.QueuedAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_signature_without_its_time_is_refused()
    {
        await using var server = await StartAsync();
        await (await server.PostAsync("/webhook", Incident, (WebhookSignature.SignatureHeader, "AAAA")))
            .ShouldBeRefusedAsync(HttpStatusCode.Forbidden, WebhookSignature.TimestampHeader);
    }

    [Fact]
    public async Task Once_a_secret_is_set_an_unsigned_webhook_is_refused_even_from_this_machine()
    {
        await using var server = await StartAsync();
        await (await server.PostAsync("/webhook", Incident)).ShouldBeRefusedAsync(HttpStatusCode.Unauthorized, "not signed");
        (await server.PostAsync("/events", Incident)).StatusCode.ShouldBe(HttpStatusCode.Accepted); // The secret is the webhook's alone.
    }

    [Fact]
    public async Task A_changed_body_no_longer_fits_its_signature()
    {
        await using var server = await StartAsync();
        var timestamp = server.Clock.GetUtcNow().ToString("O");
        var signature = Convert.ToBase64String(WebhookSignature.Expected(Secret, timestamp, Incident));
        var changed = Encoding.UTF8.GetString(Incident).Replace("\"", "\" ", StringComparison.Ordinal);
        (await server.PostAsync("/webhook", changed, (WebhookSignature.TimestampHeader, timestamp), (WebhookSignature.SignatureHeader, signature)))
            .StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static Task<RunningServer> StartAsync(string? token = null)
        => RunningServer.StartAsync(new EventServerOptions { Listen = RunningServer.AnyPort, WebhookSecret = Secret, Token = token });

    private static Task<HttpResponseMessage> PostAsync(RunningServer server, TimeSpan old)
    {
        var timestamp = (server.Clock.GetUtcNow() - old).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
        return server.PostAsync(
            "/webhook",
            Incident,
            (WebhookSignature.TimestampHeader, timestamp),
            (WebhookSignature.SignatureHeader, Convert.ToBase64String(WebhookSignature.Expected(Secret, timestamp, Incident))));
    }
}
