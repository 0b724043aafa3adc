using Aiops.Cdk.Tests.Synthesis;

namespace Aiops.Cdk.Tests;

[Collection(Synthesized.Name)]
public sealed class EncryptionTests(SynthesizedApp app)
{
    [Fact]
    public void Messages_are_under_the_key_for_messages_and_all_else_that_is_kept_under_the_key_for_data()
    {
        foreach (var template in app.Environments)
        {
            Under("EncryptionKeysMessages", template, "AWS::SQS::Queue", "KmsMasterKeyId");
            Under("EncryptionKeysData", template, "AWS::DynamoDB::Table", "SSESpecification", "KMSMasterKeyId");
            Under("EncryptionKeysData", template, "AWS::Logs::LogGroup", "KmsKeyId");
            Under("EncryptionKeysData", template, "AWS::SecretsManager::Secret", "KmsKeyId");
        }

        Under("EncryptionKeysMessages", app.Full, "AWS::SNS::Topic", "KmsMasterKeyId");
        Under("EncryptionKeysData", app.Full, "AWS::S3Vectors::VectorBucket", "EncryptionConfiguration", "KmsKeyArn");
        Under("Key", app.Actions, "AWS::Logs::LogGroup", "KmsKeyId");
    }

    [Fact]
    public void Buckets_are_under_the_data_key_but_for_the_two_that_can_not_be()
    {
        foreach (var (template, bucket) in app.All.SelectMany(
            template => template.OfType("AWS::S3::Bucket").Select(bucket => (template, bucket))))
        {
            var encryption = bucket.Property("BucketEncryption", "ServerSideEncryptionConfiguration")![0]![
                "ServerSideEncryptionByDefault"]!;
            var excepted = bucket.Id.StartsWith("StoresAccessLogs", StringComparison.Ordinal)
                || bucket.Id.StartsWith("Bundles", StringComparison.Ordinal);
            encryption["SSEAlgorithm"]!.ToString().ShouldBe(excepted ? "AES256" : "aws:kms", bucket.Id);
            Template.Render(encryption["KMSMasterKeyID"])
                .ShouldBe(excepted ? "" : Key(template, "EncryptionKeysData"), bucket.Id);
        }

        app.Full.OfType("AWS::S3::Bucket").Count.ShouldBe(3);
    }

    [Fact]
    public void Every_key_is_rotated_and_ours()
        => app.All.SelectMany(template => template.OfType("AWS::KMS::Key"))
            .ShouldAllBe(key => key.Text("EnableKeyRotation") == "true");

    [Theory]
    [InlineData("events.amazonaws.com", "ArnLike", "aws:SourceArn", "arn:aws:events:eu-west-1:111122223333:rule/aiops-full-*")]
    [InlineData("sns.amazonaws.com", "ArnLike", "aws:SourceArn",
        "[\"arn:aws:sns:eu-west-1:111122223333:*\"," +
        "\"arn:aws:sns:eu-west-1:111122223333:pages\",\"arn:aws:sns:eu-west-1:777788889999:tickets\"]")]
    [InlineData("cloudwatch.amazonaws.com", "ArnLike", "aws:SourceArn", "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:*")]
    [InlineData("budgets.amazonaws.com", "StringEquals", "aws:SourceAccount", "111122223333")]
    [InlineData("costalerts.amazonaws.com", "StringEquals", "aws:SourceAccount", "111122223333")]
    public void The_messages_key_lets_each_sender_encrypt_for_this_account_and_the_named_topics_alone(
        string service, string test, string key, string value)
    {
        var policy = Statement.Of(app.Full.OfType("AWS::KMS::Key").Single(
            one => one.Id.StartsWith("EncryptionKeysMessages", StringComparison.Ordinal)));
        var statement = policy.Single(one => one.Principal == service);

        statement.Actions.ShouldBe(["kms:GenerateDataKey", "kms:Decrypt"], ignoreOrder: true);
        Template.Render(statement.Json["Condition"]![test]![key]).ShouldBe(value);
    }

    [Fact]
    public void Only_services_may_make_grants_on_a_key()
    {
        foreach (var key in app.All.SelectMany(template => template.OfType("AWS::KMS::Key")))
        {
            Statement.Of(key).ShouldContain(
                statement => statement.Effect == "Deny" && statement.Actions.Contains("kms:CreateGrant"), key.Id);
        }
    }

    [Fact]
    public void Queues_topics_and_buckets_refuse_what_comes_without_tls()
    {
        foreach (var template in app.All)
        {
            foreach (var (type, policyType, link) in new[] { ("AWS::SQS::Queue", "AWS::SQS::QueuePolicy", "Queues"),
                ("AWS::SNS::Topic", "AWS::SNS::TopicPolicy", "Topics"), ("AWS::S3::Bucket", "AWS::S3::BucketPolicy", "Bucket") })
            {
                foreach (var resource in template.OfType(type))
                {
                    var policies = template.OfType(policyType)
                        .Where(policy => policy.Property(link)!.ToJsonString().Contains(
                        $"\"{resource.Id}\"", StringComparison.Ordinal));
                    policies.SelectMany(Statement.Of).ShouldContain(
                        statement => statement.Effect == "Deny"
                            && Template.Render(statement.Json["Condition"]!["Bool"]!["aws:SecureTransport"]) == "false",
                            resource.Id);
                }
            }
        }
    }

    private static void Under(string key, Template template, string type, params string[] path)
    {
        var found = template.OfType(type);
        found.ShouldNotBeEmpty(type);
        found.ShouldAllBe(resource => resource.Text(path) == Key(template, key), type);
    }

    private static string Key(Template template, string id)
        => $"${{{template.OfType("AWS::KMS::Key").Single(key => key.Id.StartsWith(id, StringComparison.Ordinal)).Id}.Arn}}";
}
