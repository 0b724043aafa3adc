using Aiops.Local.Recordings;
using Aiops.Pipeline;

namespace Aiops.Simulator;

/// <summary>What happened to the shop before and was reviewed: some of it helps with today's incident, most doesn't.</summary>
internal static class PastCases
{
    public static IReadOnlyList<RecordedCase> Before(DateTimeOffset start) =>
    [
        Of(start, 9, 41, "INC-1042", "checkout fails: database refuses connections", IncidentKind.Errors, "checkout",
            ["checkout", "orders", "inventory", "shop-db"], ["remaining connection slots are reserved", "AWS/RDS DatabaseConnections at its limit"],
            Verdict.Corrected, "shop-db", "A reporting job held 120 idle connections open; it was stopped, and its pool capped at 10.", ["rds-connections-exhausted"]),
        Of(start, 23, 26, "INC-1017", "payments failing after a release", IncidentKind.Errors, "payments",
            ["payments", "checkout", "shop-alb"], ["TypeError in payments", "AWS/Lambda Errors"],
            Verdict.Confirmed, "payments", "Version 5.4.0 mishandled orders without a currency; rolled back to 5.3.9.", ["bad-deployment-rollback"]),
        Of(start, 47, 58, "INC-0968", "carts can't be saved", IncidentKind.Errors, "cart",
            ["cart", "carts", "storefront"], ["ProvisionedThroughputExceededException", "AWS/DynamoDB ThrottledRequests"],
            Verdict.Confirmed, "carts", "A sale used up the write capacity; on-demand mode was switched on for the day.", ["dynamodb-throttled-table"]),
        Of(start, 71, 33, "INC-0911", "inventory answers nothing", IncidentKind.Availability, "inventory",
            ["inventory", "storefront", "checkout"], ["Connection refused", "ECS/ContainerInsights RunningTaskCount 0"],
            Verdict.Confirmed, "inventory", "A scheduled scaling action meant for the test account ran here; desired count was set back to 2.", ["ecs-desired-count-zero"]),
        Of(start, 35, 12, "INC-0990", "storefront p99 above its threshold for a minute", IncidentKind.Latency, "storefront",
            ["storefront"], ["one sample above the threshold"],
            Verdict.Rejected, null, "Nothing was wrong: the threshold was set below the daily peak.", []),
        Of(start, 88, 97, "INC-0874", "payment provider slow", IncidentKind.Latency, "checkout",
            ["payments", "payment-provider", "checkout"], ["payment-provider did not answer POST /v1/charges in time"],
            Verdict.Confirmed, "payment-provider", "The provider had an incident of its own; its status page said so an hour later.", []),
    ];

    private static RecordedCase Of(
        DateTimeOffset start, int daysBefore, int minutes, string id, string title, IncidentKind kind, string service, IReadOnlyList<string> components,
        IReadOnlyList<string> symptoms, Verdict verdict, string? cause, string words, IReadOnlyList<string> helped)
    {
        var opened = start.AddDays(-daysBefore).AddMinutes(minutes * 11);
        return new RecordedCase
        {
            IncidentId = id,
            Title = title,
            OpenedAt = opened,
            ResolvedAt = opened.AddMinutes(minutes),
            Kind = kind,
            Service = service,
            Components = components,
            Symptoms = symptoms,
            Outcome = new Outcome
            {
                IncidentId = id,
                Verdict = verdict,
                Component = cause,
                Cause = words,
                Helped = helped,
                Reviewer = "on-call",
                At = opened.AddHours(20),
            },
        };
    }
}
