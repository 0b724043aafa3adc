namespace Aiops.Tests.Pipeline.Intake.Formats;

/// <summary>The project's own samples, by their path under <c>events/</c> (<c>sns/envelope.json</c>).</summary>
internal static class SampleEvents
{
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.GetFiles(TestPaths.Events, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(TestPaths.Events, file).Replace('\\', '/'))
            .Where(name => name != "README.md" && !name.StartsWith("changes/", StringComparison.Ordinal)) // Those aren't intake's.
            .Order(StringComparer.Ordinal),
    ];

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(TestPaths.Events, name));
}
