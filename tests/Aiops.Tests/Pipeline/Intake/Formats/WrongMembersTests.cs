using Aiops.Pipeline;
using Aiops.Pipeline.Intake.Formats;

namespace Aiops.Tests.Pipeline.Intake.Formats;

/// <summary>Senders change, and leave out, and get types wrong: that may cost a detail, never the alarm.</summary>
public class WrongMembersTests
{
    private static readonly DateTimeOffset Received = new(2026, 5, 9, 15, 0, 0, TimeSpan.Zero);

    /// <summary>The few members without which there is no event: everything else is optional.</summary>
    private static readonly HashSet<string> Required =
    [
        // Envelopes.
        "$.detail-type", "$.detail", "$.Message", "$.Type", "$.Records", "$.Records[]", "$.Records[].body", "$.Records[].Sns",
        "$.Records[].Sns.Message", "$.Records[].Sns.Type", "$.body", "$.isBase64Encoded",
        // CloudWatch.
        "$.detail.state", "$.detail.state.value", "$.alarmData", "$.alarmData.state", "$.alarmData.state.value", "$.NewStateValue", "$.AlarmName",
        // Alertmanager and Grafana.
        "$.alerts", "$.alerts[]", "$.alerts[].status",
        // The rest of AWS: the id of what it is about, and the state.
        "$.detail.insightId", "$.detail.anomalyId", "$.detail.eventArn", "$.detail.statusCode", "$.detail.id", "$.detail.metadata", "$.detail.metadata.task_id",
        // Webhooks.
        "$.incidentId", "$.action", "$.title", "$.alarm_name", "$.state", "$.status", "$.detail.title",
    ];

    /// <summary>What decides a condition may change it: the first state after a creation, and a notice that asks for nothing.</summary>
    private static readonly HashSet<string> Deciding =
        ["$.detail.previousState", "$.detail.previousState.reason", "$.detail.eventTypeCategory", "$.detail.actionability", "$.detail.messageType"];

    public static TheoryData<string> Samples() => [.. SampleEvents.Names];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_wrong_optional_member_never_loses_an_alarm(string sample)
    {
        var reader = new EventReader();
        var bytes = SampleEvents.Bytes(sample);
        if (reader.Read(bytes, Received) is not ReadEvent.Triggers whole)
        {
            return; // A confirmation or a text: nothing to lose.
        }

        foreach (var mutation in Mutation.Of(bytes))
        {
            var what = $"{sample}: {mutation.Path} became {mutation.Replacement}";
            var read = reader.Read(mutation.Body, Received);
            if (read is ReadEvent.Unreadable unreadable)
            {
                unreadable.Reason.ShouldNotBeNullOrWhiteSpace(what);
                unreadable.Reason.Length.ShouldBeLessThan(1_000, what);
            }

            if (!IsRequired(sample, mutation.Path))
            {
                Conditions(read).ShouldBe(Conditions(whole), what);
            }
            else if (read is ReadEvent.Triggers { UnreadableParts: var parts })
            {
                parts.ShouldAllBe(part => part.Reason.Length > 0 && part.Reason.Length < 1_000 && part.Content.Length > 0, what);
            }
        }
    }

    private static bool IsRequired(string sample, string path)
        => Required.Contains(path) || Deciding.Contains(path)
            || (sample.Contains("contributor", StringComparison.Ordinal) && path.StartsWith("$.detail.alarmContributor", StringComparison.Ordinal))
            || (path == "$.source" && (sample.StartsWith("cost-anomaly", StringComparison.Ordinal) || sample.StartsWith("devops-agent", StringComparison.Ordinal)));

    private static IEnumerable<TriggerCondition> Conditions(ReadEvent read)
        => read is ReadEvent.Triggers triggers ? triggers.Items.Select(trigger => trigger.Condition) : [];
}
