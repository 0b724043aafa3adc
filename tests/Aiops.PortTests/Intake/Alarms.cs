using Aiops.Analysis.Topology;
using Aiops.Pipeline;

namespace Aiops.PortTests.Intake;

/// <summary>Triggers as tests need them: by what they are about and when.</summary>
public static class Alarms
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

    /// <summary>Two systems of so many services that nothing connects: layers that call a few of the layer below, over one database each.</summary>
    public static ServiceGraph TwoSystems(int services)
    {
        Random random = new(services);
        return new ServiceGraph([], ((string[])["shop", "bank"]).SelectMany(system => Enumerable.Range(1, services - 1)
            .SelectMany(i => Enumerable.Range(0, 1 + i % 2).Select(_ => new Call(Service(system, random.Next(i)), Service(system, i))))));
    }

    /// <summary>Distinct alarms of every service of the graph within a minute, in event-time order; which fires when is random.</summary>
    public static IReadOnlyList<Trigger> Storm(ServiceGraph graph, int count, int seed)
    {
        Random random = new(seed);
        var services = graph.Components.Select(c => c.Name).ToArray();
        Trigger[] storm = [.. Enumerable.Range(0, count).Select(i => Firing(services[i % services.Length], alarm: $"alarm{i / services.Length}") with
        {
            SeverityHint = (SeverityHint)random.Next(5),
        })];
        random.Shuffle(storm);
        return [.. storm.Select((trigger, i) => trigger with { OccurredAt = Start + i * TimeSpan.FromMinutes(1) / count })];
    }

    private static string Service(string system, int number) => $"{system}-{number:00}";
}
