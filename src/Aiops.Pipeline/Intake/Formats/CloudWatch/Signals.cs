using System.Text.Json;

namespace Aiops.Pipeline.Intake.Formats.CloudWatch;

/// <summary>The signal behind an alarm, from EventBridge's spelling (<c>metricStat</c>) and from SNS's (<c>MetricStat</c>).</summary>
internal static class Signals
{
    private const double LongestPeriod = 31 * 86_400;
    private const string Aggregation = "| stats ";

    private static readonly IReadOnlyDictionary<string, string> NoDimensions = new Dictionary<string, string>();

    /// <summary>
    /// An alarm's metrics: the measured one is that which has a metric and returns data (on an anomaly alarm the band returns
    /// data too); an expression is told with the metrics it is made of.
    /// </summary>
    public static SignalReference? FromMetrics(JsonElement metrics)
    {
        SignalReference? measured = null;
        SignalReference? calculated = null;
        var inputs = new List<SignalReference>();
        foreach (var metric in metrics.Items())
        {
            var returns = metric.Scalar("returnData", "ReturnData") is not ("false" or "False"); // Said to default to true.
            if (FromMetricStat(metric.Member("metricStat", "MetricStat")) is { } stat)
            {
                inputs.Add(stat);
                measured ??= returns ? stat : null;
            }
            else if (metric.Text("expression", "Expression") is { } expression && (returns || calculated is null))
            {
                calculated = new SignalReference(
                    null, null, NoDimensions, null, Seconds(metric.Number("period", "Period")), null, expression);
            }
        }

        return measured ?? (calculated is null ? inputs.FirstOrDefault() : WithInputs(calculated, inputs));
    }

    /// <summary>SNS's <c>Trigger</c> of an alarm on one metric.</summary>
    public static SignalReference? FromTrigger(JsonElement trigger)
        => trigger.Text("MetricName") is { } metric
            ? new SignalReference(
                trigger.Text("Namespace"),
                metric,
                trigger.Member("Dimensions").Pairs(),
                Statistic(trigger.Text("Statistic") ?? trigger.Text("ExtendedStatistic")),
                Seconds(trigger.Number("Period")),
                trigger.Text("Unit"))
            : FromMetrics(trigger.Member("Metrics"));

    /// <summary>A log alarm's query, with its aggregation as the query language writes it.</summary>
    public static SignalReference? FromQuery(JsonElement log)
    {
        if (log.Text("queryString", "QueryString") is not { } query)
        {
            return null;
        }

        var groups = log.Items("logGroupIdentifiers", "LogGroups", "logGroups").Select(LogGroup).OfType<string>().ToList();
        var aggregation = log.Text("aggregationExpression", "AggregationExpression");
        return new SignalReference(
            null,
            null,
            groups.Count == 0 ? NoDimensions : new Dictionary<string, string> { ["LogGroupName"] = string.Join(",", groups) },
            Expression: aggregation is null ? query : $"{query} {Aggregation}{aggregation}");
    }

    /// <summary>Whether one alarm watches many series, each of which fires as a contributor.</summary>
    public static bool IsMultiSeries(SignalReference? signal)
    {
        if (signal?.Expression is not { } expression)
        {
            return false;
        }

        var aggregation = expression.LastIndexOf(Aggregation, StringComparison.Ordinal);
        return expression.Contains(" GROUP BY ", StringComparison.OrdinalIgnoreCase)
            || (aggregation >= 0 && expression.AsSpan(aggregation).Contains(" by ", StringComparison.OrdinalIgnoreCase));
    }

    public static TimeSpan? Seconds(double? seconds)
        => seconds is > 0 and <= LongestPeriod ? TimeSpan.FromSeconds(seconds.Value) : null;

    /// <summary>ARNs of alarms, as a list of objects or of texts, or as a text that holds such a list.</summary>
    public static IReadOnlyList<string> Arns(JsonElement value)
    {
        if (value.AsText() is not { } text)
        {
            return [.. value.Items().Select(item => item.Text("arn", "Arn") ?? item.AsText()).OfType<string>().Distinct()];
        }

        using var document = JsonText.Parse(System.Text.Encoding.UTF8.GetBytes(text), out _);
        return document?.RootElement.ValueKind == JsonValueKind.Array
            ? Arns(document.RootElement)
            : [.. text.Split(',', StringSplitOptions.TrimEntries).Where(part => Arn.Parse(part) is not null).Distinct()];
    }

    private static SignalReference? FromMetricStat(JsonElement stat)
    {
        var metric = stat.Member("metric", "Metric");
        return metric.Text("name", "MetricName") is { } name
            ? new SignalReference(
                metric.Text("namespace", "Namespace"),
                name,
                metric.Member("dimensions", "Dimensions").Pairs(),
                Statistic(stat.Text("stat", "Stat")),
                Seconds(stat.Number("period", "Period")),
                stat.Text("unit", "Unit"))
            : null;
    }

    /// <summary>An expression borrows what all of its inputs share, and the name of the first.</summary>
    private static SignalReference WithInputs(SignalReference expression, List<SignalReference> inputs)
    {
        if (inputs.Count == 0)
        {
            return expression;
        }

        var first = inputs[0];
        return expression with
        {
            Namespace = inputs.TrueForAll(input => input.Namespace == first.Namespace) ? first.Namespace : null,
            Metric = first.Metric,
            Dimensions = first.Dimensions
                .Where(pair => inputs.TrueForAll(input => input.Dimensions.GetValueOrDefault(pair.Key) == pair.Value))
                .ToDictionary(),
            Statistic = inputs.TrueForAll(input => input.Statistic == first.Statistic) ? first.Statistic : null,
            Period = expression.Period ?? first.Period,
            Inputs = inputs,
        };
    }

    /// <summary>SNS shouts what everything else writes as a word: SUM, and Sum.</summary>
    private static string? Statistic(string? said) => said?.ToUpperInvariant() switch
    {
        "SUM" => "Sum",
        "AVERAGE" => "Average",
        "MINIMUM" => "Minimum",
        "MAXIMUM" => "Maximum",
        "SAMPLECOUNT" or "SAMPLE_COUNT" => "SampleCount",
        _ => said,
    };

    private static string? LogGroup(JsonElement group)
    {
        var text = group.AsText();
        return Arn.Parse(text) is { Kind: "log-group", Name: { } name } ? name.Split(':')[0] : text;
    }
}
