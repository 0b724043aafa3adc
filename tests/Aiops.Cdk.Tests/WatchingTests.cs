using Aiops.Cdk.Functions;
using Aiops.Cdk.Tests.Synthesis;

namespace Aiops.Cdk.Tests;

[Collection(Synthesized.Name)]
public sealed class WatchingTests(SynthesizedApp app)
{
    [Fact]
    public void Each_alarm_of_the_systems_own_begins_with_the_prefix_and_goes_to_the_topic_both_ways()
    {
        var topic = $"${{{app.Full.OfType("AWS::SNS::Topic").ShouldHaveSingleItem().Id}}}";
        app.Full.OfType("AWS::CloudWatch::Alarm").ShouldAllBe(alarm =>
            alarm.Text("AlarmName").StartsWith("aiops-full-") && Template.Render(alarm.Property("AlarmActions")![0]) == topic
                && Template.Render(alarm.Property("OKActions")![0]) == topic);
        app.Other.OfType("AWS::CloudWatch::Alarm").ShouldAllBe(alarm =>
            alarm.Text("AlarmName").StartsWith("ops.aiops-")
                && Template.Render(alarm.Property("AlarmActions")![0]) == "arn:aws:sns:us-east-1:444455556666:operations");
    }

    [Theory]
    [InlineData("urgent-queue-old", "ApproximateAgeOfOldestMessage", "300")]
    [InlineData("routine-queue-old", "ApproximateAgeOfOldestMessage", "900")]
    [InlineData("intake-errors", "Errors", "0")]
    [InlineData("record-change-errors", "Errors", "0")]
    [InlineData("receive-event-errors", "Errors", "0")]
    [InlineData("incident-executions-failed", "ExecutionsFailed", "0")]
    [InlineData("incident-executions-timed-out", "ExecutionsTimedOut", "0")]
    [InlineData("review-executions-failed", "ExecutionsFailed", "0")]
    [InlineData("executions-throttled", "ExecutionThrottled", "0")]
    [InlineData("incidents-throttled", "WriteThrottleEvents", "0")]
    [InlineData("api-failing", "5xx", "0")]
    public void An_alarm_rings_above(string name, string metric, string threshold)
    {
        var alarm = app.Full.Named("AWS::CloudWatch::Alarm", "AlarmName", $"aiops-full-{name}");

        alarm.Text("MetricName").ShouldBe(metric);
        alarm.Text("Threshold").ShouldBe(threshold);
        alarm.Text("ComparisonOperator").ShouldBe("GreaterThanThreshold");
        alarm.Text("TreatMissingData").ShouldBe("notBreaching");
        alarm.Text("AlarmDescription").ShouldNotBeEmpty();
    }

    [Fact]
    public void A_sweep_that_does_not_run_rings_though_it_says_nothing()
    {
        var alarm = app.Full.Named("AWS::CloudWatch::Alarm", "AlarmName", "aiops-full-sweep-not-running");

        alarm.Text("MetricName").ShouldBe("Invocations");
        alarm.Text("ComparisonOperator").ShouldBe("LessThanThreshold");
        alarm.Text("Threshold").ShouldBe("1");
        alarm.Text("Period").ShouldBe("300");
        alarm.Text("TreatMissingData").ShouldBe("breaching");
    }

    [Fact]
    public void A_model_that_costs_most_of_a_days_money_within_a_day_rings_and_where_there_is_none_there_is_no_such_alarm()
    {
        var alarm = app.Full.Named("AWS::CloudWatch::Alarm", "AlarmName", "aiops-full-model-cost");

        alarm.Text("Threshold").ShouldBe("30"); // 75% of 40 dollars.
        alarm.Text("ComparisonOperator").ShouldBe("GreaterThanThreshold");
        alarm.Text("EvaluationPeriods").ShouldBe("1");
        alarm.Text("TreatMissingData").ShouldBe("notBreaching");
        alarm.Text("AlarmDescription").ShouldContain("75%");
        var metrics = alarm.Property("Metrics")!.AsArray();
        metrics.ShouldContain(one => one!["Expression"] != null && one["Expression"]!.ToString() == "spent / 1000000");
        var spent = metrics.Single(one => one!["MetricStat"] != null)!["MetricStat"]!;
        (spent["Stat"]!.ToString(), spent["Period"]!.ToString()).ShouldBe(("Sum", "86400"));
        (spent["Metric"]!["Namespace"]!.ToString(), spent["Metric"]!["MetricName"]!.ToString()).ShouldBe(("Aiops", "ModelMicroDollars"));
        spent["Metric"]!["Dimensions"]!.ToJsonString().ShouldContain("aiops-full-reason");
        foreach (var template in new[] { app.Least, app.Other, app.Member })
        {
            template.OfType("AWS::CloudWatch::Alarm").ShouldAllBe(one => !one.Text("AlarmName").EndsWith("model-cost"));
        }
    }

    [Fact]
    public void An_alarms_expression_holds_no_more_than_ten_metrics()
        => app.Full.OfType("AWS::CloudWatch::Alarm").Where(alarm => alarm.Property("Metrics") is not null)
            .ShouldAllBe(alarm => alarm.Property("Metrics")!.AsArray().Count(metric => metric!["MetricStat"] != null) <= 10);

    [Fact]
    public void The_budget_and_the_cost_monitor_look_at_what_this_environment_tags_here_alone()
    {
        app.Full.OfType("AWS::Budgets::Budget").ShouldHaveSingleItem().Text("Budget", "CostFilters", "TagKeyValue")
            .ShouldBe("[\"user:aiops-stack$aiops-full/eu-west-1/111122223333\"]");
        app.Full.OfType("AWS::CE::AnomalyMonitor").ShouldHaveSingleItem().Text("MonitorSpecification")
            .ShouldContain("\"aiops-full/eu-west-1/111122223333\"");
        var untagged = app.Full.OfType("AWS::Lambda::Function").Concat(app.Full.OfType("AWS::DynamoDB::Table"))
            .Concat(app.Full.OfType("AWS::SQS::Queue"))
            .Where(resource => resource.Property("Tags")?.ToJsonString().Contains(
                "{\"Key\":\"aiops-stack\",\"Value\":\"aiops-full/eu-west-1/111122223333\"}", StringComparison.Ordinal) != true);
        untagged.ShouldBeEmpty();
    }

    [Fact]
    public void A_monitor_of_costs_is_made_only_where_it_is_asked_for_and_in_no_member_account()
    {
        foreach (var template in new[] { app.Least, app.Other, app.Member })
        {
            template.Resources.Where(resource => resource.Type.StartsWith("AWS::CE::")).ShouldBeEmpty(template.File);
            template.Json.ToJsonString().ShouldNotContain("costalerts.amazonaws.com");
            template.OfType("AWS::Budgets::Budget").Count.ShouldBe(1);
        }
    }

    [Fact]
    public void The_topic_takes_from_alarms_budgets_and_cost_anomalies_of_this_account()
    {
        var senders = app.Full.OfType("AWS::SNS::TopicPolicy").SelectMany(Statement.Of)
            .Where(statement => statement.Effect == "Allow").ToList();

        senders.Select(statement => statement.Principal)
            .ShouldBe(["cloudwatch.amazonaws.com", "budgets.amazonaws.com", "costalerts.amazonaws.com"], ignoreOrder: true);
        senders.ShouldAllBe(statement
            => Template.Render(statement.Json["Condition"]!["StringEquals"]!["aws:SourceAccount"]) == "111122223333");
    }

    [Fact]
    public void A_given_topic_is_used_and_none_is_made()
    {
        app.Other.OfType("AWS::SNS::Topic").ShouldBeEmpty();
        app.Full.OfType("AWS::SNS::Subscription")
            .ShouldContain(one => one.Text("Protocol") == "email" && one.Text("Endpoint") == "oncall@example.com");
    }

    [Fact]
    public void Every_function_is_traced_logs_for_a_stated_time_and_runs_on_arm()
    {
        foreach (var template in app.Environments)
        {
            foreach (var handler in Handler.All)
            {
                var function = template.Function(handler.Name);
                function.Text("TracingConfig", "Mode").ShouldBe("Active");
                function.Text("Architectures").ShouldBe("[\"arm64\"]");
                function.Text("Runtime").ShouldBe("dotnet10");
                function.Text("Handler").ShouldBe("Aiops.Functions");
                var logs = template.Resources.Single(
                    one => function.Property("LoggingConfig", "LogGroup")!["Ref"]!.ToString() == one.Id);
                logs.Text("RetentionInDays").ShouldBe("30");
            }
        }
    }

    [Fact]
    public void The_dashboard_shows_every_function_and_queue()
    {
        var body = app.Full.OfType("AWS::CloudWatch::Dashboard").ShouldHaveSingleItem().Text("DashboardBody");

        foreach (var handler in Handler.All)
        {
            body.ShouldContain($"\"label\":\"{handler.Name}\"");
        }

        foreach (var queue in new[] { "urgent", "routine", "urgent-dead-letters", "routine-dead-letters", "undelivered" })
        {
            body.ShouldContain($"\"label\":\"{queue}\"");
        }
    }

    [Fact]
    public void The_dashboard_shows_what_a_model_costs_a_day_where_there_is_one()
    {
        var body = app.Full.OfType("AWS::CloudWatch::Dashboard").ShouldHaveSingleItem().Text("DashboardBody");

        body.ShouldContain("The model's cost a day, US dollars");
        body.ShouldContain("""
            "Aiops","ModelMicroDollars","Environment","full","Function","aiops-full-reason"
            """);
        body.ShouldContain("\"period\":86400");
        foreach (var template in new[] { app.Least, app.Member })
        {
            template.OfType("AWS::CloudWatch::Dashboard").ShouldHaveSingleItem().Text("DashboardBody").ShouldNotContain("Model");
        }
    }
}
