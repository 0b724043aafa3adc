using Amazon.CDK;
using Constructs;

namespace Aiops.Cdk;

/// <summary>
/// Where a policy check is right in general and wrong here, with the reason. cdk-nag's stand at the construct that they excuse;
/// cfn-guard knows no constructs, so its are listed here. Tests see that each has a reason and is still needed.
/// </summary>
public static class PolicyExceptions
{
    /// <summary>Of the Control Tower rules that cfn-guard applies.</summary>
    public static IReadOnlyList<GuardException> OfGuard { get; } =
    [
        new("api_gw_v2_authorization_type_configured_check", "ReviewApiPOSTevents",
            "monitoring systems sign their events; the handler verifies the signature before it reads"),
        new("cloudwatch_log_group_retention_period_check", "",
            "aiops:logRetentionDays says how long; what an incident needs later is in its documents"),
        new("lambda_function_public_access_prohibited_check", "ReviewApi",
            "the permission names the API's route and the account; the rule reads neither from a reference"),
        new("sqs_dlq_check", "TriggerQueuesUndelivered", "these are the dead letters of rules, topics and functions"),
        new("lambda_inside_vpc_check", "", "the functions reach AWS's services alone, and a VPC would add a door to guard"),
        new("s3_bucket_default_encryption_kms_check", "StoresAccessLogs", "S3 delivers access logs to no bucket under a KMS key"),
        new("s3_bucket_logging_enabled_check", "StoresAccessLogs", "it holds the access logs; logging its own would never end"),
        new("s3_event_notifications_enabled_check", "Stores", "nothing waits for an object here: the workflow passes keys"),
        new("s3_bucket_object_lock_enabled_check", "Stores",
            "a revoked case must leave no trace, and documents end after aiops:documentDays"),
        new("s3_bucket_default_encryption_kms_check", "Bundles",
            "code, not data; a KMS key would have to be shared with every account"),
        new("s3_bucket_logging_enabled_check", "Bundles",
            "code that every account of the organisation reads; CloudTrail says who"),
        new("s3_event_notifications_enabled_check", "Bundles", "nothing waits for a bundle: a deployment names its key"),
        new("s3_bucket_object_lock_enabled_check", "Bundles", "versions are kept for 90 days, and a deployment names its key"),
    ];

    /// <summary>What cfn-lint reads of its exceptions, in a template's metadata.</summary>
    internal static Dictionary<string, object> OfLint(params string[] checks)
        => new() { ["cfn-lint"] = new Dictionary<string, object> { [
            "config"] = new Dictionary<string, object> { ["ignore_checks"] = checks } } };

    /// <summary>Excuses one finding of cdk-nag at a construct and what it holds.</summary>
    /// <param name="rule">The rule's id, with the finding in brackets where it names one.</param>
    internal static void Excuse(IConstruct at, string rule, string reason)
        => Validations.Of(at).Acknowledge(new Acknowledgment { Id = rule, Reason = reason });
}

/// <param name="IdBegins">With what the logical ids begin of resources that are excused; empty for all that the rule
/// finds.</param>
public sealed record GuardException(string Rule, string IdBegins, string Reason);
