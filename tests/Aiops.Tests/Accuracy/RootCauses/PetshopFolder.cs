using System.Globalization;

namespace Aiops.Tests.Accuracy.RootCauses;

/// <summary>A made-up application in the layout of the PetShop data: web, its service, and that one's table.</summary>
internal static class PetshopFolder
{
    public const int NormalRows = 120;

    private static readonly string[] Components = ["web", "service", "table"];

    public static void Write(string folder, bool labelled = true)
    {
        var scenario = Path.Combine(folder, "petshop", "calm");
        Directory.CreateDirectory(Path.Combine(scenario, "noissue"));
        File.WriteAllText(
            Path.Combine(scenario, "graph.csv"), ",web,service,table\nweb,0.0,1.0,0.0\nservice,0.0,0.0,1.0\ntable,0.0,0.0,0.0\n");
        WriteMetrics(Path.Combine(scenario, "noissue"), 1_693_922_400, NormalRows, (_, _) => 1);
        for (var issue = 1; issue < Components.Length; issue++)
        {
            var folderOfIssue = Directory.CreateDirectory(Path.Combine(scenario, $"issue_{issue:00}")).FullName;
            var culprit = issue; // Slow from the second row on, and so is whoever calls it.
            WriteMetrics(
                folderOfIssue, 1_681_840_800, 5,
                (component, row) => row < 1 || component > culprit ? 1 : component == culprit ? 40 : 8);
            var label = labelled ? $$""","root_cause":{"node":"{{Components[culprit]}}","metric":null}""" : "";
            File.WriteAllText(
                Path.Combine(folderOfIssue, "target.json"),
                $$"""{"target":{"node":"web","metric":"latency","agg":"Average","timestamp":1681841200}{{label}}}""");
        }
    }

    private static void WriteMetrics(string folder, long start, int rows, Func<int, int, double> factor)
    {
        string Row(string head, Func<int, string> cell)
            => $"{head},{string.Join(',', Enumerable.Range(0, Components.Length).Select(cell))}\n";
        File.WriteAllText(
            Path.Combine(folder, "metrics.csv"),
            Row("microservice", i => Components[i]) + Row("metric", _ => "latency") + Row("statistic", _ => "Average")
            + Row("unix_timestamp", _ => "")
            + string.Concat(Enumerable.Range(0, rows).Select(row => Row(
                (start + (300 * row)).ToString(CultureInfo.InvariantCulture),
                i => ((0.1 + (0.01 * ((row * (7 + i)) % 11))) * factor(i, row)).ToString(CultureInfo.InvariantCulture)))));
    }
}
