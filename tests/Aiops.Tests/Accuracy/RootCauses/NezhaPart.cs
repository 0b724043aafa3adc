namespace Aiops.Tests.Accuracy.RootCauses;

/// <summary>
/// A part of the labelled Nezha data, by links: one case with its own logs and spans, and the metrics of some of the pods, for
/// those of a whole day take seconds to read.
/// </summary>
internal static class NezhaPart
{
    private const int EveryPod = 8;

    /// <summary>Answers the folder, in the layout of the whole.</summary>
    public static string Link(TemporaryFolder folder)
    {
        var whole = Path.Combine(TestPaths.Shared!, "data", "nezha");
        var part = Directory.CreateDirectory(folder.File("nezha")).FullName;
        var label = Directory.EnumerateDirectories(whole, "case_*").Order(StringComparer.Ordinal).First();
        Directory.CreateSymbolicLink(Path.Combine(part, Path.GetFileName(label)), label);
        Directory.CreateSymbolicLink(Path.Combine(part, "faultfree"), Path.Combine(whole, "faultfree"));
        foreach (var day in Directory.EnumerateDirectories(Path.Combine(whole, "metric")))
        {
            var target = Directory.CreateDirectory(Path.Combine(part, "metric", Path.GetFileName(day))).FullName;
            var pods = Directory.EnumerateFiles(day).Order(StringComparer.Ordinal).ToList();
            foreach (var file in pods.Where((file, i) => i % EveryPod == 0 || Path.GetFileName(file).StartsWith("front", StringComparison.Ordinal)))
            {
                File.CreateSymbolicLink(Path.Combine(target, Path.GetFileName(file)), file);
            }
        }

        return part;
    }
}
