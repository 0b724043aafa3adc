namespace Aiops.Cdk.Sources;

/// <summary>
/// What goes to the trigger queues, and by which lane. Two rules a source where events grade themselves, each the other's
/// complement; one, to the routine lane, where they don't. What a rule can't grade merely waits its turn in the routine lane.
/// </summary>
public static class AlarmSources
{
    // As teams tag alarms; intake knows more words, but an event pattern holds 2,048 characters.
    private static readonly string[] UrgentWords =
        ["critical", "crit", "fatal", "emergency", "high", "major", "urgent", "page", "p0", "p1", "p2", "sev0", "sev1", "sev2"];
    private static readonly string[] UrgentDigits = ["0", "1", "2"];

    private static readonly string[] AllUrgent = [.. UrgentWords, .. UrgentDigits];

    private static readonly string IsUrgent = $"[{Listed(UrgentWords.Select(AnyCase))}, {Listed(UrgentDigits.Select(Quoted))}]";
    private static readonly string IsNotUrgent =
        $$$"""[{"exists": false}, {"anything-but": {"equals-ignore-case": [{{{Listed(AllUrgent.Select(Quoted))}}}]}}]""";

    private const string AlarmStates = """
        "source": ["aws.cloudwatch", "aws.monitoring"],
        "detail-type": ["CloudWatch Alarm State Change", "CloudWatch Alarm Contributor State Change"]
        """;

    /// <summary>To the urgent lane.</summary>
    /// <param name="ownPrefix">Alarms named so are our own and enter no lane.</param>
    public static IEnumerable<EventSource> Urgent(string ownPrefix, bool guardDuty)
    {
        yield return new("alarms-urgent", "Alarms tagged with an urgent severity or priority", $$$"""
            {
              {{{AlarmStates}}},
              "detail": {
                "alarmName": [{"anything-but": {"prefix": "{{{ownPrefix}}}"}}],
                "$or": [{"alarmTags": {"severity": {{{IsUrgent}}} }}, {"alarmTags": {"priority": {{{IsUrgent}}} }}]
              }
            }
            """);
        yield return new("devops-guru-urgent", "Insights of DevOps Guru graded high", """
            {"source": ["aws.devops-guru"], "detail": {"insightSeverity": [{"equals-ignore-case": "high"}]}}
            """);
        if (guardDuty)
        {
            yield return new("guardduty-urgent", "Findings of GuardDuty graded high or critical", """
                {
                  "source": ["aws.guardduty"],
                  "detail-type": ["GuardDuty Finding"],
                  "detail": {"severity": [{"numeric": [">=", 7]}]}
                }
                """);
        }
    }

    /// <summary>To the routine lane.</summary>
    /// <inheritdoc cref="Urgent"/>
    public static IEnumerable<EventSource> Routine(string ownPrefix, bool guardDuty)
    {
        yield return new("alarms-routine", "Alarms that no tag calls urgent", $$$"""
            {
              {{{AlarmStates}}},
              "detail": {
                "alarmName": [{"anything-but": {"prefix": "{{{ownPrefix}}}"}}],
                "alarmTags": {"severity": {{{IsNotUrgent}}}, "priority": {{{IsNotUrgent}}} }
              }
            }
            """);
        yield return new("alarm-configuration", "Alarms made, changed or deleted", $$$"""
            {
              "source": ["aws.cloudwatch", "aws.monitoring"],
              "detail-type": ["CloudWatch Alarm Configuration Change"],
              "detail": {"alarmName": [{"anything-but": {"prefix": "{{{ownPrefix}}}"}}]}
            }
            """);
        yield return new("health", "Events of AWS Health", """
            {"source": ["aws.health"], "detail-type": ["AWS Health Event", "AWS Health Abuse Event"]}
            """);
        yield return new("devops-guru-routine", "Insights of DevOps Guru, other than those graded high", """
            {
              "source": ["aws.devops-guru"],
              "detail": {"insightSeverity": [{"exists": false}, {"anything-but": {"equals-ignore-case": ["high"]}}]}
            }
            """);
        yield return new("cost-anomaly", "Findings of Cost Anomaly Detection", """
            {"source": ["aws.ce"], "detail-type": ["Anomaly Detected"]}
            """);
        yield return new("devops-agent", "Investigations of AWS DevOps Agent", """
            {"source": ["aws.aidevops"], "detail-type": [{"prefix": "Investigation "}, {"prefix": "Mitigation "}]}
            """);
        if (guardDuty)
        {
            yield return new("guardduty-routine", "Findings of GuardDuty graded medium or low", """
                {
                  "source": ["aws.guardduty"],
                  "detail-type": ["GuardDuty Finding"],
                  "detail": {"severity": [{"exists": false}, {"numeric": ["<", 7]}]}
                }
                """);
        }
    }

    private static string AnyCase(string word) => $$"""{"equals-ignore-case": "{{word}}"}""";

    private static string Quoted(string word) => $"\"{word}\"";

    private static string Listed(IEnumerable<string> matchers) => string.Join(", ", matchers);
}
