using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.SNS;
using Aiops.Cdk.Foundation;
using Aiops.Cdk.Parameters;
using Constructs;

namespace Aiops.Cdk.Watching;

/// <summary>Where the system's own alarms and its budget go: the given topic, or one made here.</summary>
internal sealed class AlarmTopic : Construct
{
    public AlarmTopic(Construct scope, AiopsNames names, Key key, AiopsParameters parameters) : base(scope, nameof(AlarmTopic))
    {
        if (parameters.AlarmTopicArn is { } arn)
        {
            Topic = Amazon.CDK.AWS.SNS.Topic.FromTopicArn(this, "Given", arn);
            return;
        }

        var topic = new Topic(this, "Resource", new TopicProps
        {
            TopicName = names.Of("own-alarms"),
            DisplayName = $"{names.Stack}: own alarms",
            MasterKey = key,
            EnforceSSL = true,
        });
        AllowPublishing(topic, "FromAlarms", "cloudwatch.amazonaws.com", names);
        AllowPublishing(topic, "FromBudgets", "budgets.amazonaws.com", names);
        if (parameters.CostMonitor)
        {
            AllowPublishing(topic, "FromCostAnomalies", "costalerts.amazonaws.com", names);
        }

        if (parameters.AlarmEmail is { } email)
        {
            var mail = new CfnSubscription(
                this, "Email", new CfnSubscriptionProps { TopicArn = topic.TopicArn, Protocol = "email", Endpoint = email });
            PolicyExceptions.Excuse(
                mail, "Serverless-SNSRedrivePolicy", "a person's mailbox; the alarm itself stays in CloudWatch");
        }

        Topic = topic;
    }

    public ITopic Topic { get; }

    private static void AllowPublishing(Topic topic, string id, string service, AiopsNames names)
        => topic.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
    {
        Sid = id,
        Principals = [new ServicePrincipal(service)],
        Actions = ["sns:Publish"],
        Resources = [topic.TopicArn],
        Conditions = Condition.That("StringEquals", "aws:SourceAccount", names.Account),
    }));
}
