using System.Globalization;
using System.Text.Json;
using Aiops.Local.Recordings;

namespace Aiops.Local.Import;

/// <summary>What <c>label.json</c> says: when it was noticed, and, for scorers, what was done to whom.</summary>
internal sealed record NezhaLabel(string Date, DateTimeOffset InjectTime, RecordingTruth? Truth)
{
    public static NezhaLabel Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var label = document.RootElement;
            var time = DateTimeOffset.Parse(
                label.GetProperty("inject_time").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            var date = label.TryGetProperty("date", out var named) ? named.GetString()! : time.UtcDateTime.ToString("yyyy-MM-dd");
            return new NezhaLabel(date, time.ToUniversalTime(), !label.TryGetProperty("root_cause", out var cause)
                ? null
                : new RecordingTruth(cause.GetProperty("service").GetString(), cause.GetProperty("type").GetString(), time, new SortedDictionary<string, string>(StringComparer.Ordinal)
                {
                    ["pod"] = cause.GetProperty("pod").GetString() ?? "",
                }));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw new ImportException(
                $"{path} can't be read ({e.Message}): expected inject_time and root_cause{{pod,service,type}}.", e);
        }
    }
}
