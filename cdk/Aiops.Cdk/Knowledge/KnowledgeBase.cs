using Amazon.CDK.AWS.Bedrock;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.S3;
using Amazon.CDK.AWS.S3Vectors;
using Aiops.Cdk.Foundation;
using Constructs;

namespace Aiops.Cdk.Knowledge;

internal sealed record KnowledgeBaseProps(AiopsNames Names, Bucket Cases, Key Key, string EmbeddingModel);

/// <summary>
/// Bedrock's index over the cases in the bucket. It proposes candidates; the ranking is ours, so nothing stops when it is off.
/// </summary>
internal sealed class KnowledgeBase : Construct
{
    private const int Dimensions = 1024;
    private readonly CfnKnowledgeBase knowledgeBase;

    public KnowledgeBase(Construct scope, KnowledgeBaseProps props) : base(scope, nameof(KnowledgeBase))
    {
        var vectors = new CfnVectorBucket(this, "Vectors", new CfnVectorBucketProps
        {
            VectorBucketName = $"{props.Names.Of("vectors")}-{props.Names.Account}",
            EncryptionConfiguration =
                new CfnVectorBucket.EncryptionConfigurationProperty { SseType = "aws:kms", KmsKeyArn = props.Key.KeyArn },
        });
        var index = new CfnIndex(this, "Index", new CfnIndexProps
        {
            IndexName = "cases",
            VectorBucketArn = vectors.AttrVectorBucketArn,
            DataType = "float32",
            Dimension = Dimensions,
            DistanceMetric = "cosine",
            // Bedrock keeps a passage's text beside its vector; filterable metadata may only be 2 KB.
            MetadataConfiguration = new CfnIndex.MetadataConfigurationProperty
            {
                NonFilterableMetadataKeys = ["AMAZON_BEDROCK_TEXT", "AMAZON_BEDROCK_METADATA"],
            },
        });
        var model = props.Names.ArnOfAws("bedrock", $"foundation-model/{props.EmbeddingModel}");
        var role = NewRole(props, model, index);
        knowledgeBase = new CfnKnowledgeBase(this, "Resource", new CfnKnowledgeBaseProps
        {
            Name = props.Names.Of("cases"),
            Description = "Reviewed cases of earlier incidents",
            RoleArn = role.RoleArn,
            KnowledgeBaseConfiguration = new CfnKnowledgeBase.KnowledgeBaseConfigurationProperty
            {
                Type = "VECTOR",
                VectorKnowledgeBaseConfiguration = new CfnKnowledgeBase.VectorKnowledgeBaseConfigurationProperty
                {
                    EmbeddingModelArn = model,
                    EmbeddingModelConfiguration = new CfnKnowledgeBase.EmbeddingModelConfigurationProperty
                    {
                        BedrockEmbeddingModelConfiguration =
                            new CfnKnowledgeBase.BedrockEmbeddingModelConfigurationProperty { Dimensions = Dimensions },
                    },
                },
            },
            StorageConfiguration = new CfnKnowledgeBase.StorageConfigurationProperty
            {
                Type = "S3_VECTORS",
                S3VectorsConfiguration = new CfnKnowledgeBase.S3VectorsConfigurationProperty { IndexArn = index.AttrIndexArn },
            },
        });
        knowledgeBase.Node.AddDependency(role); // Bedrock tries the role's rights when the knowledge base is made.
        var source = new CfnDataSource(this, "Cases", new CfnDataSourceProps
        {
            Name = props.Names.Of("cases"),
            KnowledgeBaseId = knowledgeBase.AttrKnowledgeBaseId,
            DataDeletionPolicy = "DELETE",
            DataSourceConfiguration = new CfnDataSource.DataSourceConfigurationProperty
            {
                Type = "S3",
                S3Configuration = new CfnDataSource.S3DataSourceConfigurationProperty { BucketArn = props.Cases.BucketArn },
            },
            VectorIngestionConfiguration = new CfnDataSource.VectorIngestionConfigurationProperty
            {
                // A case is one passage: cut in two it would be half remembered.
                ChunkingConfiguration = new CfnDataSource.ChunkingConfigurationProperty { ChunkingStrategy = "NONE" },
            },
        });
        Id = knowledgeBase.AttrKnowledgeBaseId;
        DataSourceId = source.AttrDataSourceId;
    }

    public string Id { get; }
    public string DataSourceId { get; }

    public void GrantRetrieve(IGrantable to) => Allow(to, "bedrock:Retrieve");

    public void GrantIngest(IGrantable to) => Allow(to, "bedrock:StartIngestionJob");

    private void Allow(IGrantable to, params string[] actions)
        => Grant.AddToPrincipal(
            new GrantOnPrincipalOptions { Grantee = to, Actions = actions, ResourceArns = [knowledgeBase.AttrKnowledgeBaseArn] });

    private Role NewRole(KnowledgeBaseProps props, string model, CfnIndex index)
    {
        props.Key.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
        {
            Sid = "VectorIndexing",
            Principals = [new ServicePrincipal("indexing.s3vectors.amazonaws.com")],
            Actions = ["kms:Decrypt"],
            Resources = ["*"], // In a key's policy: this key.
            Conditions = Condition.That(
                "ArnLike", "aws:SourceArn", props.Names.Arn("s3vectors", $"bucket/{props.Names.Of("vectors")}-*")),
        }));
        var role = new Role(this, "Role", new RoleProps
        {
            AssumedBy = new ServicePrincipal("bedrock.amazonaws.com", new ServicePrincipalOpts
            {
                Conditions = new Dictionary<string, object>
                {
                    ["StringEquals"] = new Dictionary<string, object> { ["aws:SourceAccount"] = props.Names.Account },
                    ["ArnLike"] = new Dictionary<string, object>
                    {
                        ["aws:SourceArn"] = props.Names.Arn("bedrock", "knowledge-base/*"),
                    },
                },
            }),
            Description = $"{props.Names.Stack}: the knowledge base reads cases and keeps vectors",
        });
        Allow(["bedrock:InvokeModel"], model);
        Allow(["s3:ListBucket"], props.Cases.BucketArn);
        Allow(["s3:GetObject"], props.Cases.ArnForObjects("*"));
        PolicyExceptions.Excuse(role, AiopsNames.FindingOfObjects(props.Cases), "every case in the bucket is for the index");
        Allow(["s3vectors:GetIndex", "s3vectors:PutVectors", "s3vectors:GetVectors", "s3vectors:DeleteVectors",
            "s3vectors:QueryVectors", "s3vectors:ListVectors"], index.AttrIndexArn);
        Allow(["kms:Decrypt", "kms:GenerateDataKey"], props.Key.KeyArn);
        return role;

        void Allow(string[] actions, string resource)
            => role.AddToPolicy(new PolicyStatement(new PolicyStatementProps { Actions = actions, Resources = [resource] }));
    }
}
