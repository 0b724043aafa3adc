using Aiops.Simulator.Shop;

namespace Aiops.Simulator.Faults;

/// <summary>One fault, and what it does to its component minute by minute.</summary>
/// <param name="Target">The component; ignored by <see cref="FaultKind.None"/> but for the alarm's subject.</param>
/// <param name="Strength">From 0, hardly visible, to 1.</param>
/// <param name="Onset">When it begins, from the start of the recording.</param>
/// <param name="Duration">How long it lasts; null to the recording's end.</param>
public sealed record Fault(FaultKind Kind, string Target, double Strength, TimeSpan Onset, TimeSpan? Duration = null)
{
    /// <summary>The components that can suffer this kind of fault.</summary>
    public static IEnumerable<ShopComponent> Targets(FaultKind kind, WebShop shop) => shop.Components.Where(component => kind switch
    {
        FaultKind.ConnectionExhaustion => component.Role == ShopRole.Database,
        FaultKind.BadDeployment => component.Role is ShopRole.Service or ShopRole.Function,
        FaultKind.ThrottledTable => component.Role == ShopRole.Table,
        FaultKind.ScaledToZero or FaultKind.MemoryLeak => component.Role == ShopRole.Service,
        FaultKind.CpuSaturation => component.Role is ShopRole.Service or ShopRole.Database,
        FaultKind.StalledWorker => component.Role == ShopRole.Worker,
        FaultKind.SlowDependency => component.Role is ShopRole.External or ShopRole.Database or ShopRole.Table or ShopRole.Function,
        FaultKind.NetworkErrors => component.Role is ShopRole.Service or ShopRole.External,
        _ => component.Role is ShopRole.Service,
    });

    /// <summary>What the fault does to its target in the given minute of the recording.</summary>
    public Effect At(int minute)
    {
        var since = minute - (int)Onset.TotalMinutes;
        if (since < 0 || (Duration is { } duration && since >= duration.TotalMinutes))
        {
            return Effect.None;
        }

        return Kind switch
        {
            FaultKind.ConnectionExhaustion => Effect.None with { HeldConnections = Ramp(since, 7) * (0.9 + (0.6 * Strength)) },
            FaultKind.BadDeployment => Effect.None with { ErrorRate = 0.08 + (0.5 * Strength), TimeFactor = 1 + (2.5 * Strength), NewVersion = true },
            FaultKind.ThrottledTable => Effect.None with { CapacityFactor = 0.32 - (0.26 * Strength) },
            FaultKind.ScaledToZero => Effect.None with { Down = since >= 1, Draining = true },
            FaultKind.SlowDependency => Effect.None with { TimeFactor = 1 + (Ramp(since, 4) * (1 + (7 * Strength))), ExtraMilliseconds = Ramp(since, 4) * (60 + (700 * Strength)) },
            FaultKind.MemoryLeak => Leak(since),
            FaultKind.CpuSaturation => Effect.None with { CapacityFactor = 0.35, TimeFactor = 1.5 + (Ramp(since, 3) * 6 * Strength), ExtraCpu = 55 + (40 * Strength) },
            FaultKind.StalledWorker => Effect.None with { CapacityFactor = 0.06, TimeFactor = 1 + (8 * Strength) },
            FaultKind.NetworkErrors => Effect.None with { ErrorRate = 0.04 + (0.3 * Strength), Resets = true, ExtraMilliseconds = 40 + (200 * Strength) },
            _ => Effect.None,
        };
    }

    private static double Ramp(int since, double minutes) => Math.Min(1, (since + 1) / minutes);

    /// <summary>Memory fills over 20 to 60 minutes; collecting what is left slows everything down; then it is killed.</summary>
    private Effect Leak(int since)
    {
        var fills = 60 - (int)(40 * Strength);
        var memory = 50.0 * (since % (fills + 1)) / fills;
        var pressure = Math.Max(0, memory - 30) / 20;
        return Effect.None with
        {
            ExtraMemory = memory,
            TimeFactor = 1 + (6 * pressure * pressure),
            ErrorRate = since % (fills + 1) == 0 && since > 0 ? 0.5 : 0.1 * pressure * pressure,
            OutOfMemory = since % (fills + 1) == 0 && since > 0,
        };
    }
}

/// <summary>What a fault does to a component within one minute.</summary>
public sealed record Effect
{
    public static Effect None { get; } = new();

    /// <summary>Its own work takes this many times longer.</summary>
    public double TimeFactor { get; init; } = 1;

    public double ExtraMilliseconds { get; init; }

    /// <summary>Requests that fail by its own doing, 0 to 1.</summary>
    public double ErrorRate { get; init; }

    /// <summary>What is left of its capacity.</summary>
    public double CapacityFactor { get; init; } = 1;

    /// <summary>Connections held by nobody, as a share of all.</summary>
    public double HeldConnections { get; init; }

    /// <summary>Percent of processor time on top.</summary>
    public double ExtraCpu { get; init; }

    /// <summary>Percent of memory on top.</summary>
    public double ExtraMemory { get; init; }

    public bool Down { get; init; }

    public bool Draining { get; init; }

    public bool NewVersion { get; init; }

    public bool Resets { get; init; }

    public bool OutOfMemory { get; init; }
}
