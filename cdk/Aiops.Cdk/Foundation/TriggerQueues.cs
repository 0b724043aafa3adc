using Amazon.CDK;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.SQS;
using Aiops.Cdk.Parameters;
using Constructs;

namespace Aiops.Cdk.Foundation;

/// <summary>The two lanes of the trigger queue, and where deliveries end that no target took.</summary>
internal sealed class TriggerQueues : Construct
{
    public TriggerQueues(Construct scope, AiopsNames names, Key key, AiopsParameters parameters, Duration visibility)
        : base(scope, nameof(TriggerQueues))
    {
        Urgent = new Lane(this, new LaneProps(names, key, "urgent", visibility, parameters.UrgentTopics));
        Routine = new Lane(this, new LaneProps(names, key, "routine", visibility, parameters.RoutineTopics));
        Undelivered = new Queue(this, "Undelivered", Queues.Encrypted(names.Of("undelivered"), key, new QueueProps
        {
            RetentionPeriod = Duration.Days(14),
            // Rules, topics and functions ask for no permission of this kind.
            RedriveAllowPolicy = new RedriveAllowPolicy { RedrivePermission = RedrivePermission.DENY_ALL },
        }));
        PolicyExceptions.Excuse(
            Undelivered, "Serverless-SQSRedrivePolicy", "these are the dead letters of rules, topics and functions");
        PolicyExceptions.Excuse(Undelivered, "AwsSolutions-SQS3", "these are the dead letters of rules, topics and functions");
        Queues.AllowRules(Undelivered, names);
        Queues.AllowTopics(Undelivered, [.. parameters.UrgentTopics, .. parameters.RoutineTopics]);
    }

    public Lane Urgent { get; }
    public Lane Routine { get; }

    /// <summary>What rules couldn't hand to their targets, topics to the queues, or Lambda to a function.</summary>
    public Queue Undelivered { get; }
}
