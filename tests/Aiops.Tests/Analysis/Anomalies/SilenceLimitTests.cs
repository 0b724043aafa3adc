using Aiops.Analysis;
using Aiops.Analysis.Anomalies;

namespace Aiops.Tests.Analysis.Anomalies;

/// <summary>When a series that stopped is silent, at and past each limit: a sample a minute, some of them missing.</summary>
public class SilenceLimitTests
{
    [Theory]
    [InlineData(480, true)]
    [InlineData(481, false)]
    public void Of_five_samples_four_must_usually_come(int missing, bool isSilent)
    {
        // 480 promised: every fifth is missing, and then one more.
        var kept = Enumerable.Range(0, 480).Where(minute => minute % 5 != 2 && (missing == 480 || minute != 100));
        (Of([.. kept]) is not null).ShouldBe(isSilent);
    }

    [Fact]
    public void What_each_stretch_of_the_baseline_promised_is_counted_by_itself()
    {
        // Five stretches of six minutes, of which four samples came: two in three.
        var baseline = new TimeWindows(Enumerable.Range(0, 5).Select(i => Window(i * 20, (i * 20) + 6)));
        Of([.. Enumerable.Range(0, 100).Where(minute => minute % 20 is 0 or 1 or 2 or 5)], baseline).ShouldBeNull();
        Of([.. Enumerable.Range(0, 100).Where(minute => minute % 20 < 6)], baseline).ShouldNotBeNull();
    }

    [Fact]
    public void A_stretch_of_the_baseline_without_samples_promised_none()
    {
        var baseline = new TimeWindows(Enumerable.Range(0, 24).Select(i => Window(i * 20, (i * 20) + 2)));
        Of([.. Enumerable.Range(0, 240)], baseline).ShouldNotBeNull();
    }

    [Fact]
    public void One_that_stopped_before_the_window_is_silent_since_the_window_began()
        => Of([.. Enumerable.Range(0, 450)])!.Since.ShouldBe(Samples.Incident.Start);

    [Theory]
    [InlineData(471, 490, false)] // Nine before the incident.
    [InlineData(470, 490, true)]
    [InlineData(530, 549, false)] // Nine after it.
    [InlineData(530, 550, true)]
    public void The_incidents_own_samples_tell_no_pace(int from, int to, bool isSilent)
    {
        int[] kept = [.. Enumerable.Range(0, 500), .. Enumerable.Range(540, 60)];
        (Of(kept, Window(from, to)) is not null).ShouldBe(isSilent);
    }

    [Fact]
    public void Without_a_sample_or_a_baseline_nobody_is_silent()
    {
        Of([]).ShouldBeNull();
        Of([.. Enumerable.Range(480, 20)]).ShouldBeNull();
    }

    private static Silence? Of(int[] minutes, TimeWindows? baseline = null)
    {
        var series = Samples.Of(new double[minutes.Length]) with
        {
            UnixMilliseconds = [.. minutes.Select(minute => Samples.Start.AddMinutes(minute).ToUnixTimeMilliseconds())],
        };
        var latest = Samples.Incident.End.AddMinutes(-1).ToUnixTimeMilliseconds();
        return Silence.Of(series, baseline ?? Samples.Baseline, Samples.Incident, latest);
    }

    private static TimeWindow Window(int from, int to) => new(Samples.Start.AddMinutes(from), Samples.Start.AddMinutes(to));
}
