using System.Globalization;

namespace Aiops.Pipeline.FindRootCause;

/// <summary>Figures for people: three significant digits, units by their customary names, times in UTC.</summary>
public static class Figures
{
    /// <param name="unit">UCUM as OpenTelemetry writes it, or CloudWatch's word; empty when unknown.</param>
    public static string Value(double value, string unit) => unit switch
    {
        "s" or "Seconds" => Duration(value),
        "ms" or "Milliseconds" => Duration(value / 1e3),
        "us" or "Microseconds" => Duration(value / 1e6),
        "By" or "Bytes" => Bytes(value),
        "%" or "Percent" => $"{Number(value)} %",
        "" or "1" or "None" or "Count" => Number(value),
        ['{', .. var noun, '}'] => $"{Number(value)} {Plural(noun, value)}",
        _ => $"{Number(value)} {unit}",
    };

    /// <summary>Seconds as people say them: <c>340 µs</c>, <c>182 ms</c>, <c>2.4 s</c>, <c>3.5 min</c>.</summary>
    public static string Duration(double seconds) => Math.Abs(seconds) switch
    {
        0 => "0 s",
        < 1e-3 => $"{Number(seconds * 1e6)} µs",
        < 1 => $"{Number(seconds * 1e3)} ms",
        < 120 => $"{Number(seconds)} s",
        < 7200 => $"{Number(seconds / 60)} min",
        _ => $"{Number(seconds / 3600)} h",
    };

    public static string Number(double value)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return value == 0 ? "0" : "not a number";
        }

        var digits = 2 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        return digits is > 0 and <= 15
            ? Math.Round(value, digits).ToString("0.###############", CultureInfo.InvariantCulture)
            : value.ToString(digits > 15 ? "0.##e0" : "#,##0", CultureInfo.InvariantCulture);
    }

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Bytes(double value)
    {
        string[] units = ["B", "kB", "MB", "GB", "TB", "PB"];
        var unit = 0;
        while (Math.Abs(value) >= 1000 && unit < units.Length - 1)
        {
            (value, unit) = (value / 1000, unit + 1);
        }

        return $"{Number(value)} {units[unit]}";
    }

    private static string Plural(string noun, double value) => value == 1 || noun.EndsWith('s') ? noun : noun + "s";
}
