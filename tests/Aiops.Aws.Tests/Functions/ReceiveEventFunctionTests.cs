using System.Text;
using Aiops.Aws.SecretsManager;
using Aiops.Functions.Intake;
using Aiops.Functions.Running;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Formats;
using Aiops.Pipeline.Intake.Formats.Webhook;
using Aiops.Pipeline.Intake.Queue;
using Amazon.Lambda.APIGatewayEvents;

namespace Aiops.Aws.Tests.Functions;

public sealed class ReceiveEventFunctionTests
{
    private const string Secret = "a-secret-of-sixteen-or-more";

    private readonly ManualTimeProvider clock = new();
    private readonly QueueInMemory queue = new();

    [Fact]
    public async Task A_signed_event_is_let_in_as_it_is()
    {
        var answer = await PostAsync("""{"title":"checkout is slow"}""");
        answer.Status.ShouldBe(202);
        ((string?)answer.Body!["messageId"]).ShouldBe("m-1");
        Encoding.UTF8.GetString(queue.Taken.ShouldHaveSingleItem().Body).ShouldBe("""{"title":"checkout is slow"}""");
    }

    [Fact]
    public async Task A_body_that_API_Gateway_sends_as_base64_is_signed_as_its_bytes()
    {
        byte[] body = [.. "{\"title\":\"x\"}"u8, 0xFF];
        (await PostAsync(Convert.ToBase64String(body), signed: body, base64: true)).Status.ShouldBe(202);
        queue.Taken.ShouldHaveSingleItem().Body.ShouldBe(body);
    }

    [Fact]
    public async Task What_is_not_signed_is_refused_and_kept_out()
    {
        (await PostAsync("{}", signature: null)).Status.ShouldBe(401);
        (await PostAsync("{}", signature: "AAAA")).Status.ShouldBe(403);
        (await PostAsync("""{"title":"changed on the way"}""", signed: "{}"u8.ToArray())).Status.ShouldBe(403);
        queue.Taken.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0, 202)]
    [InlineData(1, 403)]
    public async Task A_signature_holds_for_five_minutes_and_no_longer(int secondsMore, int status)
        => (await PostAsync("{}", age: WebhookSignature.Window + TimeSpan.FromSeconds(secondsMore))).Status.ShouldBe(status);

    [Theory]
    [InlineData(0, 202)]
    [InlineData(1, 413)]
    public async Task An_event_has_a_megabyte_at_most(int more, int status)
        => (await PostAsync(new string('x', IncomingEvent.MaxBodyBytes + more))).Status.ShouldBe(status);

    private async Task<HttpAnswer> PostAsync(string body, string? signature = "sign it", byte[]? signed = null, bool base64 = false, TimeSpan age = default)
    {
        var timestamp = (clock.GetUtcNow() - age).ToString("O");
        var headers = new Dictionary<string, string> { [WebhookSignature.TimestampHeader] = timestamp };
        if (signature is not null)
        {
            headers[WebhookSignature.SignatureHeader] = signature == "sign it"
                ? Convert.ToBase64String(WebhookSignature.Expected(Secret, timestamp, signed ?? Encoding.UTF8.GetBytes(body)))
                : signature;
        }

        var output = new FunctionOutput(Stream.Null);
        var run = new FunctionRun(new FunctionMetrics(output, "test", clock), TimeProvider.System);
        var function = new ReceiveEventFunction(run, new EventDoor(new EventReader(), queue, clock), new OneSecret(), clock);
        return HttpAnswer.Of(await function.ReceiveEvent(
            new APIGatewayHttpApiV2ProxyRequest { Body = body, IsBase64Encoded = base64, Headers = headers }, new TestContext()));
    }

    private sealed class OneSecret : IWebhookSecret
    {
        public Task<string> CurrentAsync(CancellationToken cancellationToken) => Task.FromResult(Secret);
    }
}
