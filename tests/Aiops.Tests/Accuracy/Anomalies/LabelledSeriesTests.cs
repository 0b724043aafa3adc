using Aiops.Accuracy.Anomalies;

namespace Aiops.Tests.Accuracy.Anomalies;

public class LabelledSeriesTests
{
    [Fact]
    public void A_labelled_point_has_a_tenth_of_the_series_around_it()
        => WindowsOf(1_000, 0, 500..501).ShouldBe([new NabWindow(450, 550)]);

    [Fact]
    public void Two_of_them_share_it()
        => WindowsOf(1_000, 0, 300..301, 500..501).ShouldBe([new NabWindow(275, 325), new NabWindow(475, 525)]);

    [Fact]
    public void A_long_run_keeps_its_end()
        => WindowsOf(1_000, 0, 500..700).ShouldBe([new NabWindow(450, 699)]);

    [Fact]
    public void Windows_that_meet_are_one_and_keep_to_the_series()
        => WindowsOf(1_000, 0, 10..12, 40..41, 990..1000).ShouldBe([new NabWindow(0, 56), new NabWindow(974, 999)]);

    [Fact]
    public void A_window_that_ends_within_probation_is_left_out()
        => WindowsOf(1_000, 150, 90..91, 800..801).ShouldBe([new NabWindow(775, 825)]);

    [Fact]
    public void Without_labels_there_are_no_windows() => WindowsOf(1_000, 150).ShouldBeEmpty();

    [Fact]
    public void F1_weighs_what_is_wrong_and_what_is_missed()
    {
        var series = new NabSeries("s.csv", new string[100], new long[100], new double[100], []);
        var tally = PointTally.Of(new LabelledSeries(series, Labels(100, 50..60)), at => at is >= 55 and < 75 or < 10);
        tally.ShouldBe(new PointTally(5, 15, 5));
        tally.F1.ShouldBe(1.0 / 3, 1e-9);
    }

    private static IReadOnlyList<NabWindow> WindowsOf(int length, int probation, params Range[] runs)
        => LabelledSeries.WindowsOf(Labels(length, runs), probation);

    private static bool[] Labels(int length, params Range[] runs)
    {
        var labels = new bool[length];
        Array.ForEach(runs, run => labels.AsSpan(run).Fill(true));
        return labels;
    }
}
