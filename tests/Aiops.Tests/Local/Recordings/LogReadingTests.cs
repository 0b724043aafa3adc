using System.Text;
using Aiops.Local.Recordings;
using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Tests.Local.Recordings;

public sealed class LogReadingTests
{
    private const long Ten = 1773482400_000000000; // 2026-03-14T10:00:00Z

    [Fact]
    public async Task A_line_is_read_with_its_escapes_undone()
    {
        var recording = RecordingFixture.Of("logs.jsonl", """{"time":"2026-03-14T10:00:00.123456789Z","component":"cart","severity":"warning","body":"say \"no\"\tto caf\u00e9","traceId":"0af7"}""");

        var (lines, report) = await recording.ReadLogsAsync();

        lines.ShouldHaveSingleItem().ShouldBe((Ten + 123456789, "cart", "WARN", "say \"no\"\tto café", "0af7"));
        report.Count.ShouldBe(1);
        report.Gaps.ShouldBeEmpty();
    }

    [Fact]
    public async Task Csv_with_quotes_line_ends_within_cells_a_byte_order_mark_and_crlf_is_ordinary()
    {
        var recording = RecordingFixture.Of("logs.csv", "\uFEFFtime,component,severity,body\r\n"
            + "2026-03-14T10:00:00Z,cart,INFO,\"one, \"\"two\"\"\r\nthree\"\r\n"
            + "2026-03-14T10:00:01Z,cart,ERROR,plain\r\n");

        var (lines, report) = await recording.ReadLogsAsync();

        lines.Select(line => line.Body).ShouldBe(["one, \"two\"\r\nthree", "plain"]);
        report.Gaps.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("1773482400")]
    [InlineData("1773482400.0")]
    [InlineData("1773482400000")]
    [InlineData("1773482400000000")]
    [InlineData("\"1773482400000000000\"")]
    [InlineData("1.7734824e9")]
    [InlineData("\"2026-03-14T10:00:00\"")]
    [InlineData("\"2026-03-14 11:00:00 +0100\"")]
    [InlineData("\"2026-03-14T04:30-05:30\"")]
    [InlineData("\"2026-03-14T10:00:00,000Z\"")]
    [InlineData("\"2026-03-14T09:59:60Z\"")]
    public async Task A_time_is_understood_however_it_is_written(string time)
    {
        var (lines, _) = await RecordingFixture.Of("logs.jsonl", $$"""{"time":{{time}},"component":"cart","body":"x"}""").ReadLogsAsync();

        lines.ShouldHaveSingleItem().Time.ShouldBe(Ten);
    }

    [Theory]
    [InlineData("\"2026-02-30T10:00:00Z\"")]
    [InlineData("\"2026-03-14T24:00:00Z\"")]
    [InlineData("\"2026-13-14T10:00:00Z\"")]
    [InlineData("\"2026-03-14T10:00:00Zulu\"")]
    [InlineData("\"yesterday\"")]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("1e300")]
    [InlineData("50000000000")]
    [InlineData("null")]
    [InlineData("{}")]
    public async Task A_time_that_is_none_costs_its_line_alone(string time)
    {
        var recording = RecordingFixture.Of("logs.jsonl", $$"""
            {"time":{{time}},"component":"cart","body":"x"}
            {"time":"2026-03-14T10:00:00Z","component":"cart","body":"good"}
            """);

        var (lines, report) = await recording.ReadLogsAsync();

        lines.ShouldHaveSingleItem().Body.ShouldBe("good");
        report.Gaps.ShouldHaveSingleItem().ShouldBe(
            "logs.jsonl: 1 of 2 lines skipped, the first is line 1: a time that isn't one");
    }

    [Fact]
    public async Task Bad_lines_are_skipped_counted_and_named_by_reason()
    {
        var recording = RecordingFixture.Of("logs.jsonl", """
            {"time":"2026-03-14T10:00:00Z","component":"cart","body":"good"}
            {"time":"2026-03-14T10:00:00Z","component":"cart","body":
            [1,2]

            {"time":"2026-03-14T10:00:00Z","body":"nobody"}
            {"time":"2026-03-14T10:00:00Z","component":"cart","body":"half \ud800 a letter"}
            {"time":"2026-03-14T10:00:00Z","component":"cart","body":"cut o
            """);

        var (lines, report) = await recording.ReadLogsAsync();

        lines.Count.ShouldBe(1);
        report.Gaps.ShouldBe(
        [
            "logs.jsonl: 1 of 6 lines skipped, the first is line 6: its text isn't Unicode",
            "logs.jsonl: 1 of 6 lines skipped, the first is line 5: no component",
            "logs.jsonl: 2 of 6 lines skipped, the first is line 2: not JSON",
            "logs.jsonl: 1 of 6 lines skipped, the first is line 3: not a JSON object",
        ], ignoreOrder: true);
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_are_read_as_replacements()
    {
        var files = RecordingFixture.Files();
        files["logs.jsonl"] = [.. """{"time":"2026-03-14T10:00:00Z","component":"cart","body":"caf"""u8, 0xE9, .. "\"}"u8];

        var (lines, _) = await Recording.Open(files).ReadLogsAsync();

        lines.ShouldHaveSingleItem().Body.ShouldBe("caf\uFFFD");
    }

    [Fact]
    public async Task Lines_of_any_length_up_to_the_limit_are_read_and_longer_ones_skipped()
    {
        var limits = new RecordingLimits { LineBytes = 1 << 20 };
        string Line(int length) => $$"""{"time":"2026-03-14T10:00:00Z","component":"cart","body":"{{new string('x', length)}}"}""";
        var recording = RecordingFixture.Of("logs.jsonl", string.Join('\n', Line(900_000), Line(3_000_000), Line(5)), limits);

        var (lines, report) = await recording.ReadLogsAsync();

        lines.Select(line => line.Body.Length).ShouldBe([900_000, 5]);
        report.Gaps.ShouldHaveSingleItem().ShouldContain("line 2: longer than 1,048,576 bytes");
    }

    [Theory]
    [InlineData("logs.jsonl")]
    [InlineData("logs.csv")]
    public async Task Records_that_straddle_the_buffers_are_read_whole(string name)
    {
        var content = new StringBuilder(name.EndsWith("csv", StringComparison.Ordinal) ? "time,component,body\n" : "");
        for (var i = 0; i < 20_000; i++)
        {
            content.Append(name.EndsWith("csv", StringComparison.Ordinal)
                ? $"2026-03-14T10:00:00Z,c{i % 7},\"line {i},{new string('y', i % 97)}\nend\"\n"
                : $$"""{"time":"2026-03-14T10:00:00Z","component":"c{{i % 7}}","body":"line {{i}},{{new string('y', i % 97)}}\nend"}""" + "\n");
        }

        var (lines, report) = await RecordingFixture.Of(name, content.ToString()).ReadLogsAsync();

        lines.Count.ShouldBe(20_000);
        lines.Select((line, i) => line.Body == $"line {i},{new string('y', i % 97)}\nend").ShouldAllBe(same => same);
        report.Gaps.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_quote_that_never_closes_costs_its_own_line()
    {
        var recording = RecordingFixture.Of(
            "logs.csv", "time,component,body\n2026-03-14T10:00:00Z,cart,\"open\n2026-03-14T10:00:01Z,cart,good\n");

        var (lines, report) = await recording.ReadLogsAsync();

        lines.ShouldHaveSingleItem().Body.ShouldBe("good");
        report.Gaps.ShouldHaveSingleItem().ShouldContain("line 2: a quote that never closes");
    }

    [Fact]
    public async Task A_csv_line_with_too_few_cells_is_skipped()
    {
        var (lines, report) = await RecordingFixture.Of("logs.csv", "time,component,body\n2026-03-14T10:00:00Z,cart\n").ReadLogsAsync();

        lines.ShouldBeEmpty();
        report.Gaps.ShouldHaveSingleItem().ShouldContain("line 2: 2 cells where the header has 3");
    }

    [Fact]
    public async Task A_csv_without_a_known_header_is_named()
    {
        var (lines, report) = await RecordingFixture.Of("logs.csv", "a,b\n1,2\n").ReadLogsAsync();

        lines.ShouldBeEmpty();
        report.Gaps.ShouldHaveSingleItem().ShouldContain("none of the columns time, component");
    }

    [Fact]
    public async Task A_missing_part_is_missing_and_an_empty_one_is_empty()
    {
        (await Should.ThrowAsync<SourceMissingException>(() => RecordingFixture.Of("spans.jsonl", "").ReadLogsAsync())).Message.ShouldContain("no logs");

        var (lines, report) = await RecordingFixture.Of("logs.jsonl", "").ReadLogsAsync();
        lines.ShouldBeEmpty();
        report.Gaps.ShouldBe(["logs.jsonl is empty"]);
    }

    [Fact]
    public async Task A_clock_that_runs_whole_hours_ahead_is_named_and_not_corrected()
    {
        var content = new StringBuilder();
        foreach (var (component, hours) in new[] { ("a", 0), ("b", 0), ("c", 0), ("off", 8) })
        {
            for (var minute = 0; minute < 60; minute++)
            {
                content.AppendLine($$"""{"time":"2026-03-14T{{10 + hours}}:{{minute:00}}:00Z","component":"{{component}}","body":"x"}""");
            }
        }

        var (lines, report) = await RecordingFixture.Of("logs.jsonl", content.ToString()).ReadLogsAsync();

        lines.Count.ShouldBe(240);
        lines.Last().Time.ShouldBe(Ten + (8 * 3600L + 59 * 60) * 1_000_000_000);
        report.Gaps.ShouldHaveSingleItem().ShouldContain("the clock of off seems to be 8 h ahead of the others'");
    }

    [Fact]
    public async Task Mixed_forms_of_time_are_named()
    {
        var (lines, report) = await RecordingFixture.Of("logs.jsonl", """
            {"time":1773482400,"component":"cart","body":"a"}
            {"time":1773482400000,"component":"cart","body":"b"}
            """).ReadLogsAsync();

        lines.ShouldAllBe(line => line.Time == Ten);
        report.Gaps.ShouldHaveSingleItem().ShouldContain("mixes times written as seconds, milliseconds");
    }

    [Fact]
    public async Task What_lies_outside_the_window_is_left_out()
    {
        var (lines, report) = await RecordingFixture.Of("logs.jsonl", """
            {"time":"2026-03-13T23:59:59.999999999Z","component":"cart","body":"before"}
            {"time":"2026-03-14T00:00:00Z","component":"cart","body":"first"}
            {"time":"2026-03-15T00:00:00Z","component":"cart","body":"after"}
            """).ReadLogsAsync();

        lines.ShouldHaveSingleItem().Body.ShouldBe("first");
        report.Gaps.ShouldBeEmpty("asking for a part leaves some outside");
    }

    [Fact]
    public async Task A_file_that_lies_outside_the_window_whole_is_told_of()
    {
        var (lines, report) = await RecordingFixture.Of("logs.jsonl", """
            {"time":"2026-03-12T23:59:58Z","component":"cart","body":"before"}
            {"time":"2026-03-12T23:59:59Z","component":"cart","body":"before"}
            """).ReadLogsAsync();

        lines.ShouldBeEmpty();
        report.Gaps.ShouldHaveSingleItem().ShouldContain("all of its 2 records lie outside the time asked for");
    }

    [Fact]
    public async Task Cancelling_stops_the_reading()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var recording = RecordingFixture.Of("logs.jsonl", """{"time":1,"component":"c"}""");

        await Should.ThrowAsync<OperationCanceledException>(
            () => recording.Logs.ReadAsync(RecordingFixture.Everything, (in Aiops.Analysis.Telemetry.LogRecord _) => { }, cancelled.Token));
    }
}
