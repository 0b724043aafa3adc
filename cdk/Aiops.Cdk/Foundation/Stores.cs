using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.S3;
using Constructs;
using Attribute = Amazon.CDK.AWS.DynamoDB.Attribute;

namespace Aiops.Cdk.Foundation;

internal sealed record StoresProps(AiopsNames Names, Key Key, bool Retain, int DocumentDays);

/// <summary>Where everything is kept: two tables and two buckets under one key, and a bucket of access logs.</summary>
internal sealed class Stores : Construct
{
    private readonly StoresProps props;
    private readonly RemovalPolicy removal;

    public Stores(Construct scope, StoresProps props) : base(scope, nameof(Stores))
    {
        this.props = props;
        removal = Removal.Of(props.Retain);
        Incidents = NewTable("Incidents", "incidents");
        Incidents.AddGlobalSecondaryIndex(new GlobalSecondaryIndexProps
        {
            IndexName = "GSI1",
            PartitionKey = Text("GSI1PK"),
            SortKey = Text("GSI1SK"),
            ProjectionType = ProjectionType.ALL,
        });
        Changes = NewTable("Changes", "changes");

        var accessLogs = NewAccessLogs();
        Documents = NewBucket("Documents", accessLogs, new LifecycleRule
        {
            Expiration = Duration.Days(props.DocumentDays),
            NoncurrentVersionExpiration = Duration.Days(30),
            AbortIncompleteMultipartUploadAfter = Duration.Days(1),
        });
        // Cases never expire by the clock; a revoked one leaves no trace after a week.
        Knowledge = NewBucket("Knowledge", accessLogs, new LifecycleRule
        {
            NoncurrentVersionExpiration = Duration.Days(7),
            AbortIncompleteMultipartUploadAfter = Duration.Days(1),
        });
    }

    /// <summary>Incidents, triggers, tickets, cases, task tokens.</summary>
    public Table Incidents { get; }

    /// <summary>What was changed in the account, as it happens.</summary>
    public Table Changes { get; }

    /// <summary>Context, reports, raw events.</summary>
    public Bucket Documents { get; }

    /// <summary>Cases as the knowledge base reads them.</summary>
    public Bucket Knowledge { get; }

    public void GrantRead(Role to, Table table)
        => GrantTable(to, table, UseOfKey.Read, "dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query");

    /// <summary>No Scan, and nothing that changes a table.</summary>
    public void GrantReadWrite(Role to, Table table) => GrantTable(
        to, table, UseOfKey.Write, "dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query",
        "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem");

    /// <summary>For the table of changes, whose items are never changed.</summary>
    public void GrantPut(Role to, Table table) => GrantTable(to, table, UseOfKey.Write, "dynamodb:PutItem");

    /// <inheritdoc cref="GrantPut(Role, Table)"/>
    public void GrantQueryAndPut(Role to, Table table)
        => GrantTable(to, table, UseOfKey.Write, "dynamodb:Query", "dynamodb:PutItem");

    public void GrantRead(Role to, Bucket bucket)
    {
        GrantObjects(to, bucket, UseOfKey.Read, "s3:GetObject");
        GrantList(to, bucket);
    }

    /// <summary>Objects are versioned, so overwriting destroys nothing; deleting is not granted.</summary>
    public void GrantReadWrite(Role to, Bucket bucket) 
    {
        GrantObjects(to, bucket, UseOfKey.Write, "s3:GetObject", "s3:PutObject");
        GrantList(to, bucket);
    }

    public void GrantPut(Role to, Bucket bucket) => GrantObjects(to, bucket, UseOfKey.Write, "s3:PutObject");

    private void GrantTable(Role to, Table table, UseOfKey use, params string[] actions)
    {
        Grant.AddToPrincipal(new GrantOnPrincipalOptions { Grantee = to, Actions = actions, ResourceArns = [table.TableArn] });
        if (table == Incidents && actions.Contains("dynamodb:Query"))
        {
            Grant.AddToPrincipal(new GrantOnPrincipalOptions { Grantee = to, Actions = ["dynamodb:Query"],
                ResourceArns = [$"{table.TableArn}/index/GSI1"] });
        }

        GrantKey(to, "dynamodb", use == UseOfKey.Read ? ["kms:Decrypt", "kms:DescribeKey"]
            : ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"]);
    }

    private void GrantObjects(Role to, Bucket bucket, UseOfKey use, params string[] actions)
    {
        Grant.AddToPrincipal(
            new GrantOnPrincipalOptions { Grantee = to, Actions = actions, ResourceArns = [bucket.ArnForObjects("*")] });
        PolicyExceptions.Excuse(
            to, AiopsNames.FindingOfObjects(bucket), "objects of the one bucket; their keys are made as incidents come");
        GrantKey(to, "s3", use == UseOfKey.Read ? ["kms:Decrypt"] : ["kms:Decrypt", "kms:GenerateDataKey"]);
    }

    // Without it a missing object is answered with 403 and looks like a missing permission.
    private static void GrantList(Role to, Bucket bucket) => Grant.AddToPrincipal(
        new GrantOnPrincipalOptions { Grantee = to, Actions = ["s3:ListBucket"], ResourceArns = [bucket.BucketArn] });

    /// <summary>The key, only by way of the service that keeps our data under it.</summary>
    private void GrantKey(Role to, string service, string[] actions)
        => to.AddToPolicy(new PolicyStatement(new PolicyStatementProps
    {
        Actions = actions,
        Resources = [props.Key.KeyArn],
        Conditions = Condition.That("StringEquals", "kms:ViaService", props.Names.Endpoint(service)),
    }));

    private Table NewTable(string id, string name) => new(this, id, new TableProps
    {
        TableName = props.Names.Of(name),
        PartitionKey = Text("PK"),
        SortKey = Text("SK"),
        BillingMode = BillingMode.PAY_PER_REQUEST,
        Encryption = TableEncryption.CUSTOMER_MANAGED,
        EncryptionKey = props.Key,
        PointInTimeRecoverySpecification = new PointInTimeRecoverySpecification { PointInTimeRecoveryEnabled = true },
        TimeToLiveAttribute = "ExpiresAt",
        DeletionProtection = props.Retain,
        RemovalPolicy = removal,
    });

    private Bucket NewBucket(string id, IBucket accessLogs, LifecycleRule lifecycle) => new(this, id, new BucketProps
    {
        BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
        ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED,
        Encryption = BucketEncryption.KMS,
        EncryptionKey = props.Key,
        BucketKeyEnabled = true, // One call to KMS for many objects.
        EnforceSSL = true,
        MinimumTLSVersion = 1.2,
        Versioned = true,
        ServerAccessLogsBucket = accessLogs,
        ServerAccessLogsPrefix = $"{id.ToLowerInvariant()}/",
        LifecycleRules = [lifecycle],
        RemovalPolicy = removal,
    });

    private Bucket NewAccessLogs() => new(this, "AccessLogs", new BucketProps
    {
        BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
        ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED,
        Encryption = BucketEncryption.S3_MANAGED, // S3 delivers access logs to no bucket under another key.
        EnforceSSL = true,
        MinimumTLSVersion = 1.2,
        Versioned = true,
        LifecycleRules =
        [
            new LifecycleRule
            {
                Expiration = Duration.Days(90),
                NoncurrentVersionExpiration = Duration.Days(7),
                AbortIncompleteMultipartUploadAfter = Duration.Days(1),
            },
        ],
        RemovalPolicy = removal,
    });

    private enum UseOfKey
    {
        Read,
        Write,
    }

    private static Attribute Text(string name) => new() { Name = name, Type = AttributeType.STRING };
}
