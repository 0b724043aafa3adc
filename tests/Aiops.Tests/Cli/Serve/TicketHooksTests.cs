using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Aiops.Cli.Serve;
using Aiops.Pipeline.Intake.Formats.Webhook;
using Aiops.Tests.Pipeline.Review;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Tests.Cli.Serve;

public sealed class TicketHooksTests : IAsyncLifetime
{
    private const string Secret = "It's a Secret to Everybody";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    private ReviewBench bench = null!;

    public async Task InitializeAsync() => bench = await ReviewBench.StartAsync();

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Fact]
    public void A_signature_of_GitHub_is_that_of_its_documentation()
        // The example in "Validating webhook deliveries".
        => HookSignature.Problem(
            "github", Secret, Request("Hello, World!", ("X-Hub-Signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")),
            "Hello, World!"u8, Now).ShouldBeNull();

    [Theory]
    [InlineData("github", "X-Hub-Signature-256")]
    [InlineData("jira", "X-Hub-Signature")]
    public void A_body_that_was_changed_or_signed_by_another_is_refused(string system, string header)
    {
        var good = Hub("body", Secret);
        HookSignature.Problem(system, Secret, Request("body", (header, good)), "body"u8, Now).ShouldBeNull();
        HookSignature.Problem(system, Secret, Request("body", (header, good.ToUpperInvariant().Replace("SHA256", "sha256"))), "body"u8, Now).ShouldBeNull();
        HookSignature.Problem(system, Secret, Request("body", (header, good)), "body!"u8, Now).ShouldNotBeNull();
        HookSignature.Problem(system, Secret, Request("body", (header, Hub("body", "another"))), "body"u8, Now).ShouldNotBeNull();
        HookSignature.Problem(system, Secret, Request("body", (header, good["sha256=".Length..])), "body"u8, Now).ShouldNotBeNull();
        HookSignature.Problem(system, Secret, Request("body", (header, "sha1=" + good["sha256=".Length..])), "body"u8, Now).ShouldNotBeNull();
        HookSignature.Problem(system, Secret, Request("body"), "body"u8, Now).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(-301, false)]
    public void Our_own_signature_holds_for_five_minutes(int seconds, bool good)
    {
        var sent = Now.ToString("O", CultureInfo.InvariantCulture);
        var signature = Convert.ToBase64String(WebhookSignature.Expected(Secret, sent, "body"u8));
        var request = Request("body", (WebhookSignature.SignatureHeader, signature), (WebhookSignature.TimestampHeader, sent));
        (HookSignature.Problem("servicenow", Secret, request, "body"u8, Now.AddSeconds(seconds)) is null).ShouldBe(good);
        HookSignature.Problem("servicenow", Secret, Request("body"), "body"u8, Now).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_webhook_brings_about_a_look_and_a_repeat_of_it_does_no_more()
    {
        var incident = await bench.AlarmAsync("checkout");
        await bench.AnalyseAsync(incident);
        await bench.Host.Replies!.RunWhenDueAsync(default);
        bench.Tickets.Write(incident, "kim", "/aiops confirm", bench.Clock.GetUtcNow());

        // What it says is not believed: only kim's reply in the ticket itself counts.
        var body = $$"""{"issue":{"number":"T-{{incident}}" },"comment":{"body":"/aiops wrong","user":{"login":"kim"} } }""";
        var answers = new List<int>();
        for (var i = 0; i < 3; i++)
        {
            answers.Add((await Hooks().TakeAsync("desk", Signed(body), default)).Status);
            await bench.Host.Replies.RunWhenDueAsync(default);
        }

        await bench.Driver.SettleDownAsync(default);
        answers.ShouldBe([202, 202, 202]);
        (await bench.OutcomeAsync(incident)).ShouldNotBeNull().Verdict.ShouldBe(Aiops.Pipeline.Verdict.Confirmed);
        bench.Tickets.Answers.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("{}", 200)]
    [InlineData("no json", 200)]
    [InlineData("[]", 200)]
    [InlineData("""{"issue":7}""", 200)]
    [InlineData("""{"issue":{"number":{}}}""", 200)]
    public async Task What_names_no_ticket_of_ours_is_taken_and_nothing_is_done(string body, int status)
        => (await Hooks().TakeAsync("desk", Signed(body), default)).Status.ShouldBe(status);

    [Fact]
    public async Task Another_system_no_secret_and_a_wrong_signature_are_refused()
    {
        (await Hooks().TakeAsync("github", Signed("{}"), default)).Status.ShouldBe(404);
        (await Hooks(secret: false).TakeAsync("desk", Signed("{}"), default)).Status.ShouldBe(404);
        (await Hooks().TakeAsync("desk", Request("{}"), default)).Status.ShouldBe(403);
    }

    [Theory]
    [InlineData("/tickets/github", "github")]
    [InlineData("/Tickets/Jira", "jira")]
    [InlineData("/tickets/", null)]
    [InlineData("/tickets", null)]
    [InlineData("/tickets/a/b", null)]
    public void The_path_names_the_system(string path, string? system) => TicketHooks.SystemIn(path).ShouldBe(system);

    private TicketHooks Hooks(bool secret = true) => new(
        "Desk", secret ? _ => ValueTask.FromResult(Secret) : null, bench.Host.TicketReviews!, bench.Host.Replies!, bench.Clock, NullLogger<TicketHooks>.Instance);

    private HttpRequest Signed(string body)
    {
        var sent = bench.Clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        return Request(
            body, (WebhookSignature.SignatureHeader, Convert.ToBase64String(WebhookSignature.Expected(Secret, sent, Encoding.UTF8.GetBytes(body)))), (WebhookSignature.TimestampHeader, sent));
    }

    private static string Hub(string body, string secret)
        => $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)))}";

    private static HttpRequest Request(string body, params (string Name, string Value)[] headers)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = "POST";
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        foreach (var (name, value) in headers)
        {
            context.Request.Headers[name] = value;
        }

        return context.Request;
    }
}
