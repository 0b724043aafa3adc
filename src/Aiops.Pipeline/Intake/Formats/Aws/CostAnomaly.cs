using System.Text.Json;
using Aiops.Pipeline.Intake.Formats.Envelopes;

namespace Aiops.Pipeline.Intake.Formats.Aws;

/// <summary>
/// AWS Cost Anomaly Detection found spending it didn't expect. It comes to the payer's account, so the account concerned is
/// that of the first root cause. It never closes.
/// </summary>
internal static class CostAnomaly
{
    /// <summary>In units of the bill's currency, US dollars for most. Our own choice: AWS grades no cost.</summary>
    private const double HighImpact = 1_000;
    private const double MediumImpact = 100;

    public static Reading Read(EventBridgeEvent message)
    {
        var detail = message.Detail;
        if (detail.Scalar("anomalyId") is not { } anomaly)
        {
            return Reading.Expected("$.detail.anomalyId", "the anomaly's id", detail.Member("anomalyId"));
        }

        if (OccurredAt.From(
            detail.Member("anomalyStartDate"), "$.detail.anomalyStartDate", message.Delivery, out var problem)
                is not { } occurred)
        {
            return problem;
        }

        var impact = detail.Member("impact");
        var cause = detail.Items("rootCauses").FirstOrDefault();
        var what = cause.Text("service") ?? detail.Text("dimensionValue");
        return new Trigger
        {
            Source = TriggerSource.CostAnomalyDetection,
            SourceId = $"{anomaly}+{detail.Scalar("anomalyEndDate")}",
            Subject = anomaly,
            State = "open",
            Condition = TriggerCondition.Firing,
            OccurredAt = occurred.Time,
            Title = what is null ? "Cost anomaly" : $"Cost anomaly: {what}",
            Description = Description(impact, cause),
            Reason = occurred.Explain(null),
            Account = cause.Scalar("linkedAccount") ?? detail.Scalar("accountId") ?? message.Delivery.Account,
            Region = cause.Text("region") ?? message.Delivery.Region,
            SeverityHint = Hint(impact.Number("totalImpact") ?? impact.Number("maxImpact")),
            SuppressedBy = detail.Text("feedback") == "PLANNED_ACTIVITY"
                ? new Suppression("PLANNED_ACTIVITY", "marked as planned activity in Cost Anomaly Detection")
                : null,
            Component = what,
            Signal = Signal(detail),
            Observed = impact.Number("totalActualSpend"),
            Threshold = impact.Number("totalExpectedSpend"),
            Links = Links.Of(("Cost anomaly", detail.Text("anomalyDetailsLink"))),
        };
    }

    private static SeverityHint Hint(double? impact) => impact switch
    {
        null => SeverityHint.None,
        >= HighImpact => SeverityHint.High,
        >= MediumImpact => SeverityHint.Medium,
        _ => SeverityHint.Low,
    };

    /// <summary>The first root cause is the greatest.</summary>
    private static SignalReference Signal(JsonElement detail)
    {
        var dimensions = new Dictionary<string, string>();
        var cause = detail.Items("rootCauses").FirstOrDefault();
        foreach (var name in (string[])["service", "usageType", "region", "linkedAccount", "linkedAccountName"])
        {
            if (cause.Scalar(name) is { } value)
            {
                dimensions[name] = value;
            }
        }

        return new SignalReference("AWS/CE", "Cost", dimensions);
    }

    private static string? Description(JsonElement impact, JsonElement cause)
    {
        if (impact.Number("totalImpact") is not { } total)
        {
            return null;
        }

        var more = impact.Number("totalImpactPercentage") is { } percent ? $" ({percent:0.#} %)" : "";
        var usage = cause.Text("usageType") is { } type ? $", most of it {type}" : "";
        return $"{total:N2} more than expected{more}{usage}";
    }
}
