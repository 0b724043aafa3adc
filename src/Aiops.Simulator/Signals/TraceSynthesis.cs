using Aiops.Analysis.Telemetry;
using Aiops.Simulator.Flow;
using Aiops.Simulator.Shop;

namespace Aiops.Simulator.Signals;

/// <summary>
/// Follows single requests through the shop: each draws its own times and failures from the state of its minute, waits for
/// its callees, retries and gives up as its callers would, and leaves spans and log lines.
/// </summary>
internal sealed class TraceSynthesis(
    WebShop shop, Scenario scenario, IReadOnlyList<Dictionary<string, ComponentMinute>> minutes, LogSynthesis logs, Action<Span> spans)
{
    private const long Millisecond = 1_000_000;

    private readonly SimulatedRandom chance = new(scenario.Seed, "traces");
    private Dictionary<string, ComponentMinute> now = minutes[0];
    private string traceId = "";

    /// <summary>Traces one minute's requests, in order of their start.</summary>
    public void Minute(int minute)
    {
        now = minutes[minute];
        var start = scenario.Start.AddMinutes(minute).ToUnixTimeMilliseconds() * Millisecond;
        for (var i = 0; i < scenario.TracesPerMinute; i++)
        {
            var entry = i % 4 == 3 ? shop.Worker : Draw();
            traceId = chance.Hex(32);
            Run(entry, "", start + ((long)((i + chance.Unit()) / scenario.TracesPerMinute * 59_000) * Millisecond));
        }
    }

    /// <summary>Shares are evened out, as samplers do: else a hundred page views drown the one checkout.</summary>
    private Operation Draw()
    {
        var draw = chance.Unit();
        foreach (var entry in shop.Entries)
        {
            draw -= (entry.Share + 0.25) / (1 + (0.25 * shop.Entries.Count));
            if (draw < 0)
            {
                return entry.Operation;
            }
        }

        return shop.Entries[^1].Operation;
    }

    private (long End, Failure? Failure) Run(Operation operation, string parent, long start)
    {
        var component = operation.Component;
        var state = now[component.Name];
        var spanId = chance.Hex(16);
        var own = Math.Max(0.05, state.OwnMilliseconds * chance.Spread(0.35));
        var at = start + (long)(own * 0.6 * Millisecond);
        Failure? failure = chance.Chance(state.OwnErrorRate) ? new Failure(component, FailureCause(component, state)) : null;
        foreach (var call in failure is null ? operation.Calls : [])
        {
            if (!chance.Chance(call.Probability))
            {
                continue;
            }

            (at, var missed) = Call(operation, call, spanId, at);
            if (missed is not null && !call.Optional)
            {
                failure = missed;
                break;
            }
        }

        var end = at + (long)(own * 0.4 * Millisecond);
        spans(new Span(traceId, spanId, parent, component.Name, operation.Name, start, end, failure is not null));
        logs.Served(operation, traceId, end, (end - start) / (double)Millisecond, failure);
        return (end, failure);
    }

    private (long At, Failure? Failure) Call(Operation caller, OperationCall call, string parent, long at)
    {
        for (var attempt = 0; ; attempt++)
        {
            Failure? failure;
            var start = at;
            if (now[call.Callee.Component.Name].Effect.Down)
            {
                at += Millisecond * chance.Whole(1, 3); // Nobody listens: refused at once, and no span of theirs.
                failure = new Failure(call.Callee.Component, Cause.Refused);
            }
            else
            {
                (at, failure) = Run(call.Callee, parent, start);
                if (at - start > call.TimeoutMilliseconds * Millisecond)
                {
                    at = start + (long)(call.TimeoutMilliseconds * Millisecond);
                    failure = new Failure(call.Callee.Component, Cause.Timeout);
                }
            }

            if (failure is null)
            {
                return (at, null);
            }

            logs.CallFailed(caller, call, traceId, at, failure, attempt);
            if (attempt == call.Retries)
            {
                return (at, failure);
            }

            at += (50L << attempt) * Millisecond;
        }
    }

    private static Cause FailureCause(ShopComponent component, ComponentMinute state) => component.Role switch
    {
        ShopRole.Database when state.Utilisation > 0.9 => Cause.NoConnection,
        ShopRole.Table when state.Level > 0 => Cause.Throttled,
        _ when state.Effect.Resets => Cause.Reset,
        _ when state.Effect.NewVersion => Cause.Bug,
        _ when state.Effect.OutOfMemory || state.Effect.ExtraMemory > 30 => Cause.OutOfMemory,
        ShopRole.External => Cause.Unavailable,
        _ => state.Utilisation > 1 ? Cause.Overload : Cause.Glitch,
    };
}

/// <summary>Why a request failed, and where that began.</summary>
internal sealed record Failure(ShopComponent Component, Cause Cause);

internal enum Cause
{
    NoConnection,
    Throttled,
    Refused,
    Timeout,
    Reset,
    Bug,
    OutOfMemory,
    Unavailable,
    Overload,

    /// <summary>What happens once in thousands of requests and means nothing.</summary>
    Glitch,
}
