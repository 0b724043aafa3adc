using System.Runtime.CompilerServices;
using Aiops.Local.Recordings;
using Aiops.Local.Recordings.Writing;

namespace Aiops.Local.Import;

/// <summary>
/// Imports the Nezha data set (IntelligentDDS/Nezha): logs, traces and metrics of TrainTicket while faults were injected.
/// Logs and traces exist for minutes only: the day's fault-free minute, and those around each fault. The alarm event is
/// made from the entry service's own samples, for the data has none.
/// </summary>
public sealed class NezhaImporter : IRecordingImporter
{
    private const string Source = "github.com/IntelligentDDS/Nezha";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    // Less history than this, and later hours are taken too.
    private static readonly TimeSpan ShortBaseline = TimeSpan.FromMinutes(30);

    public string Name => "nezha";

    public async IAsyncEnumerable<ImportedRecording> ImportAsync(
        string directory, Func<string, RecordingFiles> place, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string[] cases = Directory.Exists(directory)
            ? [.. Directory.EnumerateDirectories(directory).Where(folder => File.Exists(Path.Combine(folder, "label.json"))).Order(StringComparer.Ordinal)]
            : throw new ImportException($"{directory} does not exist: give the folder of the nezha data ({Source}).");
        if (cases.Length == 0)
        {
            throw new ImportException(
                $"{directory} holds no nezha data: expected case_NN/label.json, metric/DATE and faultfree/DATE ({Source}).");
        }

        Dictionary<string, NezhaMetrics> days = [];
        foreach (var folder in cases)
        {
            var label = NezhaLabel.Read(Path.Combine(folder, "label.json"));
            if (!days.TryGetValue(label.Date, out var metrics))
            {
                days.Clear(); // A day at a time: its metrics are the largest thing in memory.
                days[label.Date] = metrics = await NezhaMetrics.ReadAsync(
                    Path.Combine(directory, "metric", label.Date), cancellationToken);
            }

            yield return await ImportCaseAsync(directory, folder, label, metrics, place, cancellationToken);
        }
    }

    private static async Task<ImportedRecording> ImportCaseAsync(
        string directory, string folder, NezhaLabel label, NezhaMetrics metrics, Func<string, RecordingFiles> place, CancellationToken cancellationToken)
    {
        var name = $"nezha-{Path.GetFileName(folder)}".Replace('_', '-');
        var faultFree = Path.Combine(directory, "faultfree", label.Date);
        var files = place(name);
        var writer = new RecordingWriter(files);
        var detail = new NezhaDetail(writer);
        detail.Gaps.AddRange(metrics.Gaps);
        var logs = Files(faultFree, "log").Concat(Files(folder, "log")).ToList();
        var traces = Files(faultFree, "trace").Concat(Files(folder, "trace")).ToList();
        await detail.WriteLogsAsync(logs, cancellationToken);
        await detail.WriteSpansAsync(traces, cancellationToken);
        writer.WriteTopology(detail.Graph(metrics.Front));

        // The fault is judged from the minute that it was noticed in to the last line of its logs and traces.
        var noticed = new DateTimeOffset(label.InjectTime.Ticks - (label.InjectTime.Ticks % Minute.Ticks), TimeSpan.Zero);
        var end = detail.Seen.Where(pair => pair.Key.StartsWith(folder, StringComparison.Ordinal)).Select(pair => pair.Value.End).Append(noticed + (3 * Minute)).Max();
        var incident = new RecordedWindow(noticed, end);
        var windows = new SortedDictionary<string, RecordedWindows>(StringComparer.Ordinal)
        {
            ["logs"] = new() { Baseline = Baseline(detail, logs, incident), Incident = incident },
            ["spans"] = new() { Baseline = Baseline(detail, traces, incident), Incident = incident },
            ["metrics"] = new() { Baseline = MetricBaseline(metrics.Window, incident), Incident = incident },
        };
        using (var file = writer.OpenMetrics())
        {
            foreach (var series in metrics.Within([.. windows["metrics"].Baseline, incident]))
            {
                file.Write(series);
            }
        }

        var alarm = NezhaAlarm.Of(metrics, label, incident);
        writer.WriteEvents(alarm is null ? [] : [new RecordedEvent(alarm.At, alarm.ToEventBridge())]);
        if (alarm is null)
        {
            detail.Gaps.Add("the entry service has no latency at that time: no alarm event");
        }

        List<RecordedWindow> all = [.. windows.Values.SelectMany(w => w.Baseline.Append(w.Incident!))];
        writer.Finish(
            new RecordingManifest
            {
                FormatVersion = RecordingManifest.CurrentFormat,
                Name = name,
                Title = $"Nezha, TrainTicket, {Path.GetFileName(folder).Replace('_', ' ')}",
                Description = $"Recorded by IntelligentDDS (MIT, {Source}). The alarm event is made up from the entry service's samples.",
                Generator = "aiops import nezha",
                Window = new RecordedWindow(all.Min(w => w.Start), all.Max(w => w.End)),
                Windows = windows,
            },
            label.Truth);
        return new ImportedRecording(name, files, detail.Gaps);
    }

    private static IEnumerable<string> Files(string folder, string kind)
        => Directory.Exists(Path.Combine(folder, kind))
            ? Directory.EnumerateFiles(Path.Combine(folder, kind), "*.csv*").Order(StringComparer.Ordinal)
            : [];

    /// <summary>The fault-free minute as its stamps have it, and what the case's own files hold from before the incident.</summary>
    private static List<RecordedWindow> Baseline(NezhaDetail detail, IEnumerable<string> files, RecordedWindow incident)
        => [.. files
            .Where(detail.Seen.ContainsKey)
            .Select(file => detail.Seen[file])
            .Select(seen => seen.Start < incident.Start && seen.End > incident.Start ? seen with { End = incident.Start } : seen)
            .Where(seen => seen.End <= incident.Start || seen.Start >= incident.End)
            .OrderBy(seen => seen.Start)];

    /// <summary>The day so far; for the day's first cases, which have hardly any, also what came well after.</summary>
    private static List<RecordedWindow> MetricBaseline(RecordedWindow day, RecordedWindow incident)
    {
        List<RecordedWindow> windows = [];
        if (day.Start < incident.Start)
        {
            windows.Add(new(day.Start, incident.Start));
        }

        var later = incident.End + ShortBaseline;
        if (incident.Start - day.Start < ShortBaseline && later < day.End)
        {
            windows.Add(new(later, day.End));
        }

        return windows;
    }
}
