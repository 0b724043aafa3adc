using Amazon.CDK;
using Amazon.CDK.AWS.S3;

namespace Aiops.Cdk.Foundation;

/// <summary>
/// The names of one environment's resources. They are fixed, so that roles can name exactly what they may touch, whichever of
/// the two is made first, and a permission boundary can name everything by one beginning.
/// </summary>
internal sealed class AiopsNames(Stack stack, string stackName)
{
    public string Stack => stackName;
    public string Region => stack.Region;
    public string Account => stack.Account;

    /// <summary>This environment in this account and Region, as no other: <c>aiops-prod/eu-west-1/111122223333</c>.</summary>
    public string Place => $"{stackName}/{stack.Region}/{stack.Account}";

    /// <summary>Rules of this environment, and no others.</summary>
    public string RuleArns => Arn("events", $"rule/{stackName}-*");

    public string Of(string what) => $"{stackName}-{what}";

    /// <summary>The ARN of something in this account and Region: <c>arn:aws:SERVICE:REGION:ACCOUNT:REST</c>.</summary>
    public string Arn(string service, string rest) => $"arn:{stack.Partition}:{service}:{stack.Region}:{stack.Account}:{rest}";

    /// <summary>The ARN of something of AWS's own in this Region, which has no account.</summary>
    public string ArnOfAws(string service, string rest) => ArnOfAws(service, stack.Region, rest);

    /// <summary>The same in another Region, or, by none, in no Region that is named.</summary>
    public string ArnOfAws(string service, string region, string rest) => $"arn:{stack.Partition}:{service}:{region}::{rest}";

    /// <summary>The same as cdk-nag writes it in a finding.</summary>
    public string FindingOf(string service, string rest)
        => $"arn:{Plain(stack.Partition, "Partition")}:{service}:{Plain(Region, "Region")}:{Plain(Account, "AccountId")}:{rest}";

    /// <summary>cdk-nag's finding on the objects of a bucket.</summary>
    public static string FindingOfObjects(Bucket bucket)
    {
        var id = Amazon.CDK.Stack.Of(bucket).GetLogicalId((CfnElement)bucket.Node.DefaultChild!);
        return $"AwsSolutions-IAM5[Resource::<{id}.Arn>/*]";
    }

    /// <summary>A service's name in this Region, as <c>kms:ViaService</c> has it.</summary>
    public string Endpoint(string service) => $"{service}.{Region}.{stack.UrlSuffix}";

    public string QueueArn(string what) => Arn("sqs", Of(what));

    public string StateMachineArn(string what) => Arn("states", $"stateMachine:{Of(what)}");

    private static string Plain(string value, string pseudo) => Token.IsUnresolved(value) ? $"<AWS::{pseudo}>" : value;
}
