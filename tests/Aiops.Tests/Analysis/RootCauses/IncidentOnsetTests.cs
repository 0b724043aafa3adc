using Aiops.Analysis;
using Aiops.Analysis.RootCauses;
using Aiops.Analysis.Telemetry;

namespace Aiops.Tests.Analysis.RootCauses;

public class IncidentOnsetTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly DateTimeOffset Told = Samples.Incident.Start.AddMinutes(30);

    [Fact]
    public void An_incident_told_late_begins_a_sample_before_the_alarms_signal_left_its_range()
        => StartOf(Samples.Noise(1, step: 50, onset: 20)).ShouldBe(Samples.Incident.Start.AddMinutes(19));

    [Fact]
    public void What_was_over_when_somebody_told_is_another_incidents()
        => StartOf(Samples.Noise(1, step: 50, onset: 10, until: 25)).ShouldBe(Told);

    [Fact]
    public void What_began_when_somebody_told_keeps_its_window_but_for_the_sample_before()
        => StartOf(Samples.Noise(1, step: 50, onset: 30)).ShouldBe(Told - Minute);

    [Fact]
    public void What_began_later_keeps_its_window()
        => StartOf(Samples.Noise(1, step: 50, onset: 31)).ShouldBe(Told);

    [Fact]
    public void What_is_older_than_the_guard_begins_with_it()
        => StartOf(Samples.Noise(1, step: 50, onset: -30)).ShouldBe(Samples.Incident.Start);

    [Fact]
    public void An_alarm_on_a_signal_that_shows_nothing_keeps_its_window() => StartOf(Samples.Noise(1)).ShouldBe(Told);

    [Fact]
    public void Another_signal_of_the_alarms_component_tells_as_well()
        => StartOf(Samples.Noise(1), Samples.Noise(2, kind: SignalKind.Errors, step: 50, onset: 20))
            .ShouldBe(Samples.Incident.Start.AddMinutes(19));

    [Fact]
    public void Another_signal_that_is_older_than_the_guard_tells_nothing_of_this_incident()
        => StartOf(Samples.Noise(1), Samples.Noise(2, kind: SignalKind.Errors, step: 50, onset: -30)).ShouldBe(Told);

    [Fact]
    public void Another_component_tells_nothing()
        => StartOf(Samples.Noise(1), Samples.Noise(2, "orders", step: 50, onset: 20)).ShouldBe(Told);

    [Fact]
    public void Without_a_guard_or_a_symptom_the_window_stays()
    {
        var incident = Case(Samples.Noise(1, step: 50, onset: 20));
        StartOf(incident with { Guard = null }).ShouldBe(Told);
        StartOf(incident with { Symptom = null }).ShouldBe(Told);
    }

    [Fact]
    public void A_cause_whose_symptom_was_told_late_is_dated_by_its_onset()
    {
        var ranking = RootCauseEngine.Rank(Case(Samples.Noise(1, step: 50, onset: 20)));
        ranking.Onset.ShouldBe(Samples.Incident.Start.AddMinutes(20));
    }

    private static DateTimeOffset StartOf(params MetricSeries[] metrics) => StartOf(Case(metrics));

    private static DateTimeOffset StartOf(RootCauseCase incident) => IncidentOnset.Place(incident, Minute).Incident.Start;

    private static RootCauseCase Case(params MetricSeries[] metrics) => new()
    {
        Incident = new TimeWindow(Told, Samples.Incident.End),
        Guard = new TimeWindow(Samples.Incident.Start, Told),
        Baseline = Samples.Baseline,
        Symptom = new Symptom("checkout", SignalKind.Latency, "latency", Told),
        Metrics = metrics,
    };
}
