using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.S3;
using Aiops.Cdk.Foundation;
using Aiops.Cdk.Parameters;
using Constructs;

namespace Aiops.Cdk.Organisation;

/// <summary>The bucket of one Region that the organisation's accounts take the function bundle from. They read it; nobody else
/// does.</summary>
public sealed class BundlesStack : Stack
{
    public BundlesStack(Construct scope, string id, AiopsParameters parameters, OrganisationParameters organisation,
        string region, IStackProps props) : base(scope, id, props)
    {
        var bucket = new Bucket(this, "Bundles", new BucketProps
        {
            BucketName = $"{organisation.BundleBucketPrefix}-{region}",
            BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
            ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED,
            Encryption = BucketEncryption.S3_MANAGED, // Code, not data; a key would have to be shared with every account.
            EnforceSSL = true,
            MinimumTLSVersion = 1.2,
            Versioned = true,
            LifecycleRules =
        [
            new LifecycleRule
            {
                NoncurrentVersionExpiration = Duration.Days(90),
                AbortIncompleteMultipartUploadAfter = Duration.Days(1),
            },
        ],
            RemovalPolicy = RemovalPolicy.RETAIN,
        });
        bucket.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
        {
            Sid = "ReadByTheOrganisation",
            Principals = [new AnyPrincipal()],
            Actions = ["s3:GetObject"],
            Resources = [bucket.ArnForObjects("*")],
            Conditions = Condition.That("StringEquals", "aws:PrincipalOrgID", organisation.OrganisationId),
        }));
        PolicyExceptions.Excuse(bucket, "AwsSolutions-S1",
            "CloudTrail's data events say who read a bundle; it is code, and every account of the organisation does");
        _ = new CfnOutput(this, "BundlesBucket", new CfnOutputProps { Value = bucket.BucketName });
        Watching.SystemCost.TagAll(this, parameters.StackName);
    }
}
