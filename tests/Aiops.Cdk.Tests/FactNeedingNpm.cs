using Aiops.Cdk.Tests.Synthesis;

namespace Aiops.Cdk.Tests;

/// <summary>Skipped where <c>tests/npm</c> lacks the package; fails there instead where <c>AIOPS_REQUIRE_ALL=1</c> says that
/// everything must be there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactNeedingNpmAttribute : FactAttribute
{
    public FactNeedingNpmAttribute(string package)
    {
        if (!Directory.Exists(Repository.PathTo("tests", "npm", "node_modules", package))
            && Environment.GetEnvironmentVariable("AIOPS_REQUIRE_ALL") != "1")
        {
            Skip = $"needs {package}: npm ci --prefix tests/npm";
        }
    }
}
