using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.SQS;
using Aiops.Cdk.Foundation;
using Aiops.Cdk.Parameters;
using Constructs;

namespace Aiops.Cdk.Sources;

/// <summary>Everything that brings events to the trigger queues, but for the HTTP API.</summary>
internal sealed class EventSources : Construct
{
    public EventSources(Construct scope, AiopsNames names, TriggerQueues queues, AiopsParameters parameters)
        : base(scope, nameof(EventSources))
    {
        AddRules(AlarmSources.Urgent(parameters.OwnAlarmPrefix, parameters.GuardDuty), queues.Urgent.Queue);
        AddRules(AlarmSources.Routine(parameters.OwnAlarmPrefix, parameters.GuardDuty), queues.Routine.Queue);
        Subscribe("Urgent", parameters.UrgentTopics, queues.Urgent);
        Subscribe("Routine", parameters.RoutineTopics, queues.Routine);

        void AddRules(IEnumerable<EventSource> sources, Queue queue)
        {
            foreach (var source in sources)
            {
                _ = new EventRule(this, new EventRuleProps(
                    names, source.Name, source.Says, queues.Undelivered) { Pattern = source.Pattern, Queue = queue });
            }
        }

        // No raw delivery: the envelope says which topic it was, and when.
        void Subscribe(string lane, IReadOnlyList<string> topics, Lane to)
        {
            for (var i = 0; i < topics.Count; i++)
            {
                _ = new CfnSubscription(this, $"{lane}Topic{i}", new CfnSubscriptionProps
                {
                    TopicArn = topics[i],
                    Protocol = "sqs",
                    Endpoint = to.Queue.QueueArn,
                    RawMessageDelivery = false,
                    RedrivePolicy = new Dictionary<string, object> { ["deadLetterTargetArn"] = queues.Undelivered.QueueArn },
                });
            }
        }
    }
}
