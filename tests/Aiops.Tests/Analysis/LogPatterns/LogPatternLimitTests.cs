using Aiops.Analysis;
using Aiops.Analysis.LogPatterns;
using Aiops.Analysis.Telemetry;

namespace Aiops.Tests.Analysis.LogPatterns;

/// <summary>From which counts on a pattern has moved: an hour, or four, against one, with a line a minute throughout.</summary>
public class LogPatternLimitTests
{
    private const string Rare = "pool exhausted after <n> ms";

    [Theory]
    [InlineData("INFO", 0, 8, LogPatternTrend.Same)] // √(2 · 8 · ln 2) = 3.33
    [InlineData("INFO", 0, 9, LogPatternTrend.New)]  // 3.53
    [InlineData("ERROR", 0, 4, LogPatternTrend.Same)] // 2.35
    [InlineData("ERROR", 0, 5, LogPatternTrend.New)]  // 2.63: of errors less is asked,
    [InlineData("WARN", 0, 5, LogPatternTrend.Same)]  // of nothing else,
    [InlineData("ERROR", 1, 9, LogPatternTrend.Same)] // and of none that were seen before: 2.71.
    [InlineData("INFO", 10, 32, LogPatternTrend.Same)] // 3.48
    [InlineData("INFO", 10, 33, LogPatternTrend.More)] // 3.60
    [InlineData("INFO", 32, 10, LogPatternTrend.Same)]
    [InlineData("INFO", 33, 10, LogPatternTrend.Less)]
    [InlineData("INFO", 8, 0, LogPatternTrend.Same)]
    [InlineData("INFO", 9, 0, LogPatternTrend.Gone)]
    [InlineData("ERROR", 5, 0, LogPatternTrend.Same)]
    public void A_pattern_moves_by_significance(string severity, int before, int during, LogPatternTrend trend)
        => Shift(1, severity, before, during).Trend.ShouldBe(trend);

    [Theory]
    [InlineData(2, LogPatternTrend.Same)] // √(2 · 2 · ln 5) = 2.54, but two errors are few.
    [InlineData(3, LogPatternTrend.New)]  // 3.11
    public void Three_new_errors_are_enough_in_a_short_period_and_two_are_not(int during, LogPatternTrend trend)
        => Shift(4, "ERROR", 0, during).Trend.ShouldBe(trend);

    [Fact]
    public void A_shift_tells_its_rates_and_its_signed_significance()
    {
        var more = Shift(4, "INFO", 10, 20);
        more.RateRatio.ShouldBe(20.5 / (10.5 / 4), 1e-9);
        more.Significance.ShouldBe(Math.Sqrt(PoissonRates.G(10, 4, 20, 1)), 1e-9);
        var less = Shift(1, "INFO", 20, 10);
        less.Significance.ShouldBe(-Math.Sqrt(PoissonRates.G(20, 1, 10, 1)), 1e-9);
    }

    [Theory]
    [InlineData(5, 10, 2)] // Three patterns doubled: the component is twice as busy.
    [InlineData(5, 5, 2)]  // Two of three did.
    [InlineData(4, 5, 1)]  // One is too rare to say so, and two are too few.
    [InlineData(5, 4, 1)]
    public void How_busy_a_component_is_three_patterns_of_five_lines_say(int rareBefore, int rareDuring, double busier)
    {
        var tally = Tally(1);
        foreach (var line in new[] { "request <n> served", "basket priced in <n> ms again" })
        {
            Write(tally, 0, 30, "INFO", line);
            Write(tally, 60, 120, "INFO", line);
        }

        Write(tally, 30, 30 + rareBefore, "INFO", "mail sent");
        Write(tally, 90, 90 + rareDuring, "INFO", "mail sent");
        Write(tally, 59, 60, "INFO", "the hour is over"); // So that logs cover both hours.
        tally.Compare().Single(shift => shift.Template == "request <*> served")
            .RateRatio.ShouldBe(60.5 / (30.5 * busier), 0.01);
    }

    [Fact]
    public void Logs_that_begin_late_are_compared_by_the_time_they_cover()
    {
        var tally = Tally(4);
        Write(tally, 120, 240, "INFO", "request <n> served"); // The first two hours weren't kept.
        Write(tally, 240, 300, "INFO", "request <n> served");
        var shift = tally.Compare().ShouldHaveSingleItem();
        shift.RateRatio.ShouldBe(60.5 / (120.5 * 60 / 121), 1e-9);
    }

    [Fact]
    public void Two_lines_cover_the_time_between_them_and_one_distance_more_on_either_side()
    {
        var tally = Tally(4);
        Write(tally, 100, 101, "INFO", "request <n> served");
        Write(tally, 110, 111, "INFO", "request <n> served");
        Write(tally, 240, 300, "INFO", "request <n> served");
        tally.Compare().ShouldHaveSingleItem().RateRatio.ShouldBe(60.5 / (2.5 * 60 / 30), 1e-9);
    }

    [Fact]
    public void Equally_significant_patterns_are_told_by_component_template_and_severity()
    {
        foreach (var hours in new[] { 1, 0 }) // And where the earlier period is empty.
        {
            var tally = hours == 0 ? new LogPatternTally(Window(-60, 0), Window(0, 120)) : Tally(1);
            foreach (var component in new[] { "orders", "carts" })
            {
                foreach (var line in new[] { "stored", "accepted" })
                {
                    foreach (var severity in new[] { "WARN", "INFO" })
                    {
                        Write(tally, 0, 120, severity, line, component);
                    }
                }
            }

            var told = tally.Compare().Select(shift => $"{shift.Component} {shift.Template}").ToList();
            told.ShouldBe(told.Order(StringComparer.Ordinal));
            var severities = tally.Compare().Select(shift => shift.Severity).Take(2).ToList();
            (hours == 0 || severities.SequenceEqual(["INFO", "WARN"])).ShouldBeTrue();
        }
    }

    [Fact]
    public void Patterns_that_turn_out_to_be_one_are_counted_together()
    {
        string[] names = [.. Enumerable.Range(0, 26).Select(i => new string((char)('a' + i), 5))];
        var tally = Tally(1);
        for (var minute = 119; minute >= 0; minute--) // Not in order of time.
        {
            Write(tally, minute, minute + 1, "INFO", $"user {names[minute % 26]} has signed in at the office");
        }

        var shift = tally.Compare().ShouldHaveSingleItem();
        (shift.Baseline, shift.Incident).ShouldBe((60, 60));
        shift.FirstSeenUnixMilliseconds.ShouldBe(Samples.Start.AddMinutes(60).ToUnixTimeMilliseconds());
        shift.Example.ShouldBe($"user {names[60 % 26]} has signed in at the office");
    }

    [Fact]
    public void Patterns_that_turn_out_to_be_one_have_the_first_line_of_any()
    {
        var tally = Tally(1);
        foreach (var minute in new[] { 75, 65, 70, 0, 1, 2 }.Concat(Enumerable.Range(80, 40)))
        {
            var name = new string((char)('a' + (minute % 26)), 5);
            Write(tally, minute, minute + 1, "INFO", $"user {name} has signed in at the office");
        }

        var shift = tally.Compare().ShouldHaveSingleItem();
        (shift.Baseline, shift.Incident).ShouldBe((3, 43));
        shift.FirstSeenUnixMilliseconds.ShouldBe(Samples.Start.AddMinutes(65).ToUnixTimeMilliseconds());
        shift.Example.ShouldBe("user nnnnn has signed in at the office");
    }

    [Fact]
    public void A_stretch_of_the_baseline_without_a_line_was_not_recorded()
    {
        var baseline = new TimeWindows([Window(0, 60), Window(120, 180)]);
        var tally = new LogPatternTally(baseline, Window(240, 300));
        Write(tally, 120, 180, "INFO", "request <n> served");
        Write(tally, 240, 300, "INFO", "request <n> served");
        tally.Compare().ShouldHaveSingleItem().RateRatio.ShouldBe(1, 1e-9);
    }

    [Fact]
    public void The_example_is_the_incidents_first_line_shortened()
    {
        var tally = Tally(1);
        Write(tally, 10, 11, "INFO", "request <n> served");
        Write(tally, 70, 71, "INFO", "request <n> served");
        Write(tally, 65, 66, "INFO", "request <n> served");
        Write(tally, 80, 81, "INFO", "request <n> served");
        var shift = tally.Compare().ShouldHaveSingleItem();
        shift.Example.ShouldBe("request 65 served");
        shift.FirstSeenUnixMilliseconds.ShouldBe(Samples.Start.AddMinutes(65).ToUnixTimeMilliseconds());

        tally = Tally(1);
        Write(tally, 10, 11, "INFO", new string('x', 301));
        tally.Compare().ShouldHaveSingleItem().Example.Length.ShouldBe(300);
    }

    [Theory]
    [InlineData(4, 1)]
    [InlineData(5, 10)]
    public void Five_patterns_tell_how_restless_logs_are_and_four_do_not(int patterns, double inflation)
        => PoissonRates.Inflation(Enumerable.Repeat(4.549, patterns)).ShouldBe(inflation, 1e-9);

    [Fact]
    public void Logs_calmer_than_chance_sharpen_nothing() => PoissonRates.Inflation([0, 0, 0.1, 0, 0]).ShouldBe(1);

    [Fact]
    public void Restless_patterns_ask_for_more()
    {
        double[] before = [20, 40, 20, 40, 30];
        double[] during = [40, 20, 40, 20, 30];
        var tally = Tally(1);
        string[] lines =
            ["request served", "basket priced again", "mail sent to the customer", "cache warm", "lease of shard renewed now"];
        for (var i = 0; i < lines.Length; i++)
        {
            Write(tally, 0, (int)before[i], "INFO", lines[i]);
            Write(tally, 60, 60 + (int)during[i], "INFO", lines[i]);
        }

        Write(tally, 59, 60, "INFO", "the hour is over");
        Write(tally, 119, 120, "INFO", "the hour is over");
        // The median of the five is of those that doubled or halved, and is brought down to chance's.
        tally.Compare().ShouldAllBe(shift => Math.Abs(shift.Significance) < 1);
    }

    [Theory]
    [InlineData(3, 1, 2)]
    [InlineData(2, 2, 4)]
    public void Restlessness_is_told_by_five_patterns_of_five_lines_in_all(int rareBefore, double least, double most)
    {
        var tally = Tally(1);
        string[] lines = ["request served", "basket priced again", "mail sent to the customer", "cache warm"];
        for (var i = 0; i < lines.Length; i++)
        {
            Write(tally, 0, i % 2 == 0 ? 20 : 40, "INFO", lines[i]);
            Write(tally, 60, i % 2 == 0 ? 100 : 80, "INFO", lines[i]);
        }

        Write(tally, 60 - rareBefore, 60, "INFO", "the hour is over");
        Write(tally, 118, 120, "INFO", "the hour is over");
        tally.Compare().Max(shift => Math.Abs(shift.Significance)).ShouldBeInRange(least, most);
    }

    private static LogPatternShift Shift(int hours, string severity, int before, int during)
    {
        var tally = Tally(hours);
        Write(tally, 0, (hours + 1) * 60, "DEBUG", "request <n> served");
        Write(tally, 0, before, severity, Rare);
        Write(tally, hours * 60, (hours * 60) + during, severity, Rare);
        return tally.Compare().Single(shift => shift.Severity == severity);
    }

    private static LogPatternTally Tally(int hours) => new(Window(0, hours * 60), Window(hours * 60, (hours + 1) * 60));

    private static TimeWindow Window(int from, int to) => new(Samples.Start.AddMinutes(from), Samples.Start.AddMinutes(to));

    /// <summary>A line a minute, <c>&lt;n&gt;</c> replaced by the minute.</summary>
    private static void Write(
        LogPatternTally tally, int from, int to, string severity, string line, string component = "orders")
    {
        for (var minute = from; minute < to; minute++)
        {
            var time = Samples.Start.AddMinutes(minute).ToUnixTimeMilliseconds() * 1_000_000;
            tally.Add(new LogRecord(time, component, severity, line.Replace("<n>", $"{minute}", StringComparison.Ordinal), ""));
        }
    }
}
