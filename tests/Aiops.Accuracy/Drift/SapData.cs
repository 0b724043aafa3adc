using System.Globalization;

namespace Aiops.Accuracy.Drift;

/// <summary>Reads build-indexed measurements and people's verdicts on them, as published by SAP.</summary>
internal static class SapData
{
    private const string VerdictFile = "verdicts.csv";

    /// <summary>One series for each verdict, in the file's order.</summary>
    /// <exception cref="MissingDataException">No verdicts, or a series that they name isn't there or can't be read.</exception>
    public static List<LabelledSeries> Read(string folder)
    {
        var path = Path.Combine(folder, VerdictFile);
        if (!File.Exists(path))
        {
            throw new MissingDataException(
                $"{folder} holds no {VerdictFile} (Type;Dataset;Change Point) beside its series (Index,GHC,Measurement).");
        }

        var verdicts = File.ReadLines(path).Skip(1).Where(line => line.Trim().Length > 0);
        return [.. verdicts.Select(line => Series(folder, line.Split(';')))];
    }

    private static LabelledSeries Series(string folder, string[] verdict)
    {
        if (verdict.Length < 3
            || KindOf(verdict[0]) is not { } kind
            || !int.TryParse(verdict[2], CultureInfo.InvariantCulture, out var lastGood))
        {
            throw new MissingDataException(
                $"{VerdictFile} in {folder} has a line that isn't type;file;index: {string.Join(';', verdict)}");
        }

        var name = verdict[1].Trim();
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
        {
            throw new MissingDataException($"{folder} holds no {name}, which {VerdictFile} names.");
        }

        List<Row> rows = [.. File.ReadLines(path).Index().Skip(1).Where(line => line.Item.Trim().Length > 0)
            .Select(line => RowOf(path, line.Index + 1, line.Item))];
        var series = new LabelledSeries(name, kind, [.. rows.Select(row => row.Build)], [.. rows.Select(row => row.Value)]);
        var change = rows.FindIndex(row => row.Index > lastGood);
        return kind == VerdictKind.Regression && lastGood > 0 && change > 0
            ? series with { Change = change, ClimbEnd = change }
            : series;
    }

    private static Row RowOf(string path, int line, string text)
        => text.Split(',') is [var at, var ofBuild, var measured, ..]
            && int.TryParse(at, CultureInfo.InvariantCulture, out var index)
            && long.TryParse(ofBuild, CultureInfo.InvariantCulture, out var build)
            && double.TryParse(measured, CultureInfo.InvariantCulture, out var value)
            ? new Row(index, build, value)
            : throw new MissingDataException(
                $"{path}, line {line} isn't Index,GHC,Measurement, all numbers: \"{text}\"; mend the line or take it out");

    private static VerdictKind? KindOf(string text) => text.Trim().ToUpperInvariant() switch
    {
        "STABLE" => VerdictKind.Stable,
        "SPIKE" or "SPIKES" => VerdictKind.Spike,
        "REGRESSION" => VerdictKind.Regression,
        "HIGH DEVIATION" => VerdictKind.HighDeviation,
        "BUILD-DEPENDENT" or "BUILD DEPENDENT" => VerdictKind.BuildDependent,
        _ => null,
    };

    private readonly record struct Row(int Index, long Build, double Value);
}
