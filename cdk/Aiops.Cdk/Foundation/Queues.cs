using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.SQS;

namespace Aiops.Cdk.Foundation;

/// <summary>What every queue here has: our key, TLS only, and no sender but named ones.</summary>
internal static class Queues
{
    public static QueueProps Encrypted(string name, IKey key, QueueProps props)
    {
        props.QueueName = name;
        props.Encryption = QueueEncryption.KMS;
        props.EncryptionMasterKey = key;
        // A data key serves an hour: a storm doesn't become one of calls to KMS.
        props.DataKeyReuse = Amazon.CDK.Duration.Hours(1);
        props.EnforceSSL = true;
        return props;
    }

    /// <summary>One statement for all rules of the environment: a queue's policy holds no more than twenty.</summary>
    public static void AllowRules(Queue queue, AiopsNames names)
        => queue.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
    {
        Sid = "FromRules",
        Principals = [new ServicePrincipal("events.amazonaws.com")],
        Actions = ["sqs:SendMessage"],
        Resources = [queue.QueueArn],
        Conditions = Condition.That("ArnLike", "aws:SourceArn", names.RuleArns),
    }));

    /// <summary>The named topics; none named, none let in.</summary>
    public static void AllowTopics(Queue queue, IReadOnlyList<string> topics)
    {
        if (topics.Count > 0)
        {
            queue.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
            {
                Sid = "FromTopics",
                Principals = [new ServicePrincipal("sns.amazonaws.com")],
                Actions = ["sqs:SendMessage"],
                Resources = [queue.QueueArn],
                Conditions = Condition.That("ArnEquals", "aws:SourceArn", [.. topics]),
            }));
        }
    }

    /// <summary>Sending, and the key that it takes.</summary>
    public static void GrantSend(IGrantable to, Queue queue)
        => Grant(to, queue, ["sqs:SendMessage", "sqs:GetQueueAttributes"], ["kms:Decrypt", "kms:GenerateDataKey"]);

    /// <summary>What Lambda's poller does in the function's name.</summary>
    public static void GrantConsume(IGrantable to, Queue queue)
        => Grant(to, queue, ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"],
            ["kms:Decrypt"]);

    private static void Grant(IGrantable to, Queue queue, string[] actions, string[] keyActions)
    {
        Amazon.CDK.AWS.IAM.Grant.AddToPrincipal(
            new GrantOnPrincipalOptions { Grantee = to, Actions = actions, ResourceArns = [queue.QueueArn] });
        Amazon.CDK.AWS.IAM.Grant.AddToPrincipal(new GrantOnPrincipalOptions
        {
            Grantee = to,
            Actions = keyActions,
            ResourceArns = [queue.EncryptionMasterKey!.KeyArn],
        });
    }
}
