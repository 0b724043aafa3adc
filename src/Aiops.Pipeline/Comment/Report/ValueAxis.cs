using Aiops.Analysis.Anomalies;

namespace Aiops.Pipeline.Comment.Report;

/// <summary>Values along a drawing's side, from a round figure to a round figure.</summary>
internal readonly record struct ValueAxis(double Least, double Greatest, double Step, double Top, double Bottom)
{
    private const int Intervals = 4;
    private const double Absurd = 1e100; // No measure is that large, and reckoning with it overflows.

    /// <summary>Holds every sample and the usual range; begins at zero where zero isn't far.</summary>
    /// <param name="limit">What the usual range is not drawn beyond.</param>
    public static ValueAxis Over(ReadOnlySpan<double> values, RobustBaseline? baseline, double limit, double top, double bottom)
    {
        var (least, greatest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
        {
            if (Math.Abs(value) < Absurd)
            {
                (least, greatest) = (Math.Min(least, value), Math.Max(greatest, value));
            }
        }

        if (baseline is { Median: < Absurd and > -Absurd, Spread: < Absurd } usual)
        {
            var positive = least >= 0;
            least = Math.Min(least, usual.Median - (3 * usual.Spread));
            greatest = Math.Max(greatest, Math.Min(limit, usual.Median + (3 * usual.Spread)));
            least = positive ? Math.Max(0, least) : least; // What is never negative isn't drawn below zero.
        }

        if (!(least <= greatest))
        {
            (least, greatest) = (0, 1);
        }

        if (least > 0 && least < 0.5 * greatest)
        {
            least = 0;
        }

        var span = greatest > least ? greatest - least : Math.Max(1, Math.Abs(greatest));
        var rough = span / Intervals;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * (rough / power) switch { <= 1 => 1, <= 2 => 2, <= 2.5 => 2.5, <= 5 => 5, _ => 10 };
        var from = Math.Floor(least / step) * step;
        var to = Math.Ceiling(greatest / step) * step;
        return new ValueAxis(from, to > from ? to : from + step, step, top, bottom);
    }

    /// <summary>The height of a value; one beyond the axis, or not a number, is drawn at its end.</summary>
    public double Y(double value) => double.IsNaN(value) ? Bottom : Bottom - ((Bottom - Top) * ((Math.Clamp(value, Least, Greatest) - Least) / (Greatest - Least)));

    public IEnumerable<double> Ticks()
    {
        for (var i = 0; i <= 2 * Intervals && Least + (i * Step) <= Greatest + (Step / 2); i++)
        {
            yield return Least + (i * Step);
        }
    }
}
