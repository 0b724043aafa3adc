using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aiops.Pipeline.Evaluate;

/// <summary>Figures as they were, for a team's own gate: worse by more than the margin fails, and so does one that isn't measured any more.</summary>
/// <remarks>Time isn't compared: it is another machine's another day. A figure that the baseline lacks is named and fails nothing.</remarks>
public sealed class EvaluationBaseline
{
    /// <summary>What a figure may fall, or an error rise, before it counts: two points.</summary>
    public const double DefaultMargin = 0.02;

    private const string Time = "secondsPerIncident";

    private readonly IReadOnlyDictionary<string, double> figures;

    private EvaluationBaseline(IReadOnlyDictionary<string, double> figures) => this.figures = figures;

    /// <exception cref="FormatException">The content isn't a baseline; the message says what is wrong with it.</exception>
    public static EvaluationBaseline Read(ReadOnlySpan<byte> content)
    {
        try
        {
            var file = JsonSerializer.Deserialize(content, EvaluateJson.Default.BaselineFile);
            return file is { Figures.Count: > 0 } && file.Figures.Values.All(double.IsFinite)
                ? new EvaluationBaseline(file.Figures)
                : throw new FormatException("it has no figures");
        }
        catch (JsonException e)
        {
            throw new FormatException($"it isn't a baseline: {e.Message}", e);
        }
    }

    /// <summary>The report's figures with the knowledge base on, as a file for later.</summary>
    public static byte[] Write(EvaluationReport report) => JsonSerializer.SerializeToUtf8Bytes(
        new BaselineFile(report.Figures.Where(figure => figure is { On: not null } && figure.Name != Time).ToDictionary(figure => figure.Name, figure => figure.On!.Value)),
        EvaluateJson.Default.BaselineFile);

    /// <summary>Every figure of either, the baseline's against the report's with the knowledge base on; in ordinal order of their names.</summary>
    /// <param name="margin">0 or more, in the figure's own unit.</param>
    public IReadOnlyList<FigureComparison> Compare(EvaluationReport report, double margin)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(margin);
        var now = report.Figures.Where(figure => figure.On is not null).ToDictionary(figure => figure.Name);
        return [.. figures.Keys.Union(now.Keys).Where(name => name != Time).Order(StringComparer.Ordinal).Select(Compared)];

        FigureComparison Compared(string name)
        {
            var figure = now.GetValueOrDefault(name);
            if (!figures.TryGetValue(name, out var before))
            {
                return new FigureComparison(name, null, figure!.On, Worse: false);
            }

            if (figure?.On is not { } on)
            {
                return new FigureComparison(name, before, null, Worse: true); // A gate that lost what it measures mustn't stay open.
            }

            var lost = figure.HigherIsBetter ? before - on : on - before;
            return new FigureComparison(name, before, on, lost > margin + 1e-12); // A fall by the margin itself is within it.
        }
    }
}

/// <param name="Before">Null where the baseline hasn't the figure.</param>
/// <param name="Now">Null where the report hasn't it.</param>
public sealed record FigureComparison(string Name, double? Before, double? Now, bool Worse);

/// <summary>A baseline as it is stored.</summary>
public sealed record BaselineFile([property: JsonRequired] IReadOnlyDictionary<string, double> Figures);
