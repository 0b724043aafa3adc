using System.Text;
using System.Text.Json.Nodes;
using Aiops.Pipeline;
using Aiops.Pipeline.Intake.Formats;

namespace Aiops.Tests.Pipeline.Intake.Formats;

/// <summary>The traps of CloudWatch's alarms, one by one.</summary>
public class CloudWatchRulesTests
{
    [Theory]
    [InlineData("ALARM", TriggerCondition.Firing)]
    [InlineData("OK", TriggerCondition.Resolved)]
    [InlineData("INSUFFICIENT_DATA", TriggerCondition.Unknown)]
    [InlineData("ok", TriggerCondition.Resolved)]
    public void A_state_keeps_its_word_and_gets_a_meaning(string state, TriggerCondition condition)
        => Metric(detail => detail["state"]!["value"] = state).ShouldSatisfyAllConditions(
            trigger => trigger.State.ShouldBe(state),
            trigger => trigger.Condition.ShouldBe(condition));

    [Fact]
    public void A_state_that_is_none_is_refused_with_its_place()
        => Refusal(Edited("cloudwatch/alarm-metric.json", root => root["detail"]!["state"]!["value"] = "PANIC"))
            .ShouldBe("$.detail.state.value: expected OK, ALARM or INSUFFICIENT_DATA, found the text \"PANIC\"");

    [Theory]
    [InlineData("OK", true, TriggerCondition.Informational)]
    [InlineData("OK", false, TriggerCondition.Informational)]
    [InlineData("INSUFFICIENT_DATA", true, TriggerCondition.Informational)]
    [InlineData("ALARM", false, TriggerCondition.Firing)] // Made while it is already wrong.
    public void The_first_state_of_a_new_alarm_is_no_recovery(string state, bool inItsOwnReason, TriggerCondition condition)
        => Metric(detail =>
        {
            detail["state"]!["value"] = state;
            detail[inItsOwnReason ? "state" : "previousState"]!["reason"] = "Unchecked: Initial alarm creation";
        }).Condition.ShouldBe(condition);

    [Fact]
    public void A_missing_state_time_is_the_envelopes_and_the_reason_owns_up()
        => Metric(detail => detail["state"]!["timestamp"] = "soon").ShouldSatisfyAllConditions(
            trigger => trigger.OccurredAt.ShouldBe(new DateTimeOffset(2026, 5, 9, 14, 32, 8, TimeSpan.Zero)),
            trigger => trigger.Reason!.ShouldStartWith("Threshold Crossed: "),
            trigger => trigger.Reason!.ShouldEndWith(" [$.detail.state.timestamp is the text \"soon\": the time is that of the envelope]"));

    [Fact]
    public void With_no_time_anywhere_the_event_is_unreadable_unless_its_arrival_is_known()
    {
        var body = Edited("sns/message-metric.json", root => root["StateChangeTime"] = null);

        Refusal(body).ShouldBe("$.StateChangeTime: expected a time such as 2026-03-14T10:17:36.441+0000 (and no envelope says one), found nothing");
        var arrived = new DateTimeOffset(2026, 5, 9, 15, 0, 0, TimeSpan.Zero);
        ((ReadEvent.Triggers)new EventReader().Read(body, arrived)).Items.ShouldHaveSingleItem().OccurredAt.ShouldBe(arrived);
    }

    [Fact]
    public void A_state_time_in_an_absurd_year_is_refused()
        => Refusal(Edited("cloudwatch/alarm-metric.json", root => root["detail"]!["state"]!["timestamp"] = "1970-01-01T00:00:00.000+0000"))
            .ShouldBe("$.detail.state.timestamp: expected a time in the years 2000 to 2100, found the text \"1970-01-01T00:00:00.000+0000\"");

    [Fact]
    public void What_was_judged_is_read_from_reason_data_and_not_from_the_configuration()
        => Only(SampleEvents.Bytes("cloudwatch/alarm-log.json")).Threshold.ShouldBe(100); // The configuration says 10 by now.

    [Fact]
    public void Without_recent_datapoints_the_newest_evaluated_one_was_observed()
        => Metric(detail => detail["state"]!["reasonData"] =
            """{"threshold":1,"evaluatedDatapoints":[{"timestamp":"2026-05-09T14:31:00.000+0000"},{"value":7.5},{"value":2}]}""").Observed.ShouldBe(7.5);

    [Fact]
    public void Of_a_band_the_edge_that_was_crossed_is_the_threshold()
    {
        static double? Threshold(double observed) => Metric(detail => detail["state"]!["reasonData"] =
            $$"""{"recentDatapoints":[{{observed}}],"recentLowerThresholds":[10],"recentUpperThresholds":[20]}""").Threshold;

        Threshold(5).ShouldBe(10);
        Threshold(25).ShouldBe(20);
        Threshold(15).ShouldBe(20);
    }

    [Fact]
    public void Of_a_band_alarm_the_measured_metric_is_the_signal_whichever_stands_first()
        => Only(SampleEvents.Bytes("cloudwatch/alarm-anomaly-band.json")).Signal!.ShouldSatisfyAllConditions(
            signal => signal.Metric.ShouldBe("OrdersPlaced"),
            signal => signal.Expression.ShouldBeNull());

    [Theory]
    [InlineData("arn:aws:cloudwatch:eu-central-1:222233334444:alarm:Stock DB: free (GB)", "Stock DB: free (GB)")]
    [InlineData("arn:aws-cn:cloudwatch:cn-north-1:222233334444:alarm:a:b:c", "a:b:c")]
    public void A_name_may_hold_spaces_and_colons(string arn, string name)
        => Only(Edited("sns/message-metric.json", root => (root["AlarmArn"], root["AlarmName"]) = (arn, null))).ShouldSatisfyAllConditions(
            trigger => trigger.Title.ShouldBe(name),
            trigger => trigger.Subject.ShouldBe(arn),
            trigger => trigger.Region.ShouldBe(arn.Split(':')[3]));

    [Fact]
    public void The_region_of_an_sns_message_is_that_of_the_arn_and_never_the_display_name()
    {
        Only(SampleEvents.Bytes("sns/message-metric.json")).Region.ShouldBe("eu-central-1");
        Only(Edited("sns/message-metric.json", root => root["AlarmArn"] = null)).ShouldSatisfyAllConditions(
            trigger => trigger.Region.ShouldBeNull(),
            trigger => trigger.Subject.ShouldBe("alarm:parcel-labels-queue-age"));
    }

    [Fact]
    public void The_same_transition_by_two_paths_has_one_subject_state_and_time()
    {
        var byBus = Only(SampleEvents.Bytes("cloudwatch/alarm-metric.json"));
        var byLambda = Only(SampleEvents.Bytes("cloudwatch/lambda-action.json"));

        (byLambda.Subject, byLambda.State, byLambda.OccurredAt).ShouldBe((byBus.Subject, byBus.State, byBus.OccurredAt));
        byLambda.SourceId.ShouldNotBe(byBus.SourceId);
    }

    [Fact]
    public void An_arn_that_is_not_said_is_put_together()
        => Only(Edited("cloudwatch/alarm-metric.json", root => root["resources"] = new JsonArray())).Subject
            .ShouldBe("arn:aws:cloudwatch:eu-central-1:222233334444:alarm:catalog-search-p99");

    [Fact]
    public void A_contributor_is_a_subject_of_its_own_and_shares_the_group_of_its_alarm()
    {
        var contributor = Only(SampleEvents.Bytes("cloudwatch/alarm-contributor.json"));
        var parent = Only(SampleEvents.Bytes("cloudwatch/alarm-multi-series-parent.json"));

        contributor.Subject.ShouldNotBe(parent.Subject);
        contributor.GroupKey.ShouldBe(parent.GroupKey);
        Refusal(Edited("cloudwatch/alarm-contributor.json", root => root["detail"]!.AsObject().Remove("alarmContributor")))
            .ShouldBe("$.detail.alarmContributor.id: expected the contributor's id, found nothing");
    }

    [Theory]
    [InlineData("WaitPeriod", 60)]
    [InlineData("ExtensionPeriod", 300)]
    [InlineData("Alarm", null)]
    [InlineData("AlarmSuppressor", null)]
    [InlineData("SomethingNew", null)]
    public void Any_suppressor_is_honoured_and_a_period_ends(string by, int? seconds)
    {
        var trigger = Only(Edited("cloudwatch/alarm-composite-suppressed.json", root => root["detail"]!["state"]!["actionsSuppressedBy"] = by));

        trigger.SuppressedBy!.Rule.ShouldBe(by);
        trigger.SuppressedBy.Until.ShouldBe(seconds is null ? null : trigger.OccurredAt.AddSeconds(seconds.Value));
    }

    [Fact]
    public void A_mute_that_cant_be_read_mutes_nothing()
        => Only(Edited("cloudwatch/alarm-muted.json", root => root["detail"]!["muteDetail"] = "yes")).SuppressedBy.ShouldBeNull();

    [Theory]
    [InlineData("""[{"Arn":"arn:aws:cloudwatch:eu-central-1:222233334444:alarm:a"}]""")]
    [InlineData("""["arn:aws:cloudwatch:eu-central-1:222233334444:alarm:a"]""")]
    [InlineData("""[{"arn":"arn:aws:cloudwatch:eu-central-1:222233334444:alarm:a"}]""")]
    public void Triggering_children_come_as_a_list_or_as_a_text(string json)
    {
        Only(Edited("sns/message-composite.json", root => root["TriggeringChildren"] = JsonNode.Parse(json))).Children
            .ShouldBe(["arn:aws:cloudwatch:eu-central-1:222233334444:alarm:a"]);
        Only(Edited("sns/message-composite.json", root => root["TriggeringChildren"] = json)).Children
            .ShouldBe(["arn:aws:cloudwatch:eu-central-1:222233334444:alarm:a"]);
    }

    [Fact]
    public void What_an_edit_changed_is_told_and_it_opens_nothing()
    {
        var trigger = Only(SampleEvents.Bytes("cloudwatch/alarm-configuration-change.json"));

        trigger.Condition.ShouldBe(TriggerCondition.Informational);
        trigger.Description.ShouldBe("threshold: 2500.0 → 1500.0; metrics[0].metricStat.period: 300 → 60");
    }

    [Theory]
    [InlineData("create", TriggerCondition.Informational, "2026-05-09T13:50:10Z")]
    [InlineData("delete", TriggerCondition.Resolved, "2026-05-09T13:50:11Z")]
    public void A_deleted_alarm_is_over_when_that_is_told(string operation, TriggerCondition condition, string at)
    {
        var trigger = Only(Edited("cloudwatch/alarm-configuration-change.json", root => root["detail"]!["operation"] = operation));

        (trigger.State, trigger.Condition).ShouldBe((operation, condition));
        trigger.OccurredAt.ToString("yyyy-MM-ddTHH:mm:ssZ").ShouldBe(at);
    }

    [Theory]
    [InlineData("severity", "P1", SeverityHint.Critical)]
    [InlineData("Priority", "sev2", SeverityHint.High)]
    [InlineData("SEVERITY", "Warning", SeverityHint.Medium)]
    [InlineData("severity", "info", SeverityHint.Low)]
    [InlineData("severity", "purple", SeverityHint.None)]
    [InlineData("team", "critical", SeverityHint.None)]
    public void A_tag_may_hint_at_the_severity(string tag, string value, SeverityHint hint)
        => Metric(detail => detail["alarmTags"] = new JsonObject { [tag] = value }).SeverityHint.ShouldBe(hint);

    [Theory]
    [InlineData("""{"LoadBalancer":"app/shop/1a2b"}""", "shop")]
    [InlineData("""{"LoadBalancer":"net/shop-tcp/1a2b","InstanceId":"i-1"}""", "shop-tcp")]
    [InlineData("""{"ClusterName":"c","ServiceName":"s"}""", "s")]
    [InlineData("""{"InstanceId":"i-1","FunctionName":"f"}""", "f")]
    [InlineData("""{"TargetGroup":"targetgroup/tg/1a2b"}""", "tg")]
    [InlineData("""{"StateMachineArn":"arn:aws:states:eu-central-1:222233334444:stateMachine:orders"}""", "orders")]
    [InlineData("""{"SloName":"slo"}""", "slo")]
    [InlineData("""{"Unheard":"of"}""", null)]
    public void Without_a_tag_the_narrowest_dimension_names_the_component(string dimensions, string? component)
        => Metric(detail =>
        {
            detail["alarmTags"] = null;
            detail["configuration"]!["metrics"]![0]!["metricStat"]!["metric"]!["dimensions"] = JsonNode.Parse(dimensions);
        }).Component.ShouldBe(component);

    private static Trigger Metric(Action<JsonNode> edit)
        => Only(Edited("cloudwatch/alarm-metric.json", root => edit(root["detail"]!)));

    private static byte[] Edited(string sample, Action<JsonNode> edit)
    {
        var root = JsonNode.Parse(SampleEvents.Bytes(sample))!;
        edit(root);
        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }

    private static Trigger Only(byte[] body)
        => new EventReader().Read(body).ShouldBeOfType<ReadEvent.Triggers>().Items.ShouldHaveSingleItem();

    private static string Refusal(byte[] body) => new EventReader().Read(body).ShouldBeOfType<ReadEvent.Unreadable>().Reason;
}
