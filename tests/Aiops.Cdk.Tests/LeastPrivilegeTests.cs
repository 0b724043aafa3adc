using Aiops.Cdk.Functions;
using Aiops.Cdk.Tests.Synthesis;

namespace Aiops.Cdk.Tests;

[Collection(Synthesized.Name)]
public sealed class LeastPrivilegeTests(SynthesizedApp app)
{
    [Fact]
    public void Each_function_has_a_role_of_its_own()
    {
        foreach (var template in app.Environments)
        {
            var roles = template.OfType("AWS::Lambda::Function").Select(function => function.Text("Role")).ToList();
            roles.Distinct().Count().ShouldBe(Handler.All.Count);
        }
    }

    [Fact]
    public void No_action_is_a_wildcard()
    {
        foreach (var (template, statement) in Allowed())
        {
            // A key's own policy gives the account's administrators the key, as AWS's default does; else nobody could mend it.
            if (template.OfType("AWS::KMS::Key").Any(key => key.Id == statement.Owner)
                && statement.Principal.EndsWith(":root", StringComparison.Ordinal))
            {
                continue;
            }

            statement.Actions.ShouldAllBe(action => !action.Contains('*'), $"{statement.Owner} in {template.File}");
        }
    }

    [Fact]
    public void Only_actions_that_have_no_resource_are_allowed_on_every_resource()
    {
        var onEvery = (from entry in Allowed()
                       where entry.Template.Resources.Single(one => one.Id == entry.Statement.Owner)
                           .Type is "AWS::IAM::Policy" or "AWS::IAM::ManagedPolicy" or "AWS::IAM::Role"
                       where entry.Statement.Resources.Contains("*")
                       from action in entry.Statement.Actions
                       select action).Distinct().Order(StringComparer.Ordinal).ToList();

        onEvery.ShouldBe(ActionsWithoutResource.All.Order(StringComparer.Ordinal)); // No more, and none of the list idle.
    }

    [Fact]
    public void Wildcards_within_a_resource_are_these_and_no_others()
    {
        var found = (from entry in Allowed()
                     where entry.Template == app.Full && entry.Template.Resources.Single(one => one.Id == entry.Statement.Owner)
                         .Type == "AWS::IAM::Policy"
                     from resource in entry.Statement.Resources
                     where resource != "*" && resource.Contains('*')
                     select System.Text.RegularExpressions.Regex.Replace(resource, @"\$\{(\D+?)[0-9A-F]{8}\.Arn\}", "<$1>"))
                         .Distinct().Order(StringComparer.Ordinal);

        found.ShouldBe(
        [
            "<StoresDocuments>/*",
            "<StoresKnowledge>/*",
            "arn:aws:application-signals:eu-west-1:111122223333:slo/*",
            "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:*",
            "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/checkout:*",
            "arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/shop*:*",
            "arn:aws:ssm:eu-west-1:111122223333:opsitem/*",
        ]);
    }

    [Fact]
    public void The_reference_of_AWS_knows_no_resource_for_what_is_allowed_on_every_resource()
    {
        foreach (var action in ActionsWithoutResource.All.Except(ActionsWithoutResource.AnsweredInPartOtherwise.Keys))
        {
            ServiceAuthorization.RequiredResources(action).ShouldBeEmpty(action);
        }
    }

    [Fact]
    public void Every_action_that_is_allowed_is_one_that_AWS_has()
    {
        // In the API reference, not yet in the service authorization reference.
        string[] newerThanTheReference = ["cloudwatch:DescribeAlarmContributors"];
        var unknown = Allowed().SelectMany(entry => entry.Statement.Actions).Distinct()
            .Where(action => !action.Contains('*') && !ServiceAuthorization.Knows(action));

        unknown.ShouldBe(newerThanTheReference);
    }

    [Fact]
    public void What_is_read_of_the_watched_account_is_reading()
    {
        foreach (var action in ActionsWithoutResource.OfTheWatchedAccount.Keys.Concat(
            ActionsWithoutResource.AnsweredInPartOtherwise.Keys))
        {
            ServiceAuthorization.AccessLevel(action).ShouldBeOneOf("Read", "List");
        }
    }

    [Fact]
    public void No_policy_of_AWSs_own_is_attached_and_no_role_trusts_anyone()
    {
        foreach (var role in app.All.SelectMany(template => template.OfType("AWS::IAM::Role")))
        {
            role.Property("ManagedPolicyArns")?.ToJsonString().ShouldNotContain("::aws:");
            Statement.Of(role).ShouldAllBe(statement => statement.Principal != "*");
        }
    }

    [Fact]
    public void A_permission_boundary_bounds_every_role()
    {
        app.Other.OfType("AWS::IAM::Role").ShouldAllBe(
            role => role.Text("PermissionsBoundary") == $"arn:aws:iam::444455556666:policy/{TestEnvironments.Boundary}");
        app.Full.OfType("AWS::IAM::Role").ShouldAllBe(role => role.Property("PermissionsBoundary") == null);
    }

    [Fact]
    public void Nobody_in_an_environment_may_change_it_or_make_roles()
    {
        string[] never = ["iam:", "sts:AssumeRole", "lambda:Update", "lambda:Create", "dynamodb:CreateTable",
            "dynamodb:DeleteTable", "dynamodb:Scan", "s3:DeleteObject",
            "s3:PutBucket", "kms:Schedule", "kms:PutKeyPolicy", "ec2:", "ssm:Start", "ssm:Send", "ssm:PutParameter",
                "cloudformation:", "events:Put", "logs:Delete"];
        var found = app.Environments.SelectMany(template => template.OfType("AWS::IAM::Policy")).SelectMany(Statement.Of)
            .SelectMany(statement => statement.Actions)
            .Where(action => never.Any(begins => action.StartsWith(begins, StringComparison.Ordinal))
                && action is not ("logs:DeleteLogDelivery" or "cloudformation:DescribeStacks"));

        found.ShouldBeEmpty();
    }

    private IEnumerable<(Template Template, Statement Statement)> Allowed()
        => from template in app.All
           from resource in template.Resources
           from statement in Statement.Of(resource)
           where statement.Effect == "Allow" && statement.Json["Action"] is not null
           select (template, statement);
}
