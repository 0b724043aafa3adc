using Aiops.Cdk.Functions;
using Aiops.Cdk.Tests.Synthesis;

namespace Aiops.Cdk.Tests;

[Collection(Synthesized.Name)]
public sealed class LeastPrivilegeTests(SynthesizedApp app)
{
    private const string Own = "logs:CreateLogStream logs:PutLogEvents xray:PutTelemetryRecords xray:PutTraceSegments";
    private const string Key = "kms:Decrypt kms:DescribeKey kms:Encrypt kms:GenerateDataKey kms:ReEncryptFrom kms:ReEncryptTo";
    private const string ReadTable = "dynamodb:BatchGetItem dynamodb:GetItem dynamodb:Query";
    private const string WriteTable = ReadTable
        + " dynamodb:BatchWriteItem dynamodb:ConditionCheckItem dynamodb:DeleteItem dynamodb:PutItem dynamodb:UpdateItem";
    private const string ReadBucket = "s3:GetObject s3:ListBucket";
    private const string WriteBucket = ReadBucket + " s3:PutObject";
    private const string Send = "sqs:GetQueueAttributes sqs:SendMessage";
    private const string Topology = "xray:GetServiceGraph application-signals:ListServices "
        + "application-signals:ListServiceDependencies application-signals:ListServiceDependents";
    private const string Objectives = "application-signals:ListServiceLevelObjectives "
        + "application-signals:BatchGetServiceLevelObjectiveBudgetReport";
    private const string Changes = "cloudtrail:LookupEvents config:SelectResourceConfig "
        + "application-signals:ListEntityEvents application-signals:ListServiceStates";
    private const string Answer = "states:SendTaskSuccess states:SendTaskFailure";

    [Theory]
    [InlineData("Intake", WriteTable, WriteBucket, "ssm:GetParameter ssm:GetParameters states:StartExecution", Answer,
        "sqs:ReceiveMessage sqs:DeleteMessage sqs:ChangeMessageVisibility sqs:GetQueueAttributes")]
    [InlineData("Classify", WriteTable, WriteBucket, Topology, Objectives)]
    [InlineData("GatherContext", ReadTable, WriteBucket, Topology, Objectives,
        "cloudwatch:GetMetricData cloudwatch:DescribeAlarms cloudwatch:DescribeAlarmContributors",
        "logs:StartQuery logs:GetQueryResults logs:StopQuery logs:DescribeLogGroups logs:FilterLogEvents logs:ListAnomalies",
        "xray:GetTraceSummaries xray:BatchGetTraces", Changes, "bedrock:Retrieve")]
    [InlineData("FindRootCause", ReadTable, WriteBucket)]
    [InlineData("Recommend", ReadTable, WriteBucket)]
    [InlineData("Comment", WriteTable, WriteBucket)]
    [InlineData("Review", WriteTable, Answer)]
    [InlineData("Learn", WriteTable, WriteBucket, "bedrock:StartIngestionJob bedrock:GetIngestionJob")]
    [InlineData("Sweep", WriteTable, WriteBucket, "ssm:GetParameter ssm:GetParameters states:StartExecution", Answer, Send)]
    [InlineData("Reconcile", WriteTable, "cloudwatch:DescribeAlarms cloudwatch:DescribeAlarmContributors", Changes, Send)]
    [InlineData("WatchObjectives", WriteTable, WriteBucket, Objectives, Send)]
    [InlineData("RecordChange", "dynamodb:PutItem dynamodb:UpdateItem dynamodb:BatchWriteItem", Send)]
    [InlineData("ReceiveEvent", Send, "secretsmanager:GetSecretValue")]
    [InlineData("ListIncidents", ReadTable)]
    [InlineData("ShowIncident", ReadTable, ReadBucket)]
    [InlineData("ReviewIncident", WriteTable, ReadBucket, Answer, "states:StartExecution")]
    public void A_function_may_do_this_and_nothing_else(string handler, params string[] expected)
    {
        var keyed = handler == "ReceiveEvent" ? "kms:Decrypt kms:GenerateDataKey" : Key;
        var allowed = string.Join(' ', [Own, keyed, .. expected]).Split(' ').Distinct();

        ActionsOf(app.Full, handler).ShouldBe(allowed, ignoreOrder: true);
    }

    [Fact]
    public void The_table_above_is_about_every_handler()
        => typeof(LeastPrivilegeTests).GetMethod(nameof(A_function_may_do_this_and_nothing_else))!
            .GetCustomAttributesData()
            .Where(attribute => attribute.AttributeType == typeof(InlineDataAttribute))
            .Select(attribute => (string)((
                IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!)[0].Value!)
            .ShouldBe(Handler.All.Select(handler => handler.Name), ignoreOrder: true);

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
            "arn:aws:logs:eu-west-1:111122223333:anomaly-detector:*",
            "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/checkout:*",
            "arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/shop*:*",
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
                && action is not "logs:DeleteLogDelivery");

        found.ShouldBeEmpty();
    }

    private static IEnumerable<string> ActionsOf(Template template, string handler)
    {
        var role = template.Function(handler).Property("Role")!["Fn::GetAtt"]![0]!.ToString();
        return template.StatementsOf(role).SelectMany(statement => statement.Actions).Distinct();
    }

    private IEnumerable<(Template Template, Statement Statement)> Allowed()
        => from template in app.All
           from resource in template.Resources
           from statement in Statement.Of(resource)
           where statement.Effect == "Allow" && statement.Json["Action"] is not null
           select (template, statement);
}
