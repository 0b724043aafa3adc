using Aiops.Analysis;
using Aiops.Analysis.LogPatterns;
using Aiops.Analysis.Telemetry;

namespace Aiops.Tests.Analysis.LogPatterns;

public class LogPatternTallyTests
{
    [Fact]
    public void A_templates_id_never_changes() => LogPatternTally.IdOf("connection to <*> refused").ShouldBe("7c56f63592db");

    [Fact]
    public void A_new_error_is_new_and_what_goes_on_is_the_same()
    {
        var tally = Tally();
        Write(tally, 0, 540, "INFO", "request <n> served");
        Write(tally, 500, 540, "ERROR", "pool exhausted after <n> ms");
        var shifts = tally.Compare();
        shifts[0].ShouldSatisfyAllConditions(
            s => s.Trend.ShouldBe(LogPatternTrend.New),
            s => s.Template.ShouldBe("pool exhausted after <*> ms"),
            s => s.Severity.ShouldBe("ERROR"),
            s => s.Baseline.ShouldBe(0),
            s => s.Incident.ShouldBe(40),
            s => s.FirstSeenUnixMilliseconds.ShouldBe(Samples.Start.AddMinutes(500).ToUnixTimeMilliseconds()));
        shifts[1].Trend.ShouldBe(LogPatternTrend.Same);
    }

    [Fact]
    public void More_less_and_gone_are_told_by_rate_not_by_count()
    {
        var tally = Tally();
        Write(tally, 0, 540, "INFO", "steady <n>");
        Write(tally, 0, 480, "INFO", "heartbeat of the worker <n>");
        for (var i = 0; i < 5; i++)
        {
            Write(tally, 480, 540, "WARN", "retrying call <n> again and again");
        }

        Write(tally, 0, 480, "WARN", "retrying call <n> again and again");
        tally.Compare().ToDictionary(s => s.Template, s => s.Trend).ShouldBe(
            new Dictionary<string, LogPatternTrend>
            {
                ["steady <*>"] = LogPatternTrend.Same,
                ["heartbeat of the worker <*>"] = LogPatternTrend.Gone,
                ["retrying call <*> again and again"] = LogPatternTrend.More,
            },
            ignoreOrder: true);
    }

    [Fact]
    public void A_busier_component_has_no_pattern_that_is_more_frequent()
    {
        var tally = Tally();
        string[] lines = ["accepted order <n>", "priced basket of <n> items", "stored the order <n> in table", "sent mail <n> to the customer now"];
        foreach (var line in lines)
        {
            Write(tally, 0, 540, "INFO", line);
            for (var i = 0; i < 3; i++)
            {
                Write(tally, 480, 540, "INFO", line);
            }
        }

        tally.Compare().ShouldAllBe(s => s.Trend == LogPatternTrend.Same);
    }

    [Fact]
    public void The_order_of_lines_does_not_matter_where_templates_agree()
    {
        var (one, other) = (Tally(), Tally());
        Write(one, 0, 540, "INFO", "request <n> served");
        Write(one, 500, 540, "ERROR", "pool exhausted after <n> ms");
        Write(other, 500, 540, "ERROR", "pool exhausted after <n> ms");
        Write(other, 0, 540, "INFO", "request <n> served");
        other.Compare().ShouldBe(one.Compare());
    }

    [Fact]
    public void Without_a_baseline_nothing_is_called_new()
    {
        var tally = Tally();
        Write(tally, 480, 540, "ERROR", "pool exhausted after <n> ms");
        tally.Compare().ShouldHaveSingleItem().Trend.ShouldBe(LogPatternTrend.Same);
    }

    [Fact]
    public void Lines_outside_both_windows_are_left_out()
    {
        var tally = new LogPatternTally(new TimeWindow(Samples.Start, Samples.Start.AddHours(1)), Samples.Incident);
        Write(tally, 0, 540, "INFO", "request <n> served");
        tally.LeftOut.ShouldBe(420);
        (tally.BaselineLines, tally.IncidentLines).ShouldBe((60, 60));
    }

    [Fact]
    public void Equal_rates_have_no_significance_and_a_tenfold_rate_has()
    {
        PoissonRates.G(80, 8, 10, 1).ShouldBe(0, 1e-12);
        PoissonRates.G(0, 8, 0, 1).ShouldBe(0);
        PoissonRates.G(80, 8, 100, 1).ShouldBeGreaterThan(100);
        PoissonRates.G(0, 8, 3, 1).ShouldBe(2 * 3 * Math.Log(9), 1e-9);
    }

    private static LogPatternTally Tally() => new(Samples.Baseline, Samples.Incident);

    /// <summary>A line a minute, <c>&lt;n&gt;</c> replaced by the minute.</summary>
    private static void Write(LogPatternTally tally, int from, int to, string severity, string line)
    {
        for (var minute = from; minute < to; minute++)
        {
            var time = Samples.Start.AddMinutes(minute).ToUnixTimeMilliseconds() * 1_000_000;
            tally.Add(new LogRecord(time, "orders", severity, line.Replace("<n>", minute.ToString(), StringComparison.Ordinal), ""));
        }
    }
}
