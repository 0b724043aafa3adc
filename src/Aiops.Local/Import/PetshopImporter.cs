using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Aiops.Analysis.Telemetry;
using Aiops.Local.Recordings;
using Aiops.Local.Recordings.Writing;

namespace Aiops.Local.Import;

/// <summary>
/// Imports the PetShop data set (amazon-science/petshop-root-cause-analysis): metrics of a real application on AWS while
/// faults were injected. A scenario's normal period is its baseline; a scenario without one borrows another's. The data has
/// no alarms, so the alarm event is made from the target's own samples.
/// </summary>
public sealed class PetshopImporter : IRecordingImporter
{
    private const string Source = "github.com/amazon-science/petshop-root-cause-analysis";
    private const string Lender = "low_traffic"; // Whose normal period is borrowed, as the data's users do.

    public string Name => "petshop";

    public async IAsyncEnumerable<ImportedRecording> ImportAsync(
        string directory, Func<string, RecordingFiles> place, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var scenario in Scenarios(directory))
        {
            var normalFile = NormalPeriod(scenario);
            var normal = normalFile is null ? null : await PetshopMetrics.ReadAsync(normalFile, cancellationToken);
            foreach (var issue in Folders(scenario).Where(IsIssue))
            {
                yield return await ImportIssueAsync(scenario, issue, normal, place, cancellationToken);
            }
        }
    }

    private static string[] Scenarios(string directory)
    {
        if (!Directory.Exists(directory))
        {
            throw new ImportException($"{directory} does not exist: give the folder of the petshop data ({Source}).");
        }

        string[] scenarios = IsScenario(directory) ? [Path.GetFullPath(directory)] : [.. Folders(directory).Where(IsScenario)];
        return scenarios.Length > 0
            ? scenarios
            : throw new ImportException(
                $"{directory} holds no petshop data: expected SCENARIO/graph.csv and SCENARIO/issue_NN/metrics.csv ({Source}).");
    }

    private static bool IsScenario(string folder)
        => File.Exists(Path.Combine(folder, "graph.csv")) && Directory.EnumerateDirectories(folder, "issue*").Any();

    private static bool IsIssue(string folder) => Path.GetFileName(folder).StartsWith("issue", StringComparison.Ordinal);

    private static IEnumerable<string> Folders(string directory)
        => Directory.EnumerateDirectories(directory).Order(StringComparer.Ordinal);

    private static string? NormalPeriod(string scenario)
        => Folders(Path.GetDirectoryName(scenario)!)
            .OrderBy(folder => folder == scenario ? 0 : Path.GetFileName(folder) == Lender ? 1 : 2)
            .Select(folder => Path.Combine(folder, "noissue", "metrics.csv"))
            .FirstOrDefault(File.Exists);

    private static async Task<ImportedRecording> ImportIssueAsync(
        string scenario, string issue, PetshopMetrics? normal, Func<string, RecordingFiles> place, CancellationToken cancellationToken)
    {
        var name = $"petshop-{Path.GetFileName(scenario)}-{Path.GetFileName(issue)}".Replace('_', '-');
        var metricFile = Path.Combine(issue, "metrics.csv");
        if (!File.Exists(metricFile))
        {
            throw new ImportException($"{issue} has no metrics.csv: the copy of the petshop data is incomplete.");
        }

        List<string> gaps = [];
        if (normal is null)
        {
            gaps.Add($"{Path.GetFileName(scenario)} has no normal period, and there is none to borrow: no baseline");
        }

        var metrics = await PetshopMetrics.ReadAsync(metricFile, cancellationToken);
        gaps.AddRange(metrics.Gaps);
        var files = place(name);
        var writer = new RecordingWriter(files);
        using (var file = writer.OpenMetrics())
        {
            foreach (var series in PetshopMetrics.Join(normal, metrics))
            {
                file.Write(series);
            }
        }

        writer.WriteTopology(await PetshopGraph.ReadAsync(Path.Combine(scenario, "graph.csv"), cancellationToken));
        var truth = ReadTarget(issue, scenario, normal, metrics, writer, gaps);
        var incident = metrics.Window;
        var windows = new RecordedWindows { Baseline = normal is null ? [] : [normal.Window], Incident = incident };
        writer.Finish(
            new RecordingManifest
            {
                FormatVersion = RecordingManifest.CurrentFormat,
                Name = name,
                Title = $"PetShop, {Path.GetFileName(scenario).Replace('_', ' ')}, {Path.GetFileName(issue).Replace('_', ' ')}",
                Description = $"Recorded by amazon-science from CloudWatch and X-Ray (CC-BY-4.0, {Source}). The alarm event is made up from the target's samples.",
                Generator = "aiops import petshop",
                Window = normal is null ? incident : new RecordedWindow(
                    Earlier(normal.Window.Start, incident.Start), Later(normal.Window.End, incident.End)),
                Windows = new Dictionary<string, RecordedWindows> { ["metrics"] = windows },
            },
            truth);
        return new ImportedRecording(name, files, gaps);
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    /// <summary>Reads what is said to have alarmed, writes its alarm, and answers the truth where it is told.</summary>
    private static RecordingTruth? ReadTarget(
        string issue, string scenario, PetshopMetrics? normal, PetshopMetrics metrics, RecordingWriter writer, List<string> gaps)
    {
        var file = Path.Combine(issue, "target.json");
        if (!File.Exists(file))
        {
            gaps.Add("no target.json: no alarm event");
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            var target = document.RootElement.GetProperty("target");
            var (node, metric, statistic) = (
                target.GetProperty("node").GetString()!, target.GetProperty("metric").GetString()!,
                target.GetProperty("agg").GetString()!);
            var at = DateTimeOffset.FromUnixTimeSeconds((long)target.GetProperty("timestamp").GetDouble());
            writer.WriteEvents([new RecordedEvent(at, Alarm(node, metric, statistic, at, normal, metrics).ToEventBridge())]);
            return !document.RootElement.TryGetProperty("root_cause", out var cause) || cause.GetProperty("node").GetString() is not { } culprit
                ? null
                : new RecordingTruth(culprit, Labels: new SortedDictionary<string, string>(StringComparer.Ordinal)
                {
                    ["metric"] = metric,
                    ["scenario"] = Path.GetFileName(scenario),
                });
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ImportException($"{file} can't be read ({e.Message}): expected target{{node,metric,agg,timestamp}}.", e);
        }
    }

    private static AlarmEvent Alarm(
        string node, string metric, string statistic, DateTimeOffset at, PetshopMetrics? normal, PetshopMetrics metrics)
    {
        var upwards = SignalKinds.Of(metric, "") != SignalKind.Availability;
        var seen = metrics.Samples(node, metric, statistic).Where(sample => sample.Time <= at).TakeLast(1).ToList();
        double[] usual = [.. (normal ?? metrics).Samples(node, metric, statistic).Select(sample => sample.Value).Order()];
        var threshold = usual.Length == 0 ? 0 : usual[(int)((usual.Length - 1) * (upwards ? 0.99 : 0.01))];
        if (seen.Count > 0) // An alarm that fired was breached, wherever its owner had set it.
        {
            threshold = upwards ? Math.Min(threshold, seen[0].Value * 0.999) : Math.Max(threshold, seen[0].Value * 1.001);
        }

        return new AlarmEvent(
            $"petshop-{at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}", $"{node} {metric}", node, "AWS/ApplicationSignals", metric, statistic,
            new Dictionary<string, string> { ["Service"] = node }, Math.Round(threshold, 3), PetshopMetrics.Step, Firing: true, at, at - TimeSpan.FromHours(12),
            seen, $"{metric} of {node}", upwards);
    }
}
