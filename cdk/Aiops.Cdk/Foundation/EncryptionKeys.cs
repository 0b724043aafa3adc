using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Aiops.Cdk.Parameters;
using Constructs;

namespace Aiops.Cdk.Foundation;

/// <summary>
/// Two customer-managed keys: one for messages, which services write on their own behalf, and one for data, which only our
/// functions (and the logs service) use.
/// </summary>
/// <remarks>
/// A queue under an AWS-managed key can't be written by EventBridge or SNS: that key's policy can't name them, and the events
/// vanish without a trace. So the messages' key names each sender, for this account's resources only.
/// </remarks>
internal sealed class EncryptionKeys : Construct
{
    public EncryptionKeys(Construct scope, AiopsNames names, AiopsParameters parameters, RemovalPolicy removal)
        : base(scope, nameof(EncryptionKeys))
    {
        Messages = NewKey("Messages", names, "messages: trigger queues, dead letters, the topic of own alarms", removal);
        AllowSender("events.amazonaws.com", "ArnLike", "aws:SourceArn", names.RuleArns);
        AllowSender("sns.amazonaws.com", "ArnLike", "aws:SourceArn", 
            [names.Arn("sns", "*"), .. parameters.UrgentTopics, .. parameters.RoutineTopics]); // Those may be other accounts'.
        AllowSender("cloudwatch.amazonaws.com", "ArnLike", "aws:SourceArn", names.Arn("cloudwatch", "alarm:*"));
        AllowSender("budgets.amazonaws.com", "StringEquals", "aws:SourceAccount", names.Account);
        if (parameters.CostMonitor)
        {
            AllowSender("costalerts.amazonaws.com", "StringEquals", "aws:SourceAccount", names.Account);
        }

        Data = NewKey("Data", names, "data: tables, buckets, logs, the webhook's secret", removal);
        AllowLogs(Data, names);
    }

    /// <summary>Queues and the topic.</summary>
    public Key Messages { get; }

    /// <summary>Tables, buckets, log groups and the secret.</summary>
    public Key Data { get; }

    private Key NewKey(string id, AiopsNames names, string use, RemovalPolicy removal)
    {
        var key = new Key(this, id, Props(id, names, use, removal));
        LimitGrants(key);
        return key;
    }

    internal static KeyProps Props(string id, AiopsNames names, string use, RemovalPolicy removal) => new()
    {
        Description = $"{names.Stack}: {use}",
        Alias = $"alias/{names.Stack}-{id.ToLowerInvariant()}",
        EnableKeyRotation = true,
        PendingWindow = Duration.Days(30), // Time to notice that something still needed it.
        RemovalPolicy = removal,
    };

    internal static void AllowLogs(Key key, AiopsNames names)
        => key.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
    {
        Sid = "LogsOfThisAccount",
        Principals = [new ServicePrincipal(names.Endpoint("logs"))],
        Actions = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:GenerateDataKey",
            "kms:GenerateDataKeyWithoutPlaintext", "kms:DescribeKey"],
        Resources = ["*"], // In a key's policy: this key.
        Conditions = Condition.That("ArnLike", "kms:EncryptionContext:aws:logs:arn", names.Arn("logs", "log-group:*")),
    }));

    /// <summary>A grant outlives the policy that allowed it, so only AWS's services may make one.</summary>
    internal static void LimitGrants(Key key) => key.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
    {
        Sid = "GrantsForServicesAlone",
        Effect = Effect.DENY,
        Principals = [new AnyPrincipal()],
        Actions = ["kms:CreateGrant"],
        Resources = ["*"], // In a key's policy: this key.
        Conditions = new Dictionary<string, object>
        {
            ["BoolIfExists"] = new Dictionary<string, object>
            {
                ["kms:GrantIsForAWSResource"] = "false",
                ["aws:PrincipalIsAWSService"] = "false",
            },
        },
    }));

    private void AllowSender(string service, string test, string key, params string[] values)
        => Messages.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
        {
            Sid = $"From{char.ToUpperInvariant(service[0])}{service[1..service.IndexOf('.', StringComparison.Ordinal)]}",
            Principals = [new ServicePrincipal(service)],
            Actions = ["kms:GenerateDataKey", "kms:Decrypt"],
            Resources = ["*"], // In a key's policy: this key.
            Conditions = Condition.That(test, key, values),
        }));
}
