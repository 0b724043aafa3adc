using Aiops.Analysis.Topology;
using Aiops.Pipeline;

namespace Aiops.Tests.Pipeline.Intake;

/// <summary>Triggers as tests need them: by what they are about and when.</summary>
internal static class Alarms
{
    public static DateTimeOffset Start { get; } = new(2026, 3, 14, 10, 0, 0, TimeSpan.Zero);

    /// <summary>Checkout calls payments and cart; both keep their data in orders-db. Billing stands apart.</summary>
    public static ServiceGraph Shop { get; } = new(
        [new Component("billing"), new Component("ledger")],
        [
            new Call("checkout", "payments"), new Call("checkout", "cart"), new Call("payments", "orders-db"),
            new Call("cart", "orders-db"), new Call("billing", "ledger"),
        ]);

    public static Trigger Firing(string component, double minute = 0, string alarm = "5xx", SeverityHint hint = SeverityHint.Medium)
        => Of(component, alarm, minute, "ALARM", TriggerCondition.Firing) with { SeverityHint = hint };

    public static Trigger Ok(string component, double minute, string alarm = "5xx") => Of(component, alarm, minute, "OK", TriggerCondition.Resolved);

    public static Trigger Of(string component, string alarm, double minute, string state, TriggerCondition condition) => new()
    {
        Source = TriggerSource.CloudWatch,
        SourceId = $"{component}-{alarm}-{state}-{minute}",
        Subject = Arn(component, alarm),
        State = state,
        Condition = condition,
        OccurredAt = Start.AddMinutes(minute),
        Title = $"{component}-{alarm}",
        Component = component,
        Account = "111122223333",
        Region = "eu-west-1",
    };

    public static string Arn(string component, string alarm = "5xx") => $"arn:aws:cloudwatch:eu-west-1:111122223333:alarm:{component}-{alarm}";
}
