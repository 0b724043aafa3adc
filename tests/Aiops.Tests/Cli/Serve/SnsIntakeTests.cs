using System.Net;
using System.Text;
using Aiops.Cli.Serve;

namespace Aiops.Tests.Cli.Serve;

public sealed class SnsIntakeTests
{
    private const string Token = "correct-horse-battery";

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public async Task A_message_that_sns_signed_is_taken_without_a_token(string signatureVersion)
    {
        await using var server = await StartWithTokenAsync();
        var message = SnsSigner.Signed("envelope.json", envelope => envelope["SignatureVersion"] = signatureVersion).ToJsonString();
        var id = await (await server.PostAsync("/sns", message)).MessageIdAsync();
        var queued = (await server.QueuedAsync())[id];
        Encoding.UTF8.GetString(queued.Body).ShouldBe(message);
        queued.Format.ShouldBe("sns");
    }

    [Theory]
    [InlineData("Message", "{\"title\": \"changed\"}")]
    [InlineData("MessageId", "another")]
    [InlineData("Timestamp", "2026-05-10T00:00:00.000Z")]
    [InlineData("Subject", "changed")]
    [InlineData("Signature", "bm90IGEgc2lnbmF0dXJl")]
    [InlineData("SignatureVersion", "1")]
    [InlineData("SignatureVersion", "3")]
    public async Task A_message_changed_after_it_was_signed_is_refused(string member, string value)
    {
        await using var server = await StartWithTokenAsync();
        var message = SnsSigner.Signed("envelope.json");
        message[member] = value;
        await (await server.PostAsync("/sns", message.ToJsonString())).ShouldBeRefusedAsync(HttpStatusCode.Forbidden, "SNS");
        (await server.QueuedAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_topic_that_is_not_allowed_is_refused_though_sns_signed_and_no_certificate_is_fetched()
    {
        await using var server = await StartWithTokenAsync();
        var message = SnsSigner.Signed("envelope.json", envelope => envelope["TopicArn"] = $"{RunningServer.Topic}-of-a-stranger");
        await (await server.PostAsync("/sns", message.ToJsonString())).ShouldBeRefusedAsync(HttpStatusCode.Forbidden, "topic");
        server.Signer.Asked.ShouldBe(0);
        server.Log.Text.ShouldContain("Refused an event at /sns from 127.0.0.1: its topic is not among the allowed ones");
    }

    [Theory]
    [InlineData("https://sns.eu-central-1.amazonaws.com.example.net/a.pem")]
    [InlineData("https://sns-eu-central-1.s3.amazonaws.com/a.pem")]
    [InlineData("http://sns.eu-central-1.amazonaws.com/a.pem")]
    [InlineData("https://sns.eu-central-1.amazonaws.com@example.net/a.pem")]
    public async Task A_certificate_from_elsewhere_is_refused_and_not_fetched(string address)
    {
        await using var server = await StartWithTokenAsync();
        var message = SnsSigner.Signed("envelope.json", envelope => envelope["SigningCertURL"] = address);
        await (await server.PostAsync("/sns", message.ToJsonString())).ShouldBeRefusedAsync(HttpStatusCode.Forbidden, "certificate");
        server.Signer.Asked.ShouldBe(0);
    }

    [Fact]
    public async Task While_the_certificate_cannot_be_had_sns_is_to_send_again()
    {
        await using var server = await StartWithTokenAsync();
        server.Signer.CanBeReached = false;
        var message = SnsSigner.Signed("envelope.json").ToJsonString();
        await (await server.PostAsync("/sns", message)).ShouldBeRefusedAsync(HttpStatusCode.ServiceUnavailable, "verified");
        server.Signer.CanBeReached = true;
        (await server.PostAsync("/sns", message)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Theory]
    [InlineData("/events")]
    [InlineData("/webhook")]
    [InlineData("/alertmanager")]
    [InlineData("/grafana")]
    [InlineData("/sns")]
    public async Task A_forged_message_is_refused_by_whichever_way_it_comes_token_or_not(string path)
    {
        await using var server = await StartWithTokenAsync();
        var forged = RunningServer.Sample("sns/envelope.json");
        await (await server.PostAsync(path, forged, ("Authorization", $"Bearer {Token}"))).ShouldBeRefusedAsync(HttpStatusCode.Forbidden, "SNS");
    }

    [Fact]
    public async Task A_signature_opens_no_other_door_than_that_of_sns()
    {
        await using var server = await StartWithTokenAsync();
        var message = SnsSigner.Signed("envelope.json").ToJsonString();
        await (await server.PostAsync("/events", message)).ShouldBeRefusedAsync(HttpStatusCode.Unauthorized, "token");
        (await server.PostAsync("/events", message, ("Authorization", $"Bearer {Token}"))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task A_genuine_message_vouches_for_no_neighbour()
    {
        await using var server = await StartWithTokenAsync();
        var genuine = SnsSigner.Signed("envelope.json").ToJsonString();
        foreach (var smuggled in new[]
        {
            $$"""[{{genuine}}, {"title": "smuggled"}]""",
            $$"""[[{{genuine}}], [{"title": "smuggled"}]]""",
            $$"""[[[{{genuine}}]], {"title": "smuggled"}]""",
            $$"""{"Records": [{"Sns": {{genuine}}}, {"Sns": {{Encoding.UTF8.GetString(RunningServer.Sample("sns/envelope-text.json"))}}}]}""",
        })
        {
            await (await server.PostAsync("/sns", smuggled)).ShouldBeRefusedAsync(HttpStatusCode.Unauthorized, "token");
        }

        (await server.QueuedAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"title": "no envelope"}""")]
    [InlineData("not JSON")]
    public async Task What_carries_no_signature_needs_the_token_at_sns_too(string body)
    {
        await using var server = await StartWithTokenAsync();
        await (await server.PostAsync("/sns", body)).ShouldBeRefusedAsync(HttpStatusCode.Unauthorized, "token");
        (await server.PostAsync("/sns", body, ("Authorization", $"Bearer {Token}"))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task A_subscription_to_an_allowed_topic_is_confirmed_once_however_often_sns_asks()
    {
        await using var server = await StartWithTokenAsync();
        var message = SnsSigner.Signed("subscription-confirmation.json").ToJsonString();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => server.PostAsync("/sns", message)));
        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
        var address = server.Visitor.Visited.ShouldHaveSingleItem();
        address.Host.ShouldBe("sns.eu-central-1.amazonaws.com");
        server.Log.Text.ShouldNotContain("9c0ffee1dea5"); // The confirmation's token.
        (await server.QueuedAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_confirmation_that_failed_is_tried_again_when_sns_asks_again()
    {
        await using var server = await StartWithTokenAsync();
        var message = SnsSigner.Signed("subscription-confirmation.json").ToJsonString();
        server.Visitor.Succeeds = false;
        await (await server.PostAsync("/sns", message)).ShouldBeRefusedAsync(HttpStatusCode.ServiceUnavailable, "confirmed");
        server.Visitor.Succeeds = true;
        (await server.PostAsync("/sns", message)).StatusCode.ShouldBe(HttpStatusCode.OK);
        server.Visitor.Visited.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_subscription_to_another_topic_is_not_confirmed()
    {
        await using var server = await StartWithTokenAsync();
        var message = SnsSigner.Signed("subscription-confirmation.json", envelope => envelope["TopicArn"] = $"{RunningServer.Topic}2");
        (await server.PostAsync("/sns", message.ToJsonString())).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        server.Visitor.Visited.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("https://example.net/?Action=ConfirmSubscription&TopicArn=" + RunningServer.Topic)]
    [InlineData("https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=" + RunningServer.Topic)]
    [InlineData("https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=" + RunningServer.Topic + "2")]
    public async Task An_address_that_does_not_confirm_this_topic_is_not_visited_be_it_signed(string address)
    {
        await using var server = await StartWithTokenAsync();
        var message = SnsSigner.Signed("subscription-confirmation.json", envelope => envelope["SubscribeURL"] = address);
        (await server.PostAsync("/sns", message.ToJsonString())).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        server.Visitor.Visited.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unsigned_confirmation_is_not_visited()
    {
        await using var server = await StartWithTokenAsync();
        var forged = RunningServer.Sample("sns/subscription-confirmation.json");
        (await server.PostAsync("/sns", forged, ("Authorization", $"Bearer {Token}"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        server.Visitor.Visited.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_end_of_a_subscription_is_kept_and_its_address_which_would_subscribe_again_not_visited()
    {
        await using var server = await StartWithTokenAsync();
        var message = SnsSigner.Signed("unsubscribe-confirmation.json", envelope => envelope["TopicArn"] = RunningServer.Topic);
        (await server.PostAsync("/sns", message.ToJsonString())).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        server.Visitor.Visited.ShouldBeEmpty();
        (await server.QueuedAsync()).Count.ShouldBe(1); // The consumer sets it aside where someone sees it.
    }

    private static Task<RunningServer> StartWithTokenAsync() => RunningServer.StartAsync(new EventServerOptions
    {
        Listen = RunningServer.AnyPort,
        AllowedTopics = [RunningServer.Topic],
        Token = Token,
    });
}
