using System.Text;
using Aiops.Cdk.Tests.Synthesis;
using Aiops.Pipeline.Intake.Maintenance;

namespace Aiops.Cdk.Tests;

[Collection(Synthesized.Name)]
public sealed class StoreTests(SynthesizedApp app)
{
    [Fact]
    public void Tables_can_be_put_back_to_any_second_and_forget_by_ExpiresAt()
    {
        foreach (var table in app.Environments.SelectMany(template => template.OfType("AWS::DynamoDB::Table")))
        {
            table.Text("PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled").ShouldBe("true");
            table.Text("TimeToLiveSpecification", "AttributeName").ShouldBe("ExpiresAt");
            table.Text("TimeToLiveSpecification", "Enabled").ShouldBe("true");
            table.Text("BillingMode").ShouldBe("PAY_PER_REQUEST");
            Keys(table.Property("KeySchema")!).ShouldBe(["PK HASH", "SK RANGE"]);
        }
    }

    [Fact]
    public void The_incidents_have_one_index_and_the_changes_none()
    {
        var index = app.Full.Named("AWS::DynamoDB::Table", "TableName", "aiops-full-incidents")
            .Property("GlobalSecondaryIndexes")!.AsArray().ShouldHaveSingleItem()!;

        index["IndexName"]!.ToString().ShouldBe("GSI1");
        Keys(index["KeySchema"]!).ShouldBe(["GSI1PK HASH", "GSI1SK RANGE"]);
        index["Projection"]!["ProjectionType"]!.ToString().ShouldBe("ALL");
        app.Full.Named("AWS::DynamoDB::Table", "TableName", "aiops-full-changes").Property("GlobalSecondaryIndexes")
            .ShouldBeNull();
    }

    [Theory]
    [InlineData("AWS::DynamoDB::Table")]
    [InlineData("AWS::S3::Bucket")]
    [InlineData("AWS::KMS::Key")]
    public void Data_outlives_the_stack_unless_said_otherwise(string type)
    {
        app.Full.OfType(type).ShouldAllBe(one => one.Json["DeletionPolicy"]!.ToString() == "RetainExceptOnCreate");
        app.Other.OfType(type).ShouldAllBe(one => one.Json["DeletionPolicy"]!.ToString() == "Delete");
    }

    [Fact]
    public void Tables_are_protected_from_deletion_where_data_is_kept()
    {
        app.Full.OfType("AWS::DynamoDB::Table").ShouldAllBe(table => table.Text("DeletionProtectionEnabled") == "true");
        app.Other.OfType("AWS::DynamoDB::Table").ShouldAllBe(table => table.Text("DeletionProtectionEnabled") != "true");
    }

    [Fact]
    public void Buckets_are_private_versioned_and_clean_up_after_themselves()
    {
        foreach (var bucket in app.All.SelectMany(template => template.OfType("AWS::S3::Bucket")))
        {
            foreach (var what in new[] { "BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets" })
            {
                bucket.Text("PublicAccessBlockConfiguration", what).ShouldBe("true", bucket.Id);
            }

            bucket.Text("VersioningConfiguration", "Status").ShouldBe("Enabled");
            bucket.Property("LifecycleConfiguration", "Rules")![0]!["NoncurrentVersionExpiration"].ShouldNotBeNull();
            bucket.Property("LifecycleConfiguration", "Rules")![0]!["AbortIncompleteMultipartUpload"].ShouldNotBeNull();
        }
    }

    [Fact]
    public void Documents_expire_and_cases_never_do()
    {
        Rule("StoresDocuments")!["ExpirationInDays"]!.GetValue<int>().ShouldBe(400);
        Rule("StoresKnowledge")!["ExpirationInDays"].ShouldBeNull();
        Rule("StoresKnowledge")!["NoncurrentVersionExpiration"]!["NoncurrentDays"]!.GetValue<int>().ShouldBe(7);

        System.Text.Json.Nodes.JsonNode? Rule(string id)
            => app.Full.OfType("AWS::S3::Bucket").Single(bucket => bucket.Id.StartsWith(id, StringComparison.Ordinal))
                .Property("LifecycleConfiguration", "Rules")![0];
    }

    [Fact]
    public void Access_to_documents_and_cases_is_logged()
        => app.Full.OfType("AWS::S3::Bucket").Where(bucket => !bucket.Id.StartsWith("StoresAccessLogs", StringComparison.Ordinal))
            .ShouldAllBe(bucket => bucket.Text("LoggingConfiguration", "DestinationBucketName").StartsWith("${StoresAccessLogs"));

    [Fact]
    public void The_knowledge_base_is_a_choice_and_reads_the_cases_into_vectors()
    {
        app.Least.OfType("AWS::Bedrock::KnowledgeBase").ShouldBeEmpty();
        var index = app.Full.OfType("AWS::S3Vectors::Index").ShouldHaveSingleItem();
        var knowledge = app.Full.OfType("AWS::Bedrock::KnowledgeBase").ShouldHaveSingleItem();
        var source = app.Full.OfType("AWS::Bedrock::DataSource").ShouldHaveSingleItem();

        index.Text("Dimension").ShouldBe(
            knowledge.Text("KnowledgeBaseConfiguration", "VectorKnowledgeBaseConfiguration", "EmbeddingModelConfiguration",
            "BedrockEmbeddingModelConfiguration", "Dimensions"));
        knowledge.Text("StorageConfiguration", "S3VectorsConfiguration", "IndexArn").ShouldBe($"${{{index.Id}.IndexArn}}");
        source.Text("DataSourceConfiguration", "S3Configuration", "BucketArn").ShouldStartWith("${StoresKnowledge");
        source.Text("KnowledgeBaseId").ShouldBe($"${{{knowledge.Id}.KnowledgeBaseId}}");
    }

    [Fact]
    public void The_switches_begin_off()
    {
        app.Full.Named("AWS::SSM::Parameter", "Name", "/aiops-full/mute").Text("Value").ShouldBe("off");
        var maintenance = app.Full.Named("AWS::SSM::Parameter", "Name", "/aiops-full/maintenance").Text("Value");
        maintenance.ShouldBe("""{"windows":[]}""");
        Should.NotThrow(() => MaintenanceWindowsFile.Read("the template's", Encoding.UTF8.GetBytes(maintenance)));
    }

    private static IEnumerable<string> Keys(System.Text.Json.Nodes.JsonNode schema)
        => schema.AsArray().Select(key => $"{key!["AttributeName"]} {key["KeyType"]}");
}
