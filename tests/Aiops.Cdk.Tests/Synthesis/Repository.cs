namespace Aiops.Cdk.Tests.Synthesis;

internal static class Repository
{
    /// <summary>The folder that holds <c>cdk.json</c>.</summary>
    public static string Root { get; } = Find();

    public static string PathTo(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "cdk.json")))
        {
            at = at.Parent;
        }

        return at?.FullName ?? throw new InvalidOperationException("cdk.json is in no folder above the tests.");
    }
}
