using Aiops.Analysis.ChangePoints;

namespace Aiops.Tests.Analysis;

public class EpidemicScanTests
{
    [Fact]
    public void The_stretch_that_sums_highest_for_its_length_wins()
    {
        var stretch = EpidemicScan.Find([0, -1, 4, 4, 4, 4, -3, 1]);
        stretch.ShouldBe(new EpidemicStretch(2, 5, 8, 4));
    }

    [Fact]
    public void A_single_high_sample_beats_the_long_stretch_that_holds_it()
        => EpidemicScan.Find([1, 1, 9, 1, 1]).ShouldBe(new EpidemicStretch(2, 2, 9, 9));

    [Fact]
    public void One_sample_is_a_stretch() => EpidemicScan.Find([-2]).ShouldBe(new EpidemicStretch(0, 0, -2, -2));

    [Fact]
    public void Of_equally_strong_ones_the_stretch_that_begins_first_counts_and_then_the_shorter()
    {
        EpidemicScan.Find([1, 1, 1, 1, -9, 2]).ShouldBe(new EpidemicStretch(0, 3, 2, 1));
        EpidemicScan.Find([2, -9, 1, 1, 1, 1]).ShouldBe(new EpidemicStretch(0, 0, 2, 2));
        EpidemicScan.Find([2, 0, 0, 2]).ShouldBe(new EpidemicStretch(0, 0, 2, 2));
    }

    [Fact]
    public void Of_equal_stretches_the_first_counts() => EpidemicScan.Find([3, -9, 3]).First.ShouldBe(0);
}
