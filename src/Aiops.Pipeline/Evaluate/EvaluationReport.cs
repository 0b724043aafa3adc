using System.Text.Json.Serialization;
using Aiops.Analysis.Calibration;

namespace Aiops.Pipeline.Evaluate;

/// <summary>One incident, judged with and without what had been learned before it.</summary>
public sealed record EvaluatedIncident(string IncidentId, DateTimeOffset OpenedAt, Judgement Off, Judgement On);

/// <summary>How one answer fared; null where the outcome doesn't say.</summary>
public sealed record Judgement
{
    /// <summary>1 where the true cause was first; among those that tie for first, its share.</summary>
    public double? Top1 { get; init; }

    public double? Top3 { get; init; }

    /// <summary>What was promised of the first, and what came of it; null where nobody was named.</summary>
    public Forecast? Forecast { get; init; }

    public double? SeverityAgrees { get; init; }

    /// <summary>1 where a playbook that helped was among those recommended.</summary>
    public double? ActionUseful { get; init; }

    /// <summary>Of analysis, gathering not included.</summary>
    public required double Seconds { get; init; }
}

/// <summary>All figures, with the knowledge base on and off, and how they came about over time.</summary>
/// <param name="Curve">After each incident whose cause is known: the share named first so far.</param>
public sealed record EvaluationReport(
    int Incidents, IReadOnlyList<EvaluatedFigure> Figures, IReadOnlyList<CurvePoint> Curve)
{
    public static EvaluationReport Of(IReadOnlyList<EvaluatedIncident> incidents)
    {
        List<EvaluatedFigure> figures =
        [
            Rate("top1", one => one.Top1), Rate("top3", one => one.Top3),
            Rate("severityAgreement", one => one.SeverityAgrees), Rate("actionUsefulness", one => one.ActionUseful),
            Error("brier", BrierScore.Of), Error("calibrationError", CalibrationError.Expected),
            Amount("secondsPerIncident", one => one.Seconds),
        ];
        return new EvaluationReport(incidents.Count, figures, CurveOf(incidents));

        EvaluatedFigure Rate(string name, Func<Judgement, double?> of)
        {
            var judged = incidents.Where(one => of(one.On) is not null && of(one.Off) is not null).ToList();
            var (off, on) = (judged.Sum(one => of(one.Off)!.Value), judged.Sum(one => of(one.On)!.Value));
            return judged.Count == 0 ? new(name, 0, null, null, true) : new(name, judged.Count, off / judged.Count, on / judged.Count, true)
            {
                OffInterval = WilsonInterval.Of(off, judged.Count),
                OnInterval = WilsonInterval.Of(on, judged.Count),
            };
        }

        EvaluatedFigure Error(string name, Func<IReadOnlyList<Forecast>, double> of)
        {
            List<Forecast> off = [.. incidents.Select(one => one.Off.Forecast).OfType<Forecast>()];
            List<Forecast> on = [.. incidents.Select(one => one.On.Forecast).OfType<Forecast>()];
            return on.Count == 0 || off.Count == 0 ? new(name, 0, null, null, false) : new(name, on.Count, of(off), of(on), false);
        }

        EvaluatedFigure Amount(string name, Func<Judgement, double> of)
            => incidents.Count == 0 ? new(name, 0, null, null, false) : new(name, incidents.Count, incidents.Average(one => of(one.Off)), incidents.Average(one => of(one.On)), false);
    }

    private static List<CurvePoint> CurveOf(IReadOnlyList<EvaluatedIncident> incidents)
    {
        List<CurvePoint> points = [];
        var (off, on) = (0.0, 0.0);
        foreach (var one in incidents.Where(one => one.On.Top1 is not null))
        {
            (off, on) = (off + one.Off.Top1!.Value, on + one.On.Top1!.Value);
            points.Add(new CurvePoint(points.Count + 1, off / (points.Count + 1), on / (points.Count + 1)));
        }

        return points;
    }
}

/// <param name="Count">Incidents that say anything about it.</param>
/// <param name="Off">Without the knowledge base; null where nothing could be measured.</param>
/// <param name="On">With it.</param>
/// <param name="HigherIsBetter">Which way is a loss.</param>
public sealed record EvaluatedFigure(string Name, int Count, double? Off, double? On, bool HigherIsBetter)
{
    public Interval? OffInterval { get; init; }

    public Interval? OnInterval { get; init; }
}

/// <param name="Incidents">So far.</param>
/// <param name="Off">The share of them whose cause was named first, without the knowledge base.</param>
public sealed record CurvePoint(int Incidents, double Off, double On);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EvaluationReport))]
[JsonSerializable(typeof(BaselineFile))]
public sealed partial class EvaluateJson : JsonSerializerContext;
