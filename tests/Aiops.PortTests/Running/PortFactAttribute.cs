using Xunit.Sdk;

namespace Aiops.PortTests.Running;

/// <summary>A fact that is skipped, with the reason, where its class lacks what it needs (<see cref="NeedsAttribute"/>).</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Aiops.PortTests.Running.PortFactDiscoverer", "Aiops.PortTests")]
public sealed class PortFactAttribute : FactAttribute;

/// <summary>The same for a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Aiops.PortTests.Running.PortTheoryDiscoverer", "Aiops.PortTests")]
public sealed class PortTheoryAttribute : TheoryAttribute;

/// <summary>What a test class can't run without.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class NeedsAttribute : Attribute
{
    /// <summary>Why its facts are skipped; null where everything is there, or where it must be.</summary>
    public abstract string? ReasonToSkip { get; }

    /// <summary>Whether <c>AIOPS_REQUIRE_ALL=1</c> says that nothing may be skipped.</summary>
    protected static bool RequireAll { get; } = Environment.GetEnvironmentVariable("AIOPS_REQUIRE_ALL") == "1";
}
