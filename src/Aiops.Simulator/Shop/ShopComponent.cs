namespace Aiops.Simulator.Shop;

/// <summary>One service or resource of the simulated shop.</summary>
/// <param name="Type">CloudFormation type; null for what isn't in the account.</param>
/// <param name="ServiceMilliseconds">Its own work per request, unloaded, mean.</param>
/// <param name="Slots">What it can do at once: threads, concurrent executions, connections.</param>
/// <param name="Tasks">Copies that run; 0 where that means nothing.</param>
public sealed record ShopComponent(
    string Name, string? Type, ShopRole Role, double ServiceMilliseconds, double Slots, int Tasks = 0, LogStyle Style = LogStyle.None)
{
    /// <summary>What it is in the shop, whatever it is called there.</summary>
    public string Part { get; init; } = Name;
}

/// <summary>What a component is, which decides its metrics, its logs and what can happen to it.</summary>
public enum ShopRole
{
    Balancer,
    Service,
    Worker,
    Function,
    Table,
    Database,
    Cache,
    Queue,
    External,
}

/// <summary>How a component writes its log.</summary>
public enum LogStyle
{
    None,
    Java,
    Go,
    Lambda,
}
