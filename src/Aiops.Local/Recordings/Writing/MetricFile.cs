using Aiops.Analysis.Telemetry;

namespace Aiops.Local.Recordings.Writing;

/// <summary>
/// The <c>metrics</c> of a recording being written, a series a line: with a start, a step and nulls for what is missing
/// where the samples lie on a grid, and with times where they don't.
/// </summary>
public sealed class MetricFile : JsonLinesFile
{
    internal MetricFile(Stream stream)
        : base(stream)
    {
    }

    public void Write(MetricSeries series)
    {
        Json.WriteStartObject();
        Json.WriteString("component", series.Component);
        Json.WriteString("metric", series.Metric);
        WriteText("statistic", series.Statistic);
        WriteText("unit", series.Unit);
        if (series.Kind != SignalKinds.Of(series.Metric, series.Unit))
        {
            Json.WriteString("kind", series.Kind.ToString().ToLowerInvariant());
        }

        var times = series.UnixMilliseconds;
        if (GridStep(times) is { } step)
        {
            WriteTime("start", times[0] * 1_000_000);
            Json.WriteNumber("step", step / 1000.0);
            Json.WriteStartArray("values");
            for (int i = 0, sample = 0; sample < times.Length; i++)
            {
                if (times[sample] == times[0] + (i * step))
                {
                    Json.WriteNumberValue(series.Values[sample++]);
                }
                else
                {
                    Json.WriteNullValue();
                }
            }

            Json.WriteEndArray();
        }
        else
        {
            Json.WriteStartArray("times");
            foreach (var time in times)
            {
                Json.WriteNumberValue(time);
            }

            Json.WriteEndArray();
            Json.WriteStartArray("values");
            foreach (var value in series.Values)
            {
                Json.WriteNumberValue(value);
            }

            Json.WriteEndArray();
        }

        Json.WriteEndObject();
        EndLine();
    }

    /// <summary>The step of the grid that all samples lie on, in milliseconds; null when there is none worth having.</summary>
    private static long? GridStep(long[] times)
    {
        if (times.Length < 2)
        {
            return null;
        }

        var step = long.MaxValue;
        for (var i = 1; i < times.Length; i++)
        {
            step = Math.Min(step, times[i] - times[i - 1]);
        }

        var cells = ((times[^1] - times[0]) / step) + 1;
        return cells <= times.Length * 2L && times.All(time => (time - times[0]) % step == 0) ? step : null;
    }
}
