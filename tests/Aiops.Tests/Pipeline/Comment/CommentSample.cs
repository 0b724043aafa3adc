using Aiops.Analysis;
using Aiops.Pipeline;
using Aiops.Pipeline.Classify;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Tests.Pipeline.Comment;

/// <summary>A throttled table behind a shop's checkout, as the stages would have left it.</summary>
internal static class CommentSample
{
    public static readonly DateTimeOffset Began = new(2026, 3, 4, 10, 2, 0, TimeSpan.Zero);

    public const string ReportLink = "file:///incidents/INC-7/report.html";

    public static IncidentReport Report => With();

    /// <param name="foreign">What stands at each place where text comes from outside.</param>
    public static IncidentReport With(Func<string, string>? foreign = null)
    {
        var say = foreign ?? (text => text);
        var first = new Trigger
        {
            Source = TriggerSource.CloudWatch,
            SourceId = "1",
            Subject = "alarm:checkout-5xx",
            State = "ALARM",
            Condition = TriggerCondition.Firing,
            OccurredAt = Began.AddMinutes(5),
            Title = say("checkout 5xx above 1 %"),
            Description = say("Customers can't pay."),
            Component = say("checkout"),
        };
        var window = new TimeWindow(Began.AddMinutes(-10), Began.AddMinutes(33));
        return new IncidentReport
        {
            Incident = new Incident
            {
                Id = "INC-7",
                Scope = "local",
                Status = IncidentStatus.Open,
                Title = first.Title,
                OpenedAt = first.OccurredAt,
                LastEventAt = first.OccurredAt,
                First = first,
                Components = [say("checkout"), say("orders")],
                MemberCount = 3,
                FiringCount = 2,
            },
            Classification = new Classification
            {
                Kind = IncidentKind.Errors,
                Severity = Severity.Sev2,
                Depth = AnalysisDepth.Full,
                Reasons = [say("The error budget of checkout burns 14 times too fast.")],
            },
            Context = new IncidentContext
            {
                Window = window,
                Baseline = new TimeWindow(Began.AddHours(-3), window.Start),
                PastIncidents = [new PastIncident("INC-3", say("checkout slow"), Began.AddDays(-20), 0.82, [say("same service")], say("the table was throttled"), say("orders-table"), ["dynamodb-throttled-table"])],
                Parts =
                [
                    new SourcePart(ContextSource.Traces, SourceStatus.Missing, null, [say("no trace source is configured")]),
                    new SourcePart(ContextSource.Metrics, SourceStatus.Complete, null, []),
                ],
            },
            Diagnosis = new Diagnosis
            {
                Onset = Began,
                Evidence =
                [
                    Observed("E1", EvidenceKind.Metric, say("WriteThrottleEvents of orders-table rose from 0 to 212 at 10:02.")),
                    Observed("E2", EvidenceKind.Log, say("ERROR pattern of orders is new: 1,204 lines, none before.")),
                    Observed("E3", EvidenceKind.Metric, say("CPU of orders is as before.")),
                ],
                Runbooks =
                [
                    new RunbookExcerpt(say("databases/capacity.md"), say("Databases"), [say("Databases"), say("Throttled writes")], say("Raise the capacity of the table first."), [say("throttled")]),
                ],
                Hypotheses =
                [
                    Suspect(1, say("orders-table"), say("orders-table turns writes away since 10:02."), 0.71, ["E1", "E2"], []),
                    Suspect(2, say("orders"), say("orders fails by itself."), 0.12, ["E2"], ["E3"]),
                ],
            },
            Recommendations =
            [
                new Recommendation
                {
                    Playbook = "dynamodb-throttled-table",
                    Title = say("Give the throttled table the capacity it needs"),
                    Hypothesis = 1,
                    Because = say("orders-table is an AWS::DynamoDB::Table, and it is throttled."),
                    Steps =
                    [
                        new ActionStep("See its capacity.", "aws dynamodb describe-table --table-name orders-table"),
                        new ActionStep("Let it follow the load.", null, new AutomationDocument("AWS-EnableDynamoDbAutoscaling", new Dictionary<string, string>())),
                    ],
                    Risk = ActionRisk.Medium,
                    RiskReason = say("It costs more per request."),
                    Rollback = say("Set it back."),
                    Check = say("No throttled writes for ten minutes."),
                },
            ],
            Timeline =
            [
                new TimelineEntry(Began.AddMinutes(-20), "change", say("orders 2.14.0 deployed"), say("orders")),
                new TimelineEntry(Began, "onset", say("orders-table turns writes away"), say("orders-table")),
                new TimelineEntry(first.OccurredAt, "alarm", say("checkout 5xx above 1 %: ALARM"), say("checkout")),
            ],
            AnalysedAt = Began.AddMinutes(35),
            Round = 2,
            Simulated = true,
        };
    }

    public static Evidence Observed(string id, EvidenceKind kind, string statement) => new()
    {
        Id = id,
        Kind = kind,
        Component = "orders-table",
        Statement = statement,
        Provenance = new Provenance("recording metrics", "WriteThrottleEvents", new TimeWindow(Began, Began.AddMinutes(30))),
    };

    private static Hypothesis Suspect(int rank, string component, string statement, double confidence, string[] speaksFor, string[] against) => new()
    {
        Rank = rank,
        Component = component,
        Statement = statement,
        Kind = CauseKind.Throttling,
        Confidence = confidence,
        Onset = Began,
        Role = SuspectRole.Cause,
        For = speaksFor,
        Against = against,
        WouldDisprove = rank == 1 ? "The table's throttled writes are none in CloudWatch." : null,
    };
}
