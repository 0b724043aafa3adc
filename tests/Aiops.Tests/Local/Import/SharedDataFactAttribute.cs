namespace Aiops.Tests.Local.Import;

/// <summary>A test on public data that is too large or too restricted to be part of the project; skipped by name where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute(string dataSet)
    {
        if (TestPaths.Shared is null || !Directory.Exists(Path.Combine(TestPaths.Shared, "data", dataSet)))
        {
            Skip = $"the public data set {dataSet} is not beside the checkout";
        }
    }
}
