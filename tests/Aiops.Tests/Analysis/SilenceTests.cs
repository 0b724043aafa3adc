using Aiops.Analysis.Anomalies;
using Aiops.Analysis.Telemetry;

namespace Aiops.Tests.Analysis;

public class SilenceTests
{
    private static readonly long Latest = Samples.Incident.End.AddMinutes(-1).ToUnixTimeMilliseconds();

    [Fact]
    public void A_series_that_stops_is_silent_since_its_next_sample_was_due()
    {
        var silence = Of(Until(500)).ShouldNotBeNull();
        silence.Since.ShouldBe(Samples.Start.AddMinutes(500));
        silence.Expected.ShouldBe(40);
    }

    [Fact]
    public void A_series_without_any_sample_in_the_window_is_silent_since_its_start()
        => Of(Until(480)).ShouldNotBeNull().Since.ShouldBe(Samples.Incident.Start);

    [Fact]
    public void A_series_that_goes_on_is_not_silent() => Of(Until(540)).ShouldBeNull();

    [Fact]
    public void Two_missing_samples_are_no_silence_and_three_are()
    {
        Of(Until(538)).ShouldBeNull();
        Of(Until(537)).ShouldNotBeNull();
    }

    [Fact]
    public void Nobody_is_silent_after_the_last_sample_of_all()
        => Silence.Of(Until(500), Samples.Baseline, Samples.Incident, Samples.Start.AddMinutes(499).ToUnixTimeMilliseconds()).ShouldBeNull();

    [Fact]
    public void A_series_that_was_sparse_before_may_stop()
    {
        var whole = Until(500);
        var kept = Enumerable.Range(0, 500).Where(i => i % 20 < 6).ToList();
        Of(whole with { UnixMilliseconds = [.. kept.Select(i => whole.UnixMilliseconds[i])], Values = [.. kept.Select(i => whole.Values[i])] }).ShouldBeNull();
    }

    private static Silence? Of(MetricSeries series) => Silence.Of(series, Samples.Baseline, Samples.Incident, Latest);

    private static MetricSeries Until(int minute)
    {
        var whole = Samples.Noise(1);
        return whole with { UnixMilliseconds = whole.UnixMilliseconds[..minute], Values = whole.Values[..minute] };
    }
}
