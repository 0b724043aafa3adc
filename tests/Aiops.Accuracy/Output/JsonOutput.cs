using System.Text.Json;
using System.Text.Json.Nodes;
using Aiops.Accuracy.Figures;

namespace Aiops.Accuracy.Output;

/// <summary>One object, one line, for whoever compares runs.</summary>
internal static class JsonOutput
{
    public static string Render(SuiteReport report, TimeSpan elapsed, double peakMegabytes)
    {
        var peers = new JsonObject();
        foreach (var (name, figures) in report.Peers)
        {
            peers[name] = Of(figures);
        }

        return new JsonObject
        {
            ["suite"] = report.Suite,
            ["cases"] = report.Cases,
            ["ours"] = Of(report.Ours),
            ["peers"] = peers,
            ["notes"] = new JsonArray([.. report.Notes.Select(note => (JsonNode)note)]),
            ["seconds"] = Math.Round(elapsed.TotalSeconds, 2),
            ["peakMegabytes"] = Math.Round(peakMegabytes, 1),
        }.ToJsonString(JsonSerializerOptions.Default);
    }

    private static JsonObject Of(FigureSet set)
    {
        var json = new JsonObject();
        var intervals = new JsonObject();
        foreach (var (key, figure) in set.Figures)
        {
            json[key] = Number(figure.Value);
            if (figure.Interval is var (low, high))
            {
                intervals[key] = new JsonArray(Number(low), Number(high));
            }
        }

        if (intervals.Count > 0)
        {
            json["intervals"] = intervals;
        }

        if (set.Groups.Count > 0)
        {
            var groups = new JsonObject();
            foreach (var (name, group) in set.Groups)
            {
                groups[name] = Of(group);
            }

            json["groups"] = groups;
        }

        return json;
    }

    private static JsonNode? Number(double value) => double.IsFinite(value) ? Math.Round(value, 6) : null;
}
