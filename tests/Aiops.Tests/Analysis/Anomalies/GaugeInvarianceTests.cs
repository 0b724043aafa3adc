using Aiops.Analysis.Anomalies;
using Aiops.Analysis.Telemetry;
using Aiops.Tests.Analysis.Anomalies.Streaming;
using FsCheck;
using FsCheck.Fluent;

namespace Aiops.Tests.Analysis.Anomalies;

/// <summary>A gauge that has spread may be in any unit and about any zero.</summary>
public class GaugeInvarianceTests
{
    private const double Tolerated = 1e-4; // Deviations have a floor of a part in ten to the nine of the largest value seen.

    private static readonly Arbitrary<(int Seed, double Factor, double Shift)> Moves = (
        from seed in Gen.Choose(0, 9_999)
        from power in Gen.Choose(-20, 20)
        from odd in Gen.Choose(1, 9)
        from shift in Gen.Choose(-1_000, 1_000)
        select (seed, odd * Math.Pow(2, power), shift * odd * Math.Pow(2, power))).ToArbitrary();

    [Theory]
    [InlineData(SignalKind.Other)]
    [InlineData(SignalKind.Saturation)]
    public void Shifting_and_scaling_leaves_the_robust_scores_verdict(SignalKind kind)
        => Prop.ForAll(Moves, move =>
        {
            var series = Samples.Noise(move.Seed, kind: kind, step: move.Seed % 3 * 10);
            var moved = series with { Values = Moved(series.Values, move.Factor, move.Shift) };
            return (Judge(series), Judge(moved)) switch
            {
                (SeriesVerdict.Usual one, SeriesVerdict.Usual other) => IsNear(one.Strength, other.Strength),
                (SeriesVerdict.Departed { Departure: var one }, SeriesVerdict.Departed { Departure: var other })
                    => (one.Onset, one.Upwards, one.IsBlip, one.IsOlder)
                            == (other.Onset, other.Upwards, other.IsBlip, other.IsOlder)
                        && IsNear(one.Strength, other.Strength) && IsNear(one.Deviations, other.Deviations)
                        && IsNear((move.Factor * one.Reached) + move.Shift, other.Reached),
                _ => false,
            };
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void Shifting_and_scaling_leaves_the_streams_verdicts()
        => Prop.ForAll(Moves, move =>
        {
            var values = Streams.Noise(move.Seed, 400);
            values[300] += 12;
            var one = Streams.Judge(values);
            var other = Streams.Judge(Moved(values, move.Factor, move.Shift));
            return one.Zip(other).All(pair => Math.Abs(pair.First.Score - pair.Second.Score) < Tolerated
                && (pair.First.Shape == pair.Second.Shape || Math.Abs(pair.First.Departure - 1) < Tolerated));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    private static double[] Moved(double[] values, double factor, double shift)
        => Array.ConvertAll(values, value => (factor * value) + shift);

    private static SeriesVerdict Judge(MetricSeries series)
        => RobustZScoreDetector.Judge(series, Samples.Baseline, Samples.Incident);

    private static bool IsNear(double one, double other) => Math.Abs(one - other) <= 1e-6 * Math.Max(1, Math.Abs(one));
}
