using Aiops.Pipeline.Intake.Formats;
using Aiops.Pipeline.Intake.Formats.Sns;

namespace Aiops.Tests.Pipeline.Intake.Formats.Sns;

public class SnsSubscriptionPolicyTests
{
    private const string Topic = "arn:aws:sns:eu-central-1:222233334444:quillbay-alarms";

    private readonly SnsSubscriptionPolicy policy = new([Topic]);

    [Fact]
    public void The_address_of_an_allowed_topic_is_to_be_visited()
    {
        policy.AddressToVisit(Confirmation(), out var reason)!.Host.ShouldBe("sns.eu-central-1.amazonaws.com");
        reason.ShouldBeNull();
    }

    [Fact]
    public void A_topic_that_is_not_listed_is_refused_by_name()
    {
        policy.AddressToVisit(Confirmation() with { TopicArn = Topic + "-2" }, out var reason).ShouldBeNull();
        reason.ShouldBe($"the topic \"{Topic}-2\" is not allowed: add its ARN to the allowed topics if it is yours");
        policy.Allows(Topic).ShouldBeTrue();
        policy.Allows(Topic.ToUpperInvariant()).ShouldBeFalse();
        policy.Allows(null).ShouldBeFalse();
    }

    [Theory]
    [InlineData("https://evil.example/?Action=ConfirmSubscription&TopicArn=" + Topic)]
    [InlineData("https://sns.eu-central-1.amazonaws.com.evil.example/?Action=ConfirmSubscription&TopicArn=" + Topic)]
    [InlineData("http://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=" + Topic)]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=" + Topic)]
    [InlineData("https://sns.eu-central-1.amazonaws.com/?Action=Publish&TopicArn=" + Topic)]
    [InlineData("https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=" + Topic + "-2")]
    [InlineData(null)]
    public void An_address_that_does_anything_else_is_not_visited(string? address)
    {
        policy.AddressToVisit(Confirmation() with { SubscribeUrl = address }, out var reason).ShouldBeNull();
        reason.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public void The_end_of_a_subscription_is_not_answered_with_a_new_one()
        => policy.AddressToVisit(Confirmation() with { Type = SnsEnvelope.EndType }, out _).ShouldBeNull();

    private static SnsEnvelope Confirmation()
        => new EventReader().Read(SampleEvents.Bytes("sns/subscription-confirmation.json"))
            .ShouldBeOfType<ReadEvent.SubscriptionConfirmation>().Message;
}
