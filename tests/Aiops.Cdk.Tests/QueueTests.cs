using Aiops.Cdk.Parameters;
using Aiops.Cdk.Tests.Synthesis;

namespace Aiops.Cdk.Tests;

[Collection(Synthesized.Name)]
public sealed class QueueTests(SynthesizedApp app)
{
    [Theory]
    [InlineData("urgent", 20)]
    [InlineData("routine", 4)]
    public void Each_lane_has_a_mapping_and_a_concurrency_of_its_own_and_reports_single_failures(string lane, int concurrency)
    {
        var queue = Queue(lane);
        var mapping = app.Full.OfType("AWS::Lambda::EventSourceMapping")
            .Single(one => one.Text("EventSourceArn") == $"${{{queue.Id}.Arn}}");

        mapping.Text("ScalingConfig", "MaximumConcurrency").ShouldBe($"{concurrency}");
        mapping.Text("FunctionResponseTypes").ShouldContain("ReportBatchItemFailures");
        mapping.Text("FunctionName").ShouldBe($"${{{app.Full.Function("Intake").Id}}}");
        queue.Property("FifoQueue").ShouldBeNull();
    }

    [Theory]
    [InlineData("urgent")]
    [InlineData("routine")]
    public void A_message_is_invisible_for_six_timeouts_and_the_window(string lane)
    {
        var mapping = app.Full.OfType("AWS::Lambda::EventSourceMapping")
            .Single(one => one.Text("EventSourceArn") == $"${{{Queue(lane).Id}.Arn}}");
        var window = mapping.Property("MaximumBatchingWindowInSeconds")?.GetValue<int>() ?? 0;
        var timeout = app.Full.Function("Intake").Property("Timeout")!.GetValue<int>();

        Queue(lane).Property("VisibilityTimeout")!.GetValue<int>().ShouldBeGreaterThanOrEqualTo((6 * timeout) + window);
    }

    [Theory]
    [InlineData("urgent")]
    [InlineData("routine")]
    public void A_lane_sets_aside_what_failed_five_times_for_fourteen_days(string lane)
    {
        var dead = Queue($"{lane}-dead-letters");

        Queue(lane).Text("RedrivePolicy", "deadLetterTargetArn").ShouldBe($"${{{dead.Id}.Arn}}");
        Queue(lane).Text("RedrivePolicy", "maxReceiveCount").ShouldBe("5");
        dead.Text("MessageRetentionPeriod").ShouldBe("1209600");
        dead.Text("RedriveAllowPolicy", "redrivePermission").ShouldBe("byQueue");
        Template.Render(dead.Property("RedriveAllowPolicy", "sourceQueueArns")![0])
            .ShouldBe($"arn:aws:sqs:eu-west-1:111122223333:aiops-full-{lane}");
    }

    [Fact]
    public void Every_queue_of_dead_letters_has_an_alarm_at_the_first_message()
    {
        foreach (var name in new[] { "urgent-dead-letters", "routine-dead-letters", "undelivered" })
        {
            var alarm = app.Full.Named("AWS::CloudWatch::Alarm", "AlarmName", $"aiops-full-{name}-not-empty");
            alarm.Text("MetricName").ShouldBe("ApproximateNumberOfMessagesVisible");
            alarm.Text("Threshold").ShouldBe("0");
            alarm.Text("ComparisonOperator").ShouldBe("GreaterThanThreshold");
            Template.Render(alarm.Property("Dimensions")![0]!["Value"]).ShouldBe($"${{{Queue(name).Id}.QueueName}}");
        }
    }

    [Fact]
    public void Only_rules_of_this_environment_and_the_named_topics_may_send_to_a_lane()
    {
        Senders("urgent").ShouldBe([
            ("events.amazonaws.com", "arn:aws:events:eu-west-1:111122223333:rule/aiops-full-*"),
            ("sns.amazonaws.com", TestEnvironments.UrgentTopic)], ignoreOrder: true);
        Senders("routine").ShouldBe([
            ("events.amazonaws.com", "arn:aws:events:eu-west-1:111122223333:rule/aiops-full-*"),
            ("sns.amazonaws.com", TestEnvironments.RoutineTopic)], ignoreOrder: true);
        Senders("urgent-dead-letters").ShouldBeEmpty();

        List<(string, string)> Senders(string queue) =>
        [
            .. from policy in app.Full.OfType("AWS::SQS::QueuePolicy")
               where policy.Property("Queues")!.ToJsonString().Contains($"\"{Queue(queue).Id}\"", StringComparison.Ordinal)
               from statement in Statement.Of(policy)
               where statement.Effect == "Allow"
               let condition = statement.Json["Condition"]!["ArnLike"] ?? statement.Json["Condition"]!["ArnEquals"]
               select (statement.Principal, condition["aws:SourceArn"] is System.Text.Json.Nodes.JsonArray many
                   ? Template.Render(many.Single()) : Template.Render(condition["aws:SourceArn"])),
        ];
    }

    [Fact]
    public void A_queues_policy_stays_below_the_twenty_statements_that_SQS_takes()
        => app.Environments.SelectMany(template => template.OfType("AWS::SQS::QueuePolicy"))
            .ShouldAllBe(policy => Statement.Of(policy).Count() <= 20);

    [Fact]
    public void A_queues_policy_has_room_for_as_many_topics_as_are_taken()
        => app.Full.OfType("AWS::SQS::QueuePolicy").ShouldAllBe(policy
            => policy.Text("PolicyDocument").Length + ParameterReader.MostOfTopics < 8192);

    [Fact]
    public void Topics_are_subscribed_with_their_envelope_and_a_queue_for_what_was_not_delivered()
    {
        foreach (var (topic, lane) in new[] { (TestEnvironments.UrgentTopic, "urgent"),
            (TestEnvironments.RoutineTopic, "routine") })
        {
            var subscription = app.Full.Named("AWS::SNS::Subscription", "TopicArn", topic);
            subscription.Text("Endpoint").ShouldBe($"${{{Queue(lane).Id}.Arn}}");
            subscription.Text("RawMessageDelivery").ShouldBe("false");
            subscription.Text("RedrivePolicy", "deadLetterTargetArn").ShouldBe($"${{{Queue("undelivered").Id}.Arn}}");
        }
    }

    private Resource Queue(string name) => app.Full.Named("AWS::SQS::Queue", "QueueName", $"aiops-full-{name}");
}
