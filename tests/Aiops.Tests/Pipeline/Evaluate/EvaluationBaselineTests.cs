using System.Text;
using Aiops.Pipeline.Evaluate;

namespace Aiops.Tests.Pipeline.Evaluate;

public sealed class EvaluationBaselineTests
{
    [Theory]
    [InlineData(0.78, false)] // By the margin itself.
    [InlineData(0.7799, true)]
    [InlineData(0.95, false)]
    public void A_rate_may_fall_by_the_margin_and_no_further(double now, bool worse)
        => Compare("""{"figures":{"top1":0.8}}""", new EvaluatedFigure("top1", 10, 0.5, now, HigherIsBetter: true)).Single().Worse.ShouldBe(worse);

    [Theory]
    [InlineData(0.12, false)]
    [InlineData(0.1201, true)]
    [InlineData(0.01, false)]
    public void An_error_may_rise_by_the_margin_and_no_further(double now, bool worse)
        => Compare("""{"figures":{"brier":0.1}}""", new EvaluatedFigure("brier", 10, 0.5, now, HigherIsBetter: false)).Single().Worse.ShouldBe(worse);

    [Fact]
    public void Time_is_not_compared_and_a_figure_that_is_not_measured_any_more_fails_whatever_the_margin()
    {
        var compared = Compare("""{"figures":{"secondsPerIncident":0.001,"top3":0.9}}""", new EvaluatedFigure("secondsPerIncident", 1, 9, 9, HigherIsBetter: false));
        compared.ShouldBe([new FigureComparison("top3", 0.9, null, Worse: true)]);
        Compare("""{"figures":{"top3":0}}""", new EvaluatedFigure("top3", 0, null, null, HigherIsBetter: true)).Single().Worse.ShouldBeTrue();
    }

    [Fact]
    public void A_figure_that_the_baseline_lacks_is_named_and_fails_nothing()
        => Compare("""{"figures":{"secondsPerIncident":1}}""", new EvaluatedFigure("top1", 10, 0, 0, HigherIsBetter: true))
            .ShouldBe([new FigureComparison("top1", null, 0, Worse: false)]);

    [Fact]
    public void What_was_written_is_read_back_and_holds_against_itself()
    {
        var report = Report(new EvaluatedFigure("top1", 3, 0.1, 1.0 / 3, true), new EvaluatedFigure("brier", 3, 0.2, 0.123456789, false));
        EvaluationBaseline.Read(EvaluationBaseline.Write(report)).Compare(report, margin: 0).ShouldAllBe(figure => !figure.Worse && figure.Now == figure.Before);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"figures":{}}""")]
    [InlineData("""{"figures":{"top1":"high"}}""")]
    [InlineData("""{"figures":{"top1":1e999}}""")]
    public void What_is_no_baseline_is_refused(string content)
        => Should.Throw<FormatException>(() => EvaluationBaseline.Read(Encoding.UTF8.GetBytes(content)));

    private static IReadOnlyList<FigureComparison> Compare(string baseline, EvaluatedFigure figure)
        => EvaluationBaseline.Read(Encoding.UTF8.GetBytes(baseline)).Compare(Report(figure), EvaluationBaseline.DefaultMargin);

    private static EvaluationReport Report(params EvaluatedFigure[] figures) => new(10, figures, []);
}
