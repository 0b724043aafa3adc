using System.Globalization;
using System.Text.Json;

namespace Aiops.Accuracy.Storms;

/// <summary>
/// The systems below a folder. A system is a folder with <c>metric/metrics.json</c> or <c>trace/traces.json</c>, each
/// <c>{fault: [alarm, …]}</c>; label.csv isn't needed, for alarms come by fault.
/// </summary>
internal static class StormData
{
    private const int MostLevels = 3; // The folder itself, systems in it, or in a folder of all data sets.

    /// <exception cref="MissingDataException">There is none, or a file can't be read.</exception>
    public static IReadOnlyList<(string Name, IReadOnlyList<StormAlarm> Alarms)> Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new MissingDataException($"there is no folder {folder}");
        }

        var systems = Find(new DirectoryInfo(folder), MostLevels)
            .Select(system => (system.Name, Alarms: ReadSystem(system)))
            .Where(system => system.Alarms.Count > 0)
            .ToList();
        return systems.Count > 0 ? systems : throw new MissingDataException(
            $"{folder} holds no system: a folder with metric/metrics.json or trace/traces.json with alarms in it");
    }

    private static IEnumerable<DirectoryInfo> Find(DirectoryInfo folder, int levels)
        => File.Exists(MetricFile(folder)) || File.Exists(TraceFile(folder)) ? [folder]
        : levels == 0 ? []
        : folder.EnumerateDirectories().OrderBy(one => one.Name, StringComparer.Ordinal).SelectMany(one => Find(one, levels - 1));

    private static IReadOnlyList<StormAlarm> ReadSystem(DirectoryInfo system)
    {
        List<StormAlarm> alarms =
        [
            // [epoch ms, entity, host, metric, up|down] and [epoch ms, callee, caller, operation, PD|400|500].
            .. ReadFile(MetricFile(system), (at, entity, host, metric, direction, fault) =>
                new StormAlarm(at, entity, host, IsCall: false, $"{metric} {direction}", fault)),
            .. ReadFile(TraceFile(system), (at, callee, caller, _, kind, fault) =>
                new StormAlarm(at, callee, caller, IsCall: true, kind ?? "call", fault)),
        ];
        return [.. alarms.OrderBy(alarm => alarm.At)]; // Stable.
    }

    private static IEnumerable<StormAlarm> ReadFile(
        string path, Func<DateTimeOffset, string, string?, string?, string?, string, StormAlarm> alarmOf)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        var where = "";
        try
        {
            List<StormAlarm> alarms = [];
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            foreach (var fault in document.RootElement.EnumerateObject())
            {
                where = $" at fault \"{fault.Name}\"";
                foreach (var (i, alarm) in fault.Value.EnumerateArray().Index())
                {
                    where = $" at fault \"{fault.Name}\", alarm {i + 1}";
                    var entity = alarm[1].GetString() ?? throw new FormatException("its entity is null");
                    alarms.Add(alarmOf(At(alarm[0]), entity, Text(alarm[2]), Text(alarm[3]), Text(alarm[4]), fault.Name));
                }
            }

            return alarms;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or IndexOutOfRangeException
            or ArgumentOutOfRangeException or OverflowException)
        {
            throw new MissingDataException(
                $"{path} isn't {{fault: [[epoch ms, entity, host or caller, metric or operation, kind], …]}}"
                + $"{where}: {e.Message}");
        }
    }

    private static DateTimeOffset At(JsonElement stamp) => DateTimeOffset.FromUnixTimeMilliseconds(
        stamp.ValueKind == JsonValueKind.String
            ? long.Parse(stamp.GetString()!, CultureInfo.InvariantCulture)
            : stamp.GetInt64());

    private static string? Text(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString() : null;

    private static string MetricFile(DirectoryInfo system) => Path.Combine(system.FullName, "metric", "metrics.json");

    private static string TraceFile(DirectoryInfo system) => Path.Combine(system.FullName, "trace", "traces.json");
}
