using Amazon.CDK;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.SQS;
using Constructs;

namespace Aiops.Cdk.Foundation;

/// <param name="Visibility">At least six times the consumer's timeout plus its batching window, or Lambda's retries meet their
/// own messages.</param>
internal sealed record LaneProps(AiopsNames Names, Key Key, string Name, Duration Visibility, IReadOnlyList<string> Topics);

/// <summary>One trigger queue and its dead letters. The lanes share nothing, so a storm in one can't hold up the other.</summary>
internal sealed class Lane : Construct
{
    private const int Receives = 5; // Then a message is set aside: by then it is the message, not the moment.

    public Lane(Construct scope, LaneProps props) : base(scope, $"{char.ToUpperInvariant(props.Name[0])}{props.Name[1..]}Lane")
    {
        DeadLetters = new Queue(
            this, "DeadLetters", Queues.Encrypted(props.Names.Of($"{props.Name}-dead-letters"), props.Key, new QueueProps
        {
            RetentionPeriod = Duration.Days(14),
            RedriveAllowPolicy = new RedriveAllowPolicy
            {
                RedrivePermission = RedrivePermission.BY_QUEUE,
                SourceQueues = [Queue.FromQueueArn(this, "Source", props.Names.QueueArn(props.Name))],
            },
        }));
        PolicyExceptions.Excuse(DeadLetters, "Serverless-SQSRedrivePolicy", "these are the dead letters");
        Queue = new Queue(this, "Queue", Queues.Encrypted(props.Names.Of(props.Name), props.Key, new QueueProps
        {
            VisibilityTimeout = props.Visibility,
            RetentionPeriod = Duration.Days(14),
            ReceiveMessageWaitTime = Duration.Seconds(20),
            DeadLetterQueue = new DeadLetterQueue { Queue = DeadLetters, MaxReceiveCount = Receives },
        }));
        Queues.AllowRules(Queue, props.Names);
        Queues.AllowTopics(Queue, props.Topics);
    }

    public Queue Queue { get; }
    public Queue DeadLetters { get; }
}
