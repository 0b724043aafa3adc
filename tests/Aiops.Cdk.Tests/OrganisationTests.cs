using Aiops.Cdk.Tests.Synthesis;

namespace Aiops.Cdk.Tests;

[Collection(Synthesized.Name)]
public sealed class OrganisationTests(SynthesizedApp app)
{
    [Fact]
    public void Accounts_get_their_stack_in_steps_and_new_ones_by_themselves()
    {
        var set = app.Accounts.OfType("AWS::CloudFormation::StackSet").ShouldHaveSingleItem();

        set.Text("PermissionModel").ShouldBe("SERVICE_MANAGED");
        set.Text("CallAs").ShouldBe("DELEGATED_ADMIN");
        set.Text("AutoDeployment", "Enabled").ShouldBe("true");
        set.Text("OperationPreferences", "MaxConcurrentPercentage").ShouldBe("10");
        set.Text("OperationPreferences", "FailureTolerancePercentage").ShouldBe("2");
        set.Text("OperationPreferences", "ConcurrencyMode").ShouldBe("SOFT_FAILURE_TOLERANCE");
        set.Text("OperationPreferences", "RegionConcurrencyType").ShouldBe("SEQUENTIAL");
        set.Text("OperationPreferences", "RegionOrder").ShouldBe("[\"eu-west-1\",\"us-east-1\"]");
        set.Property("StackInstancesGroup")![0]!["DeploymentTargets"]!["OrganizationalUnitIds"]!.ToJsonString()
            .ShouldBe("[\"ou-ab12-1a2b3c4d\"]");
        set.Text("TemplateURL").ShouldContain(".json");
    }

    [Fact]
    public void The_accounts_template_needs_no_bootstrap_no_assets_and_no_parameters()
    {
        app.Member.Json.ContainsKey("Rules").ShouldBeFalse();
        app.Member.Json.ContainsKey("Parameters").ShouldBeFalse();
        app.Member.Json.ToJsonString().ShouldNotContain("cdk-hnb659fds");
        app.Member.Json.ToJsonString().ShouldNotContain("111122223333"); // It fits every account.
    }

    [Fact]
    public void Functions_come_from_the_bucket_of_their_own_Region()
    {
        foreach (var function in app.Member.OfType("AWS::Lambda::Function"))
        {
            function.Text("Code", "S3Bucket").ShouldBe("aiops-bundles-${AWS::Region}");
            function.Text("Code", "S3Key").ShouldBe("functions-1.0.0.zip");
        }

        app.Bundles.OfType("AWS::S3::Bucket").ShouldHaveSingleItem().Text("BucketName").ShouldBe("aiops-bundles-eu-west-1");
    }

    [Fact]
    public void Bundles_are_read_by_the_organisation_and_written_by_nobody_from_outside()
    {
        var read = app.Bundles.OfType("AWS::S3::BucketPolicy").SelectMany(Statement.Of)
            .Where(statement => statement.Effect == "Allow").ShouldHaveSingleItem();

        read.Actions.ShouldBe(["s3:GetObject"]);
        read.Json["Condition"]!["StringEquals"]!["aws:PrincipalOrgID"]!.ToString().ShouldBe(TestEnvironments.Organisation);
    }

    [Fact]
    public void The_hub_reads_incidents_and_reports_of_an_account_and_can_do_nothing_else()
    {
        var role = app.Member.Named("AWS::IAM::Role", "RoleName", "aiops-full-rollup-${AWS::Region}");
        var trust = Statement.Of(role).ShouldHaveSingleItem();

        trust.Principal.ShouldContain(TestEnvironments.Hub);
        trust.Json["Condition"]!["StringEquals"]!["aws:PrincipalOrgID"]!.ToString().ShouldBe(TestEnvironments.Organisation);
        Template.Render(trust.Json["Condition"]!["ArnLike"]!["aws:PrincipalArn"])
            .ShouldEndWith($":iam::{TestEnvironments.Hub}:role/aiops-full-hub-reader");
        app.Member.StatementsOf(role.Id).SelectMany(statement => statement.Actions)
            .Distinct().ShouldBe(
                ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "s3:GetObject", "s3:ListBucket",
                    "kms:Decrypt", "kms:DescribeKey", "cloudformation:DescribeStacks"],
                ignoreOrder: true);
        app.Member.StatementsOf(role.Id).Single(statement => statement.Actions.Contains("cloudformation:DescribeStacks"))
            .Resources.ShouldHaveSingleItem().ShouldEndWith(":stack/${AWS::StackName}/*");
        app.Full.OfType("AWS::IAM::Role").ShouldNotContain(one => one.Text("RoleName").Contains("rollup"));
    }

    [Fact]
    public void The_hubs_reader_may_take_on_the_reading_roles_of_its_organisation_only()
    {
        var assume = app.Hub.OfType("AWS::IAM::Policy").SelectMany(Statement.Of).ShouldHaveSingleItem();

        assume.Actions.ShouldBe(["sts:AssumeRole"]);
        assume.Resources.ShouldBe(
            ["arn:aws:iam::*:role/aiops-full-rollup-eu-west-1", "arn:aws:iam::*:role/aiops-full-rollup-us-east-1"]);
        assume.Json["Condition"]!["StringEquals"]!["aws:ResourceOrgID"]!.ToString().ShouldBe(TestEnvironments.Organisation);
    }
}
