using Aiops.Analysis.Telemetry;
using Aiops.Local.Recordings;

namespace Aiops.Tests.Local.Recordings;

public sealed class MetricReadingTests
{
    private static async Task<(IReadOnlyList<MetricSeries> Series, IReadOnlyList<string> Gaps)> ReadAsync(string name, string content)
    {
        var answer = await RecordingFixture.Of(name, content).Metrics.QueryAsync(RecordingFixture.Everything, default);
        return (answer.Items, answer.Gaps);
    }

    [Fact]
    public async Task Samples_of_a_csv_become_ascending_series_and_what_was_odd_is_told()
    {
        var (series, gaps) = await ReadAsync("metrics.csv", """
            time,component,metric,statistic,unit,value
            2026-03-14T10:02:00Z,cart,cpu,Average,%,3
            2026-03-14T10:00:00Z,cart,cpu,Average,%,1
            2026-03-14T10:01:00Z,cart,cpu,Average,%,NaN
            2026-03-14T10:03:00Z,cart,cpu,Average,%,
            2026-03-14T10:04:00Z,cart,cpu,Average,%,Infinity
            2026-03-14T10:02:00Z,cart,cpu,Average,%,4
            2026-03-14T10:02:00Z,cart,cpu,Average,%,high
            """);

        var cpu = series.ShouldHaveSingleItem();
        cpu.Values.ShouldBe([1, 4]);
        cpu.UnixMilliseconds.ShouldBe([1773482400000, 1773482520000]);
        (cpu.Unit, cpu.Statistic, cpu.Kind).ShouldBe(("%", "Average", SignalKind.Saturation));
        gaps.ShouldBe(
        [
            "metrics.csv: 1 of 7 lines skipped, the first is line 8: a value that isn't a number",
            "3 of 6 samples were empty, not a number or infinite, and were left out",
            "1 series had samples out of order (sorted): cart cpu",
            "1 series had several samples at one time (the last was kept): cart cpu",
        ]);
    }

    [Fact]
    public async Task A_line_may_hold_a_whole_series_on_a_grid_or_with_its_times()
    {
        var (series, gaps) = await ReadAsync("metrics.jsonl", """
            {"component":"cart","metric":"cpu","start":"2026-03-14T10:00:00Z","step":60,"values":[1,null,3.5]}
            {"component":"cart","metric":"memory","times":[1773482400000,"2026-03-14T10:07:00Z"],"values":[1,2]}
            {"component":"cart","metric":"late","times":[1773482400000],"values":[1,2]}
            """);

        series.Select(s => (s.Metric, s.Values.Length, s.UnixMilliseconds[^1])).ShouldBe(
            [("cpu", 2, 1773482520000), ("late", 1, 1773482400000), ("memory", 2, 1773482820000)]);
        gaps.ShouldContain(gap => gap.Contains("fewer times than values"));
    }

    [Fact]
    public async Task Holes_in_a_series_are_named_with_the_longest()
    {
        var values = string.Join(',', Enumerable.Range(0, 120).Select(i => i is > 40 and < 71 ? "null" : "5"));
        var (_, gaps) = await ReadAsync("metrics.jsonl", $$"""{"component":"cart","metric":"cpu","start":"2026-03-14T10:00:00Z","step":60,"values":[{{values}}]}""");

        gaps.ShouldContain(
            "1 of 1 series have holes, the longest is cart cpu: nothing from 2026-03-14 10:40Z to 2026-03-14 11:11Z");
    }

    [Fact]
    public async Task More_samples_than_allowed_are_refused_by_name()
    {
        var recording = RecordingFixture.Of(
            "metrics.jsonl", """{"component":"cart","metric":"cpu","start":"2026-03-14T10:00:00Z","step":60,"values":[1,2,3]}""", new RecordingLimits { Samples = 2 });

        (await Should.ThrowAsync<RecordingException>(() => recording.Metrics.QueryAsync(RecordingFixture.Everything, default)))
            .Message.ShouldContain("more than 2 samples");
    }

    [Fact]
    public async Task An_otlp_gauge_counter_and_histogram_are_read()
    {
        const string Resource = """{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"cart"}}]},"scopeMetrics":[{"metrics":[""";
        var (series, _) = await ReadAsync("metrics.otlp.json", $$$"""
            {"resourceMetrics":[{{{Resource}}}
              {"name":"memory","unit":"By","gauge":{"dataPoints":[{"timeUnixNano":"1773482400000000000","asInt":"42","attributes":[{"key":"pool","value":{"stringValue":"old"}}]}]}},
              {"name":"requests","unit":"{request}","sum":{"isMonotonic":true,"aggregationTemporality":2,"dataPoints":[
                {"timeUnixNano":"1773482400000000000","asDouble":10},{"timeUnixNano":"1773482460000000000","asDouble":25},{"timeUnixNano":"1773482520000000000","asDouble":4}]}},
              {"name":"http.server.request.duration","unit":"s","histogram":{"aggregationTemporality":1,"dataPoints":[
                {"timeUnixNano":"1773482400000000000","count":"4","sum":2.0},{"timeUnixNano":"1773482460000000000","count":"0","sum":0}]}}
            ]}]}]}
            """);

        series.Select(s => (s.ToString(), s.Values.Length, s.Values[0])).ShouldBe(
        [
            ("cart http.server.request.duration Average", 1, 0.5),
            ("cart http.server.request.duration SampleCount", 2, 4),
            ("cart memory{pool=old}", 1, 42),
            ("cart requests Sum", 2, 15),
        ]);
        series[3].Values.ShouldBe([15, 4]); // 25 - 10, then a restart.
    }

    [Fact]
    public async Task A_document_that_is_not_otlp_is_a_gap()
    {
        var (series, gaps) = await ReadAsync(
            "metrics.otlp.jsonl",
            "{\"resourceMetrics\":[]}\n{\"resourceMet\n{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[5]}]}]}\n");

        series.ShouldBeEmpty();
        gaps.ShouldHaveSingleItem().ShouldContain("line 2: not OTLP/JSON");
    }
}
