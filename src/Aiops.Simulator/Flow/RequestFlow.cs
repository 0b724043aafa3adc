using Aiops.Simulator.Shop;

namespace Aiops.Simulator.Flow;

/// <summary>
/// Lets requests flow through the shop minute by minute. Demand runs from callers to callees, with retries; time and failure
/// run back, with timeouts. A component whose requests take long has more of them at once, and past its slots they queue and
/// then fail: that is how a slow table becomes a dead storefront.
/// </summary>
public sealed class RequestFlow(WebShop shop, Scenario scenario)
{
    private const double IdleConnections = 42; // What the pools of three clients hold in quiet times.
    private const double TableHeadroom = 2.4; // Provisioned over peak demand.
    private const double LongestWait = 1_500; // Milliseconds in a queue before the balancer gives up.

    private readonly SimulatedRandom chance = new(scenario.Seed, "flow");
    private readonly double[] demand = new double[shop.Operations.Count];
    private readonly OperationMinute[] last = new OperationMinute[shop.Operations.Count];
    private readonly Dictionary<string, double> tablePeaks = [];
    private double queued;
    private double season = 1;
    private double oldest;

    /// <summary>Every minute of the scenario, each with its components by name.</summary>
    public IReadOnlyList<Dictionary<string, ComponentMinute>> Run()
    {
        foreach (var component in shop.Components.Where(c => c.Role == ShopRole.Table))
        {
            tablePeaks[component.Name] = PeakDemand(component);
        }

        List<Dictionary<string, ComponentMinute>> minutes = [];
        for (var minute = 0; minute < scenario.Length.TotalMinutes; minute++)
        {
            minutes.Add(Step(minute));
        }

        return minutes;
    }

    private Dictionary<string, ComponentMinute> Step(int minute)
    {
        var now = shop.Components.ToDictionary(c => c.Name, _ => new ComponentMinute());
        foreach (var fault in scenario.Faults)
        {
            now[fault.Target].Effect = fault.At(minute);
        }

        season = Season(scenario.Start.AddMinutes(minute));
        var requests = scenario.PeakRequests * season * (1 + (0.03 * scenario.Noise * chance.Normal()));
        SpreadDemand(requests, now);
        foreach (var component in shop.Components)
        {
            Load(component, now[component.Name]);
        }

        for (var i = shop.Operations.Count - 1; i >= 0; i--) // Callees before callers.
        {
            Answer(shop.Operations[i], now);
        }

        Drain(now);
        foreach (var component in now.Values.Where(c => c.Demand > 0))
        {
            component.TotalMilliseconds /= component.Demand;
        }

        return now;
    }

    /// <summary>The share of the day's peak: low at four in the morning, high at four in the afternoon.</summary>
    private static double Season(DateTimeOffset time)
    {
        // A smooth step up and down: a sine differs between platforms in its last digit.
        var x = (time.TimeOfDay.TotalHours - 4) / 24;
        x -= Math.Floor(x);
        var half = x < 0.5 ? x * 2 : (1 - x) * 2;
        return 0.35 + (0.65 * half * half * (3 - (2 * half)));
    }

    private void SpreadDemand(double requests, Dictionary<string, ComponentMinute> now)
    {
        Array.Clear(demand);
        foreach (var entry in shop.Entries)
        {
            demand[entry.Operation.Number] = requests * entry.Share;
        }

        var worker = now[shop.Worker.Component.Name];
        var pace = 60_000 / Math.Max(1, last[shop.Worker.Number].Milliseconds) * shop.Worker.Component.Slots * worker.Effect.CapacityFactor;
        demand[shop.Worker.Number] = Math.Min(queued, last[shop.Worker.Number].Milliseconds == 0 ? queued : pace);
        foreach (var operation in shop.Operations)
        {
            var mine = demand[operation.Number];
            var component = now[operation.Component.Name];
            component.Demand += mine;
            if (component.Effect.Down)
            {
                continue; // Nobody there to call anyone.
            }

            foreach (var call in operation.Calls)
            {
                var failure = CallFailure(call, last[call.Callee.Number]);
                var attempts = 1.0;
                for (var (retry, again) = (0, failure); retry < call.Retries; retry++, again *= failure)
                {
                    attempts += again;
                }

                demand[call.Callee.Number] += mine * call.Probability * attempts;
            }
        }
    }

    /// <summary>What load and fault make of a component's own time and errors.</summary>
    private void Load(ShopComponent component, ComponentMinute now)
    {
        var effect = now.Effect;
        var busy = shop.Operations.Where(o => o.Component == component).Sum(o => demand[o.Number] * Math.Max(component.ServiceMilliseconds, last[o.Number].Milliseconds)) / 60_000;
        now.Utilisation = busy / (component.Slots * effect.CapacityFactor);
        now.OwnErrorRate = effect.Down ? 1 : Math.Min(
            1, (component.Role == ShopRole.External ? 0.002 : 0.0003) + effect.ErrorRate);
        var wait = 0.0;
        switch (component.Role)
        {
            case ShopRole.Database:
                var wanted = IdleConnections + (busy * 3) + (effect.HeldConnections * component.Slots);
                now.Level = Math.Min(component.Slots - 1, wanted * (1 + (0.02 * chance.Normal())));
                var pressure = Math.Clamp((wanted - (component.Slots * 0.92)) / (component.Slots * 0.3), 0, 1);
                now.OwnErrorRate = Math.Max(now.OwnErrorRate, 0.85 * pressure);
                wait = LongestWait * pressure * (1 - (0.4 * pressure)); // Pools wait for a connection before they give up.
                now.Utilisation = wanted / component.Slots;
                break;
            case ShopRole.Table:
                // Lowered below the hour's need.
                var capacity = tablePeaks[component.Name] * TableHeadroom * effect.CapacityFactor * (effect.CapacityFactor < 1 ? season : 1);
                var throttled = now.Demand <= capacity ? 0 : 1 - (capacity / now.Demand);
                now.Level = now.Demand * throttled;
                now.OwnErrorRate = Math.Max(now.OwnErrorRate, throttled);
                now.Utilisation = now.Demand / capacity;
                break;
            default:
                var over = Math.Max(0, now.Utilisation - 0.8);
                wait = Math.Min(LongestWait, 900 * over * over);
                now.OwnErrorRate = Math.Min(1, now.OwnErrorRate + Math.Clamp((now.Utilisation - 1.1) * 0.35, 0, 0.7));
                break;
        }

        var queueing = 1 + (0.4 * Math.Min(0.9, now.Utilisation));
        now.OwnMilliseconds = effect.Down
            ? 1
            : (component.ServiceMilliseconds * effect.TimeFactor * queueing * chance.Spread(0.04 * scenario.Noise)) + effect.ExtraMilliseconds + wait;
    }

    private void Answer(Operation operation, Dictionary<string, ComponentMinute> now)
    {
        var component = now[operation.Component.Name];
        var time = component.OwnMilliseconds;
        var success = 1 - component.OwnErrorRate;
        if (!component.Effect.Down)
        {
            foreach (var call in operation.Calls)
            {
                var callee = last[call.Callee.Number];
                var failure = CallFailure(call, callee);
                var once = Math.Min(call.TimeoutMilliseconds, callee.Milliseconds);
                var total = once;
                var lost = failure;
                for (var retry = 0; retry < call.Retries; retry++)
                {
                    total += lost * (once + (50 << retry)); // Each attempt waits twice as long as the one before.
                    lost *= failure;
                }

                time += call.Probability * total;
                success *= call.Optional ? 1 : 1 - (call.Probability * lost);
            }
        }

        last[operation.Number] = new OperationMinute(demand[operation.Number], time, 1 - success);
        component.Failed += demand[operation.Number] * (1 - success);
        component.TotalMilliseconds += demand[operation.Number] * time;
    }

    /// <summary>The share of single attempts that fail or take longer than the caller waits.</summary>
    private static double CallFailure(OperationCall call, OperationMinute callee)
    {
        var late = Math.Clamp(((callee.Milliseconds / call.TimeoutMilliseconds) - 0.5) * 1.2, 0, 0.95);
        return callee.FailureRate + ((1 - callee.FailureRate) * late);
    }

    /// <summary>Orders go into the queue and come out at the worker's pace.</summary>
    private void Drain(Dictionary<string, ComponentMinute> now)
    {
        var queue = now[shop.Queue.Name];
        var worked = demand[shop.Worker.Number] * (1 - last[shop.Worker.Number].FailureRate);
        queued = Math.Max(0, queued + queue.Demand - worked);
        queue.Level = Math.Round(queued * 0.05) + Math.Max(0, Math.Round(queued - queue.Demand));
        var backlog = Math.Max(0, queued - queue.Demand);
        // Nothing ages faster than time passes.
        oldest = Math.Min(oldest + 60, 1 + Math.Round(backlog / Math.Max(1, worked) * 60));
        queue.OldestSeconds = oldest;
    }

    private double PeakDemand(ShopComponent table)
    {
        var peak = new double[shop.Operations.Count];
        foreach (var entry in shop.Entries)
        {
            peak[entry.Operation.Number] = scenario.PeakRequests * entry.Share;
        }

        foreach (var operation in shop.Operations)
        {
            foreach (var call in operation.Calls)
            {
                peak[call.Callee.Number] += peak[operation.Number] * call.Probability;
            }
        }

        return shop.Operations.Where(operation => operation.Component == table).Sum(operation => peak[operation.Number]);
    }
}
