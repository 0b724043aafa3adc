using System.Text;
using System.Text.Json;

namespace Aiops.Pipeline.Intake.Formats.CloudWatch;

/// <summary>
/// What an alarm was judged on. The one place to trust: a metric alarm's event names no threshold elsewhere, a log alarm's
/// configuration may have been edited since, and the reason's text has dates as dd/MM/yy.
/// </summary>
internal sealed record ReasonData
{
    public double? Observed { get; private init; }

    public double? Threshold { get; private init; }

    public TimeSpan? Period { get; private init; }

    public string? Statistic { get; private init; }

    public string? Unit { get; private init; }

    /// <summary>The alarms that made a composite one change.</summary>
    public IReadOnlyList<string> TriggeringAlarms { get; private init; } = [];

    /// <param name="value">A JSON text within a string; an object is taken too. Anything else tells nothing.</param>
    public static ReasonData From(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            return Read(value);
        }

        if (value.AsText() is not { } text)
        {
            return new ReasonData();
        }

        using var document = JsonText.Parse(Encoding.UTF8.GetBytes(text), out _);
        return document is null ? new ReasonData() : Read(document.RootElement);
    }

    private static ReasonData Read(JsonElement data)
    {
        var observed = Last(data.Member("recentDatapoints")) // In the order of time.
            ?? data.Items("evaluatedDatapoints") // Newest first.
                .Select(point => point.Number("value")).FirstOrDefault(value => value is not null);
        return new ReasonData
        {
            Observed = observed,
            Threshold = data.Number("threshold")
                ?? Crossed(observed, Last(data.Member("recentLowerThresholds")), Last(data.Member("recentUpperThresholds"))),
            Period = Signals.Seconds(data.Number("period")),
            Statistic = data.Text("statistic"),
            Unit = data.Text("unit"),
            TriggeringAlarms = Signals.Arns(data.Member("triggeringAlarms")),
        };
    }

    /// <summary>Of a band, the edge that was crossed; the upper one when none was.</summary>
    private static double? Crossed(double? observed, double? lower, double? upper)
        => observed < lower ? lower : upper ?? lower;

    private static double? Last(JsonElement values)
        => values.Items().Select(value => value.AsNumber()).LastOrDefault(value => value is not null);
}
