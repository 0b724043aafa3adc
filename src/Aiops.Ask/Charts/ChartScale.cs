using System.Globalization;

namespace Aiops.Ask.Charts;

/// <summary>Round ticks from zero, or below it where values are.</summary>
internal sealed record ChartScale(double Least, double Greatest, double Step)
{
    public static ChartScale Over(IEnumerable<double> values, int ticks)
    {
        var (least, greatest) = (0.0, 0.0);
        foreach (var value in values)
        {
            (least, greatest) = (Math.Min(least, value), Math.Max(greatest, value));
        }

        var span = greatest - least is > 0 and var wide ? wide : 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(span / ticks)));
        var step = new[] { 1, 2, 2.5, 5, 10 }.Select(round => round * power).First(size => size * ticks >= span * 0.999);
        return new ChartScale(Math.Floor(least / step) * step, Math.Max(step, Math.Ceiling(greatest / step) * step), step);
    }

    public double Share(double value) => (value - Least) / (Greatest - Least);

    public IEnumerable<double> Ticks()
    {
        for (var i = 0; Least + (i * Step) <= Greatest + (Step / 2); i++)
        {
            yield return Least + (i * Step);
        }
    }

    /// <summary>Few digits: 1234567 is 1.23M.</summary>
    public static string Figure(double value) => Math.Abs(value) switch
    {
        0 => "0",
        >= 1e9 => $"{Short(value / 1e9)}G",
        >= 1e6 => $"{Short(value / 1e6)}M",
        >= 1e4 => $"{Short(value / 1e3)}k",
        >= 100 => value.ToString("0.#", CultureInfo.InvariantCulture),
        >= 0.01 => value.ToString("0.###", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##e0", CultureInfo.InvariantCulture),
    };

    private static string Short(double value) => value.ToString(Math.Abs(value) >= 100 ? "0" : "0.##", CultureInfo.InvariantCulture);
}
