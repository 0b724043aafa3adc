using System.Text.Json;
using Aiops.Pipeline.Intake.Formats;

namespace Aiops.Tests.Pipeline.Intake.Formats;

public class EventTimeTests
{
    [Theory]
    [InlineData("2019-10-02T17:04:40.989+0000", "2019-10-02T17:04:40.9890000Z")] // CloudWatch: no colon in the offset.
    [InlineData("2026-03-14T10:17:36Z", "2026-03-14T10:17:36.0000000Z")]
    [InlineData("2026-03-14t10:17:36z", null)]
    [InlineData("2026-03-14T12:17:36+02:00", "2026-03-14T10:17:36.0000000Z")]
    [InlineData("2026-03-14T05:47:36-0430", "2026-03-14T10:17:36.0000000Z")]
    [InlineData("2026-03-14T12:17:36+02", "2026-03-14T10:17:36.0000000Z")]
    [InlineData("2026-03-14 10:17:36", "2026-03-14T10:17:36.0000000Z")]
    [InlineData("2026-03-14T10:17:36", "2026-03-14T10:17:36.0000000Z")]
    [InlineData("2026-03-14T10:17Z", "2026-03-14T10:17:00.0000000Z")]
    [InlineData("2026-03-14", "2026-03-14T00:00:00.0000000Z")]
    [InlineData(" 2026-03-14T10:17:36Z ", "2026-03-14T10:17:36.0000000Z")]
    [InlineData("2026-03-14T10:14:12.123456789Z", "2026-03-14T10:14:12.1234567Z")] // Cut off, not rounded up to …8.
    [InlineData("2026-03-14T10:14:12.999999999Z", "2026-03-14T10:14:12.9999999Z")]
    [InlineData("2026-03-14T10:14:12.5Z", "2026-03-14T10:14:12.5000000Z")]
    [InlineData("Fri, 3 Jun 2022 05:01:10 GMT", "2022-06-03T05:01:10.0000000Z")] // AWS Health: one digit for the day.
    [InlineData("Fri, 03 Jun 2022 05:01:10 GMT", "2022-06-03T05:01:10.0000000Z")]
    [InlineData("Mon, 3 Jun 2022 05:01:10 GMT", "2022-06-03T05:01:10.0000000Z")] // A wrong weekday changes no date.
    [InlineData("1773482520000", "2026-03-14T10:02:00.0000000Z")] // DevOps Guru: milliseconds in a string.
    [InlineData("1773482520", "2026-03-14T10:02:00.0000000Z")]
    [InlineData("1773482520.25", "2026-03-14T10:02:00.2500000Z")]
    [InlineData("1773482520000001", "2026-03-14T10:02:00.0000010Z")]
    [InlineData("1773482520000000100", "2026-03-14T10:02:00.0000001Z")]
    [InlineData("1.77348252e12", "2026-03-14T10:02:00.0000000Z")]
    [InlineData("02/10/19 16:59:00", null)] // dd/MM/yy, in reasons: never parsed.
    [InlineData("2026-02-30T00:00:00Z", null)]
    [InlineData("2026-03-14T25:00:00Z", null)]
    [InlineData("2026-03-14T10:17:36.Z", null)]
    [InlineData("2026-03-14T10:17:36+99:99", null)]
    [InlineData("2026-03-14T10:17:36+0", null)]
    [InlineData("tomorrow", null)]
    [InlineData("", null)]
    [InlineData("5", null)]
    [InlineData("99999999999999999999999999999999999999", null)]
    public void A_time_is_read_in_all_the_forms_that_senders_write(string text, string? expected)
    {
        var read = EventTime.Parse(text, out var outOfRange);

        read?.UtcDateTime.ToString("O").ShouldBe(expected);
        (read is null).ShouldBe(expected is null);
        read?.Offset.ShouldBe(TimeSpan.Zero);
        outOfRange.ShouldBeFalse();
    }

    [Theory]
    [InlineData("1999-12-31T23:59:59.999Z", false)]
    [InlineData("2000-01-01T00:00:00Z", true)]
    [InlineData("2100-12-31T23:59:59.9999999Z", true)]
    [InlineData("2101-01-01T00:00:00Z", false)]
    [InlineData("0001-01-01T00:00:00Z", false)]
    [InlineData("0001-01-01T00:00:00+14:00", false)] // Lies before what a date can hold.
    [InlineData("9999-12-31T23:59:59-14:00", false)]
    [InlineData("2000-01-01T00:30:00+01:00", false)] // By UTC this is 1999.
    public void A_date_in_a_year_that_no_alarm_comes_from_is_out_of_range(string text, bool inRange)
    {
        EventTime.Parse(text, out var outOfRange).HasValue.ShouldBe(inRange);
        outOfRange.ShouldBe(!inRange);
    }

    [Theory]
    [InlineData("1773482520000")]
    [InlineData("1773482520")]
    [InlineData("\"1773482520000\"")]
    [InlineData("\"2026-03-14T10:02:00Z\"")]
    public void A_time_may_be_a_number_or_a_text(string json)
        => EventTime.Read(JsonDocument.Parse(json).RootElement).ShouldBe(new DateTimeOffset(2026, 3, 14, 10, 2, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("[1773482520]")]
    [InlineData("1e400")]
    public void What_is_no_time_is_none(string json) => EventTime.Read(JsonDocument.Parse(json).RootElement).ShouldBeNull();
}
