using System.Text.Json;
using Aiops.Analysis.Telemetry;
using Aiops.Local.Recordings.Otlp;
using Aiops.Local.Recordings.Reading;
using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Local.Recordings;

/// <summary>Metrics of a recording: sorted, without duplicates or unusable values, and a word for each thing that was odd.</summary>
internal sealed class RecordedMetrics(RecordingPart part, RecordedWindows windows, RecordingLimits limits) : IMetricSource
{
    private const int Time = 0, Component = 1, Metric = 2, Value = 3, Unit = 4, Statistic = 5, Kind = 6, Start = 7, Step = 8, Times = 9, Values = 10;

    private static readonly RowSchema Schema = new(
        "time|timestamp|ts", "component|service.name|service", "metric|name", "value", "unit", "statistic|stat", "kind",
        "start", "step", "times", "values");

    public async Task<SourceAnswer<IReadOnlyList<MetricSeries>>> QueryAsync(
        TelemetryQuery query, CancellationToken cancellationToken)
    {
        var series = new SeriesBuilder(query.Window, limits);
        var pool = new StringPool();
        var text = new TextBuffer();
        var gaps = await part.ReadAsync(
            Schema,
            notes =>
            {
                return (scoped in Row row) =>
                {
                    var component = row.String(Component, text, pool);
                    var metric = row.String(Metric, text, pool);
                    if (component.Length == 0 || metric.Length == 0)
                    {
                        return "no component or no metric";
                    }

                    var samples = series.Of(
                        component, metric, row.String(Statistic, text, pool), row.String(Unit, text, pool), row.String(Kind, text, pool));
                    return row.Has(Values) ? Block(row, samples, notes) : Sample(row, samples, notes);
                };
            },
            (document, _) => OtlpMetrics.Read(document, series),
            cancellationToken);
        var built = series.Build();
        return new SourceAnswer<IReadOnlyList<MetricSeries>>(
            built, part.Provenance(query), [.. gaps, .. series.Tell(), .. SeriesHoles.Tell(built, windows)]);
    }

    private static string? Sample(in Row row, SeriesBuilder.Samples samples, FileNotes notes)
    {
        if (!row.TryTime(Time, out var stamp))
        {
            return "a time that isn't one";
        }

        notes.Saw(stamp.Form);
        if (row.TryDouble(Value, out var value) || !row.Has(Value) || IsNotANumber(row.Raw(Value)))
        {
            samples.Add(stamp.UnixMilliseconds, value);
            return null;
        }

        return "a value that isn't a number";
    }

    private static bool IsNotANumber(ReadOnlySpan<byte> raw)
        => raw.Length <= 9 && (
            Is(raw, "nan"u8) || Is(raw, "null"u8) || Is(raw, "inf"u8) || Is(raw, "infinity"u8) || Is(raw, "none"u8));

    private static bool Is(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> word)
        => System.Text.Ascii.EqualsIgnoreCase(raw.TrimStart("+-"u8), word);

    /// <summary>A line that holds a whole series: its values, and either a start and a step in seconds or the times.</summary>
    private static string? Block(in Row row, SeriesBuilder.Samples samples, FileNotes notes)
    {
        var step = 0.0;
        Stamp start = default;
        var even = row.TryTime(Start, out start) && row.TryDouble(Step, out step) && step > 0;
        if (!row.IsJson(Values) || (!even && !row.IsJson(Times)))
        {
            return "a series without start and step, or times";
        }

        var values = new Utf8JsonReader(row.Raw(Values));
        var times = even ? default : new Utf8JsonReader(row.Raw(Times));
        values.Read();
        _ = even || times.Read();
        for (var i = 0; values.Read() && values.TokenType != JsonTokenType.EndArray; i++)
        {
            var at = start.UnixMilliseconds + (long)(i * step * 1000);
            if (!even)
            {
                if (!times.Read() || times.TokenType is not (JsonTokenType.String or JsonTokenType.Number)
                    || !Stamp.TryParse(times.ValueSpan, out var stamp))
                {
                    return "fewer times than values, or one that isn't a time";
                }

                notes.Saw(stamp.Form);
                at = stamp.UnixMilliseconds;
            }

            samples.Add(at, values.TokenType == JsonTokenType.Number && values.TryGetDouble(out var value) ? value : double.NaN);
            values.Skip();
        }

        return null;
    }
}
