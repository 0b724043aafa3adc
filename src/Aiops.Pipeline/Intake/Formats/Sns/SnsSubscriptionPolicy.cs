using System.Collections.Frozen;

namespace Aiops.Pipeline.Intake.Formats.Sns;

/// <summary>
/// Which topics may send: exactly those listed, for anyone can subscribe our public address to a topic of his own, and its
/// messages are signed by SNS too.
/// </summary>
public sealed class SnsSubscriptionPolicy(IEnumerable<string> allowedTopicArns)
{
    private readonly FrozenSet<string> allowed = allowedTopicArns.ToFrozenSet(StringComparer.Ordinal);

    public bool Allows(string? topicArn) => topicArn is not null && allowed.Contains(topicArn);

    /// <summary>
    /// The address to visit so that the subscription begins; null, with the reason, when it must not be visited. The
    /// signature is to be checked before.
    /// </summary>
    public Uri? AddressToVisit(SnsEnvelope confirmation, out string? reason)
    {
        reason = null;
        if (confirmation.Type != SnsEnvelope.ConfirmationType)
        {
            reason = "not a subscription's confirmation"; // To end a subscription carries an address too: one that subscribes again.
        }
        else if (!Allows(confirmation.TopicArn))
        {
            reason = $"the topic {confirmation.TopicArn?.Quoted(200) ?? "(none)"} is not allowed: "
                + "add its ARN to the allowed topics if it is yours";
        }
        else if (SnsEndpoint.Parse(confirmation.SubscribeUrl, out var region) is not { } address)
        {
            reason = $"the address to visit is not one of SNS: {confirmation.SubscribeUrl?.Quoted(100) ?? "none"}";
        }
        else if (Arn.Parse(confirmation.TopicArn)?.Region != region)
        {
            reason = $"the address to visit is in {region}, the topic is not";
        }
        else if (!Confirms(address, confirmation.TopicArn!))
        {
            reason = "the address to visit does not confirm this topic's subscription";
        }
        else
        {
            return address;
        }

        return null;
    }

    private static bool Confirms(Uri address, string topicArn)
    {
        var query = address.Query.TrimStart('?').Split('&').Select(Uri.UnescapeDataString).ToList();
        return query.Contains("Action=ConfirmSubscription") && query.Contains($"TopicArn={topicArn}");
    }
}
