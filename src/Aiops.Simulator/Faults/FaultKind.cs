namespace Aiops.Simulator.Faults;

/// <summary>What can happen to a component of the shop.</summary>
public enum FaultKind
{
    /// <summary>Nothing: one odd sample, and an alarm that is too eager.</summary>
    None,

    /// <summary>A database runs out of connections.</summary>
    ConnectionExhaustion,

    /// <summary>A new version fails, or is slow.</summary>
    BadDeployment,

    /// <summary>A table's provisioned capacity falls below what is asked of it.</summary>
    ThrottledTable,

    /// <summary>A service's desired count is set to 0.</summary>
    ScaledToZero,

    /// <summary>It answers late.</summary>
    SlowDependency,

    /// <summary>Its memory fills until it is killed and starts anew.</summary>
    MemoryLeak,

    /// <summary>Its processors are busy with something else.</summary>
    CpuSaturation,

    /// <summary>A worker hardly takes anything from its queue.</summary>
    StalledWorker,

    /// <summary>Connections to it are reset.</summary>
    NetworkErrors,
}
