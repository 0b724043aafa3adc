using System.Xml.Linq;
using Aiops.Accuracy.Calibration;
using Aiops.Analysis.Calibration;

namespace Aiops.Tests.Accuracy.Calibration;

public sealed class CalibrationFiguresTests
{
    [Fact]
    public void The_brier_score_is_the_mean_squared_error()
    {
        BrierScore.Of([new(0.8, 1), new(0.4, 0)]).ShouldBe((0.04 + 0.16) / 2, 1e-12);
    }

    [Fact]
    public void Skill_is_measured_against_what_a_constant_would_have_stated()
    {
        BrierScore.Skill([new(0.6, 1, 0.6), new(0.6, 0, 0.6)]).ShouldBe(0, 1e-12);
        BrierScore.Skill([new(1, 1, 0.6), new(0, 0, 0.6)]).ShouldBe(1);
        BrierScore.Skill([new(0.5, 1, 0), new(0.5, 1, 0)]).ShouldBe(0.75);
        BrierScore.Skill([]).ShouldBe(double.NaN);
    }

    [Fact]
    public void In_hindsight_the_constant_knows_the_share_of_these_very_cases()
    {
        BrierScore.SkillInHindsight([new(0.75, 1), new(0.75, 1), new(0.75, 1), new(0.75, 0)]).ShouldBe(0, 1e-12);
        BrierScore.SkillInHindsight([new(0, 1), new(1, 0)]).ShouldBe(-3);
        BrierScore.SkillInHindsight([new(0.9, 1), new(0.8, 1)]).ShouldBe(double.NaN); // All right: nothing to be skilled at.
    }

    [Fact]
    public void Being_ninety_percent_sure_and_half_right_is_an_error_of_forty()
    {
        List<Forecast> forecasts = [.. Enumerable.Range(0, 40).Select(i => new Forecast(0.9, i % 2))];

        CalibrationError.Expected(forecasts).ShouldBe(0.4, 1e-12);
    }

    [Fact]
    public void Equal_confidences_share_their_outcomes_wherever_a_bin_cuts_them()
    {
        List<Forecast> forecasts = [.. Enumerable.Range(0, 100).Select(i => new Forecast(0.5, i < 50 ? 0 : 1))];

        CalibrationError.Expected(forecasts).ShouldBe(0, 1e-12);
    }

    [Fact]
    public void Bins_hold_equally_many_and_never_more_than_ten()
    {
        var bins = CalibrationError.Bins([.. Enumerable.Range(0, 1_000).Select(i => new Forecast(i / 1_000.0, 1))]);

        bins.Count.ShouldBe(10);
        bins.ShouldAllBe(bin => bin.Count == 100);
        CalibrationError.Bins([.. Enumerable.Range(0, 19).Select(i => new Forecast(i / 19.0, 1))]).Count.ShouldBe(1);
    }

    [Fact]
    public void Of_perfect_forecasts_the_plain_error_is_noise_and_the_debiased_one_is_smaller()
    {
        var random = new Random(7);
        List<Forecast> forecasts = [.. Enumerable.Range(0, 200).Select(_ => random.NextDouble()).Select(p => new Forecast(p, random.NextDouble() < p ? 1 : 0))];

        CalibrationError.Expected(forecasts).ShouldBeGreaterThan(0.02);
        CalibrationError.Debiased(forecasts).ShouldBeLessThan(CalibrationError.Expected(forecasts));
    }

    [Fact]
    public void The_area_under_risk_and_coverage_counts_every_share_of_answers()
    {
        RiskCoverage.Area([new(0.9, 1), new(0.6, 0), new(0.3, 1)]).ShouldBe((0 + (1 / 2.0) + (1 / 3.0)) / 3, 1e-12);
    }

    [Fact]
    public void Ties_are_answered_in_any_order()
    {
        var one = RiskCoverage.Area([new(0.5, 1), new(0.5, 0)]);

        one.ShouldBe(0.5, 1e-12);
        RiskCoverage.Area([new(0.5, 0), new(0.5, 1)]).ShouldBe(one);
    }

    [Fact]
    public void Only_the_order_of_confidences_decides_the_area()
    {
        RiskCoverage.Area([new(90, 1), new(6, 0), new(-3, 1)]).ShouldBe(RiskCoverage.Area([new(0.9, 1), new(0.6, 0), new(0.3, 1)]));
    }

    [Fact]
    public void The_plot_is_one_picture_with_a_title_and_the_same_every_time()
    {
        IReadOnlyList<(string, bool, IReadOnlyList<Forecast>)> methods =
        [
            ("ours", true, [new(0.9, 1), new(0.4, 0)]),
            ("raw score", false, [new(12, 1), new(3, 0)]),
            ("nothing", true, []),
        ];

        var svg = CalibrationPlot.Render("A < B", methods);

        var root = XDocument.Parse(svg).Root!;
        root.Name.LocalName.ShouldBe("svg");
        root.Elements().First().Value.ShouldBe("A < B");
        root.Descendants().Count(element => element.Name.LocalName == "circle").ShouldBe(1); // One bin, of ours alone.
        CalibrationPlot.Render("A < B", methods).ShouldBe(svg);
    }
}
