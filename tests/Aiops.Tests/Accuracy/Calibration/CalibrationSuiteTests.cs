using Aiops.Accuracy;
using Aiops.Accuracy.Calibration;
using Aiops.Accuracy.Calibration.Peers;
using Aiops.Accuracy.Figures;
using Aiops.Analysis.Calibration;

namespace Aiops.Tests.Accuracy.Calibration;

public sealed class CalibrationSuiteTests
{
    [Fact]
    public void A_method_never_learns_from_the_cause_that_it_is_asked_about()
    {
        var spy = new Spy();
        List<JudgedRanking> cases = [Case("a", 0), Case("b", 1), Case("a", 0), Case("c", null)];

        var forecasts = LeaveOneCauseOut.Forecasts(spy, cases);

        forecasts.Select(one => one.Outcome).ShouldBe([1, 0, 1, 0]);
        spy.Seen.ShouldBe(["b,c", "a,a,c", "a,b,a"]);
    }

    [Fact]
    public void Peers_learn_what_they_can_see()
    {
        List<JudgedRanking> wideIsRight = [.. Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? Case("a", 0, 9, 1) : Case("b", 1, 5, 4.5))];

        var logistic = new MarginLogistic().Fit(wideIsRight);

        logistic(Case("x", 0, 9, 1).Features).ShouldBeGreaterThan(0.9);
        logistic(Case("x", 0, 5, 4.5).Features).ShouldBeLessThan(0.1);
        new ConstantRate().Fit(wideIsRight)(Case("x", 0).Features).ShouldBe(0.5);
    }

    [Fact]
    public void The_raw_softmax_is_that_of_the_scores_and_of_none()
    {
        var ranking = new RankingFeatures { Scores = [3, 2], NoneScore = 2 };

        new RawSoftmax().Fit([])(ranking).ShouldBe(0.95 * Math.E / (Math.E + 2), 1e-12);
    }

    /// <summary>Floors with room for few cases: the full run has fifty times as many.</summary>
    [Fact]
    public async Task On_simulated_incidents_of_other_seeds_confidence_comes_true_about_as_often_as_it_says()
    {
        var report = await CalibrationSuite.ReportAsync([], new QuietTally(), fitted: 35, tested: 35, plots: null, default);

        var simulated = report.Ours.Groups.Single(group => group.Name == "simulated").Figures;
        Value(simulated, "brierSkill").ShouldBeGreaterThan(0);
        Value(simulated, "eceDebiased").ShouldBeLessThan(0.2);
        Value(simulated, "riskCoverage").ShouldBeLessThan(0.45);
        Value(simulated, "abstainsWithoutFault").ShouldBeGreaterThan(0.6);
        Value(report.Ours, "eceSimulated").ShouldBeLessThan(0.2);
    }

    [FactNeeding(Need.LabelledData)]
    public async Task The_short_run_reads_the_labelled_data_and_has_every_key()
    {
        using var plots = new TemporaryFolder();

        var report = await new CalibrationSuite().RunAsync(
            new SuiteRun(Path.Combine(TestPaths.Shared!, "data")) { Short = true, PlotFolder = plots.File("plots") }, default);

        report.Cases.ShouldBe(6);
        report.Ours.Figures.Select(figure => figure.Key).ShouldBe(
            ["brierSkill", "brierSkillInHindsight", "riskCoverage", "ece", "eceDebiased", "eceSimulated", "abstainsWithoutFault"]);
        report.Peers.Select(peer => peer.Name).ShouldBe(["raw softmax", "raw score", "margin logistic", "constant base rate"]);
        Directory.GetFiles(plots.File("plots")).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Missing_data_is_said_by_name()
    {
        using var empty = new TemporaryFolder();

        var missing = await Should.ThrowAsync<MissingDataException>(() => new CalibrationSuite().RunAsync(new SuiteRun(empty.File("nothing")), default));

        missing.Message.ShouldContain("petshop");
    }

    [Fact]
    public async Task A_seed_draws_the_same_incident_again_and_some_have_no_fault()
    {
        var once = await SimulatedCases.DrawAsync(500, 8, default).ToListAsync();
        var again = await SimulatedCases.DrawAsync(500, 2, default).ToListAsync();

        again.Select(one => (one.Name, one.Truth.Component, one.Case.Metrics.Count, one.Case.Logs.Count))
            .ShouldBe(once.Take(2).Select(one => (one.Name, one.Truth.Component, one.Case.Metrics.Count, one.Case.Logs.Count)));
        once.Count(one => one.Truth.Component is null).ShouldBeInRange(1, 5);
    }

    private static double Value(FigureSet figures, string key) => figures.Figures.Single(figure => figure.Key == key).Figure.Value;

    private static JudgedRanking Case(string cause, int? at, double first = 3, double second = 2)
        => new("test", cause, new KnownRanking(new RankingFeatures { Scores = [first, second], NoneScore = 2 }, at));

    private sealed class Spy : IConfidenceMethod
    {
        public List<string> Seen { get; } = [];

        public string Name => "spy";

        public bool IsProbability => true;

        public Func<RankingFeatures, double> Fit(IReadOnlyList<JudgedRanking> known)
        {
            Seen.Add(string.Join(',', known.Select(one => one.Cause)));
            return _ => 0.5;
        }
    }
}
