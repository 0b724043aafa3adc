using System.Text;
using System.Text.Json.Nodes;
using Aiops.Pipeline;
using Aiops.Pipeline.Intake.Formats;

namespace Aiops.Tests.Pipeline.Intake.Formats;

/// <summary>The rules of the other senders, one by one.</summary>
public class OtherSourcesRulesTests
{
    [Fact]
    public void A_health_event_by_the_backup_region_is_the_same_message()
    {
        var primary = Only("health/issue.json");
        var backup = Only("health/issue-by-backup-region.json");

        (backup.SourceId, backup.Subject, backup.Region).ShouldBe((primary.SourceId, primary.Subject, primary.Region));
    }

    [Theory]
    [InlineData("issue", "open", null, TriggerCondition.Firing, SeverityHint.Medium)]
    [InlineData("issue", "open", "INFORMATIONAL", TriggerCondition.Firing, SeverityHint.Medium)]
    [InlineData("issue", "closed", null, TriggerCondition.Resolved, SeverityHint.Medium)]
    [InlineData("investigation", "open", "ACTION_REQUIRED", TriggerCondition.Firing, SeverityHint.High)]
    [InlineData("scheduledChange", "upcoming", null, TriggerCondition.Firing, SeverityHint.Low)]
    [InlineData("scheduledChange", "upcoming", "ACTION_REQUIRED", TriggerCondition.Firing, SeverityHint.Medium)]
    [InlineData("accountNotification", "open", "ACTION_MAY_BE_REQUIRED", TriggerCondition.Firing, SeverityHint.Low)]
    [InlineData("accountNotification", "open", "INFORMATIONAL", TriggerCondition.Informational, SeverityHint.Low)]
    public void Healths_category_and_actionability_decide(
        string category, string status, string? actionability, TriggerCondition condition, SeverityHint hint)
    {
        var trigger = Only("health/issue.json", detail =>
            (detail["eventTypeCategory"], detail["statusCode"], detail["actionability"]) = (category, status, actionability));
        (trigger.Condition, trigger.SeverityHint).ShouldBe((condition, hint));
    }

    [Theory]
    [InlineData("9.0", SeverityHint.Critical)]
    [InlineData("8.9", SeverityHint.High)]
    [InlineData("7.0", SeverityHint.High)]
    [InlineData("6.9", SeverityHint.Medium)]
    [InlineData("4", SeverityHint.Medium)]
    [InlineData("3.9", SeverityHint.Low)]
    [InlineData("\"8\"", SeverityHint.High)]
    [InlineData("null", SeverityHint.None)]
    public void A_findings_number_is_its_severity(string severity, SeverityHint hint)
        => Only("guardduty/finding.json", detail => detail["severity"] = JsonNode.Parse(severity)).SeverityHint.ShouldBe(hint);

    [Fact]
    public void A_finding_is_first_seen_before_it_is_created()
    {
        Only("guardduty/finding.json").OccurredAt.ShouldBe(new DateTimeOffset(2026, 5, 9, 14, 11, 0, TimeSpan.Zero));
        Only("guardduty/finding.json", detail => detail["service"]!["eventFirstSeen"] = "?").OccurredAt
            .ShouldBe(new DateTimeOffset(2026, 5, 9, 14, 30, 10, 100, TimeSpan.Zero));
    }

    [Theory]
    [InlineData(1000, SeverityHint.High)]
    [InlineData(999.99, SeverityHint.Medium)]
    [InlineData(100, SeverityHint.Medium)]
    [InlineData(99.99, SeverityHint.Low)]
    public void A_costs_impact_is_its_severity(double impact, SeverityHint hint)
        => Only("cost-anomaly/anomaly.json", detail => detail["impact"]!["totalImpact"] = impact).SeverityHint.ShouldBe(hint);

    [Theory]
    [InlineData("PLANNED_ACTIVITY", true)]
    [InlineData("NO", false)]
    [InlineData("YES", false)]
    [InlineData("string", false)]
    public void A_planned_cost_disturbs_nobody(string feedback, bool suppressed)
        => (Only("cost-anomaly/anomaly.json", detail => detail["feedback"] = feedback).SuppressedBy is not null).ShouldBe(suppressed);

    [Fact]
    public void A_cost_is_the_account_of_its_cause_and_not_of_the_payer()
        => Only("cost-anomaly/anomaly.json").Account.ShouldBe("333344445555");

    [Theory]
    [InlineData("devops-guru/new-insight.json", TriggerCondition.Firing)]
    [InlineData("devops-guru/severity-upgraded.json", TriggerCondition.Firing)]
    [InlineData("devops-guru/new-association.json", TriggerCondition.Informational)]
    [InlineData("devops-guru/new-recommendation.json", TriggerCondition.Informational)]
    [InlineData("devops-guru/insight-closed.json", TriggerCondition.Resolved)]
    public void An_insight_is_one_subject_from_its_opening_to_its_end(string sample, TriggerCondition condition)
    {
        Only(sample).Subject.ShouldBe("AQUILLINSIGHT");
        Only(sample).Condition.ShouldBe(condition);
        Only(sample, detail => detail["messageType"] = null).Condition.ShouldBe(condition); // By the detail type.
    }

    [Fact]
    public void An_alert_without_a_fingerprint_is_known_by_its_labels_in_any_order()
    {
        static string Subject(string labels) => Read($$"""
            {"groupKey":"g","status":"firing","alerts":[{"labels":{{labels}},"startsAt":"2026-05-09T14:00:00Z"}]}
            """).Subject;

        Subject("""{"a":"1","b":"2"}""").ShouldBe(Subject("""{"b":"2","a":"1"}"""));
        Subject("""{"a":"1","b":"2"}""").ShouldNotBe(Subject("""{"a":"1","b":"3"}"""));
    }

    [Fact]
    public void What_an_alert_leaves_out_its_group_says()
        => Read("""
            {"groupKey":"g","status":"resolved","commonLabels":{"alertname":"A","app":"shop","severity":"page"},
             "commonAnnotations":{"runbook_url":"https://r.example/a"},
             "alerts":[{"fingerprint":"f","startsAt":"2026-05-09T14:00:00Z","endsAt":"2026-05-09T14:05:00Z"}]}
            """).ShouldSatisfyAllConditions(
                trigger => trigger.Condition.ShouldBe(TriggerCondition.Resolved),
                trigger => trigger.EndedAt.ShouldBe(new DateTimeOffset(2026, 5, 9, 14, 5, 0, TimeSpan.Zero)),
                trigger => trigger.Title.ShouldBe("A"),
                trigger => trigger.Component.ShouldBe("shop"),
                trigger => trigger.SeverityHint.ShouldBe(SeverityHint.High),
                trigger => trigger.Links.ShouldHaveSingleItem().Url.ShouldBe("https://r.example/a"));

    [Fact]
    public void The_agents_own_work_opens_nothing_and_keeps_its_spelling()
        => Only("devops-agent/investigation-cancelled.json").ShouldSatisfyAllConditions(
            trigger => trigger.Condition.ShouldBe(TriggerCondition.Informational),
            trigger => trigger.State.ShouldBe("CANCELLED"));

    [Fact]
    public void A_webhook_without_a_state_fires_and_with_an_unheard_one_is_refused()
    {
        Read("""{"title":"t","occurredAt":"2026-05-09T14:00:00Z"}""").Condition.ShouldBe(TriggerCondition.Firing);
        new EventReader().Read("""{"title":"t","state":"purple","occurredAt":"2026-05-09T14:00:00Z"}"""u8.ToArray())
            .ShouldBeOfType<ReadEvent.Unreadable>().Reason.ShouldStartWith("$.state: expected firing, ");
    }

    [Fact]
    public void A_webhook_without_an_id_is_known_by_its_content()
    {
        static string Id(string title) => Read($$"""{"title":"{{title}}","occurredAt":"2026-05-09T14:00:00Z"}""").SourceId;

        Id("a").ShouldBe(Id("a"));
        Id("a").ShouldNotBe(Id("b"));
    }

    private static Trigger Only(string sample, Action<JsonNode>? edit = null)
    {
        var root = JsonNode.Parse(SampleEvents.Bytes(sample))!;
        edit?.Invoke(root["detail"]!);
        return Read(root.ToJsonString());
    }

    private static Trigger Read(string body)
        => new EventReader().Read(Encoding.UTF8.GetBytes(body)).ShouldBeOfType<ReadEvent.Triggers>().Items.ShouldHaveSingleItem();
}
