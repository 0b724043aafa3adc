using Aiops.Analysis;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Tests.Pipeline.GatherContext;

public class AnalysisWindowsTests
{
    private static readonly DateTimeOffset Alarm = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_incident_begins_half_an_hour_before_the_alarm_and_the_baseline_a_day_before_that()
    {
        var windows = AnalysisWindows.For(OneIncident.Of("checkout", Alarm).Incident, Alarm.AddMinutes(10));
        windows.Incident.ShouldBe(new TimeWindow(Alarm.AddMinutes(-30), Alarm.AddMinutes(10)));
        windows.Baseline.ShouldBe(new TimeWindow(Alarm.AddMinutes(-30).AddDays(-1), Alarm.AddMinutes(-30)));
        windows.Hull.ShouldBe(new TimeWindow(windows.Baseline.Start, windows.Incident.End));
    }

    [Fact]
    public void An_alarm_of_long_periods_looks_back_six_of_them()
        => AnalysisWindows.For(OneIncident.Of("checkout", Alarm, "Latency", TimeSpan.FromMinutes(15)).Incident, Alarm)
            .Incident.Start.ShouldBe(Alarm.AddMinutes(-90));

    [Fact]
    public void A_clock_before_the_alarm_is_borne()
        => AnalysisWindows.For(OneIncident.Of("checkout", Alarm).Incident, Alarm.AddHours(-3)).Incident.End.ShouldBe(Alarm.AddMinutes(5));

    [Fact]
    public void A_late_analysis_looks_at_the_fault_and_not_at_today()
        => AnalysisWindows.For(OneIncident.Of("checkout", Alarm).Incident, Alarm.AddDays(30)).Incident.End.ShouldBe(Alarm.AddHours(1));

    [Fact]
    public void The_hull_holds_a_baseline_that_comes_later()
    {
        var windows = new AnalysisWindows(new TimeWindow(Alarm.AddDays(1), Alarm.AddDays(2)), new TimeWindow(Alarm, Alarm.AddHours(1)));
        windows.Hull.ShouldBe(new TimeWindow(Alarm, Alarm.AddDays(2)));
    }

    [Fact]
    public void The_guard_is_as_long_as_the_incident_and_no_baseline()
    {
        var day = new TimeWindow(Alarm.AddDays(-1), Alarm);
        var windows = new AnalysisWindows(day, new TimeWindow(Alarm, Alarm.AddHours(1))).WithGuard();
        windows.Guard.ShouldBe(new TimeWindow(Alarm.AddHours(-1), Alarm));
        windows.Baseline.ShouldBe(new TimeWindow(day.Start, Alarm.AddHours(-1)));
        windows.Incident.ShouldBe(new TimeWindow(Alarm, Alarm.AddHours(1)));
        windows.Hull.ShouldBe(new TimeWindow(day.Start, Alarm.AddHours(1)));
    }

    [Theory]
    [InlineData(15, 15)]
    [InlineData(16, 15)]
    public void The_guard_takes_a_quarter_of_the_baseline_at_most(int incidentMinutes, int guardMinutes)
        => new AnalysisWindows(new TimeWindow(Alarm.AddHours(-1), Alarm), new TimeWindow(Alarm, Alarm.AddMinutes(incidentMinutes)))
            .WithGuard().Guard!.Value.Length.ShouldBe(TimeSpan.FromMinutes(guardMinutes));

    [Fact]
    public void A_baseline_on_both_sides_and_elsewhere_loses_only_the_guard()
    {
        var windows = new AnalysisWindows(
            new TimeWindows([new TimeWindow(Alarm.AddHours(-9), Alarm.AddHours(-8)), new TimeWindow(Alarm.AddHours(-2), Alarm.AddHours(2))]),
            new TimeWindow(Alarm, Alarm.AddMinutes(30))).WithGuard();
        windows.Baseline.ShouldBe(new TimeWindows(
        [
            new TimeWindow(Alarm.AddHours(-9), Alarm.AddHours(-8)),
            new TimeWindow(Alarm.AddHours(-2), Alarm.AddMinutes(-30)),
            new TimeWindow(Alarm, Alarm.AddHours(2)),
        ]));
    }

    [Fact]
    public void The_hull_holds_a_guard_that_no_baseline_reaches()
        => new AnalysisWindows(new TimeWindow(Alarm.AddDays(1), Alarm.AddDays(2)), new TimeWindow(Alarm, Alarm.AddHours(1)))
            .WithGuard().Hull.Start.ShouldBe(Alarm.AddHours(-1));
}
