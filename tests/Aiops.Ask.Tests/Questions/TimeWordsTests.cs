using Aiops.Ask.Questions;

namespace Aiops.Ask.Tests.Questions;

public sealed class TimeWordsTests
{
    // A Wednesday.
    private static readonly DateTime Now = new(2026, 3, 11, 14, 30, 0);

    [Theory]
    [InlineData("Which service lost most between 10 and 11?", "2026-03-11T10:00", "2026-03-11T11:00")]
    [InlineData("errors between 10:15 and 10:45", "2026-03-11T10:15", "2026-03-11T10:45")]
    [InlineData("errors between 16 and 17", "2026-03-10T16:00", "2026-03-10T17:00")]
    [InlineData("errors between 2 and 3pm yesterday", "2026-03-10T14:00", "2026-03-10T15:00")]
    [InlineData("errors between 23 and 1", "2026-03-10T23:00", "2026-03-11T01:00")]
    [InlineData("errors from 9am to 10am on 2026-03-02", "2026-03-02T09:00", "2026-03-02T10:00")]
    [InlineData("errors from 2026-03-01 to 2026-03-03", "2026-03-01T00:00", "2026-03-04T00:00")]
    [InlineData("errors today", "2026-03-11T00:00", "2026-03-12T00:00")]
    [InlineData("errors of yesterday", "2026-03-10T00:00", "2026-03-11T00:00")]
    [InlineData("errors on Monday", "2026-03-09T00:00", "2026-03-10T00:00")]
    [InlineData("errors on Thursday", "2026-03-05T00:00", "2026-03-06T00:00")]
    [InlineData("errors on 2026-02-28", "2026-02-28T00:00", "2026-03-01T00:00")]
    [InlineData("errors this week", "2026-03-09T00:00", "2026-03-16T00:00")]
    [InlineData("errors last week", "2026-03-02T00:00", "2026-03-09T00:00")]
    [InlineData("errors last month", "2026-02-01T00:00", "2026-03-01T00:00")]
    [InlineData("errors this year", "2026-01-01T00:00", "2027-01-01T00:00")]
    [InlineData("errors in February", "2026-02-01T00:00", "2026-03-01T00:00")]
    [InlineData("errors in December", "2025-12-01T00:00", "2026-01-01T00:00")]
    [InlineData("errors in April 2024", "2024-04-01T00:00", "2024-05-01T00:00")]
    public void A_stretch_is_half_open_and_counted_from_now(string question, string from, string to)
        => TimeWords.Read(question, Now).Range.ShouldBe(new TimeRange(DateTime.Parse(from), DateTime.Parse(to)));

    [Theory]
    [InlineData("errors in the last hour", 60)]
    [InlineData("errors over the past 3 hours", 180)]
    [InlineData("errors in the last two days", 2_880)]
    [InlineData("errors in the last day", 1_440)]
    [InlineData("errors in the last 15 minutes", 15)]
    public void What_ends_now_includes_now(string question, int minutes)
    {
        var range = TimeWords.Read(question, Now).Range!.Value;
        range.From.ShouldBe(Now.AddMinutes(-minutes));
        (range.To > Now && range.To - Now < TimeSpan.FromMilliseconds(1)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("5xx this week against last", "2026-03-09", "2026-03-02", "2026-03-09")]
    [InlineData("5xx this week compared with last week", "2026-03-09", "2026-03-02", "2026-03-09")]
    [InlineData("5xx today versus yesterday", "2026-03-11", "2026-03-10", "2026-03-11")]
    [InlineData("5xx this month vs the previous one", "2026-03-01", "2026-02-01", "2026-03-01")]
    [InlineData("5xx on 2026-03-02 against 2026-02-01", "2026-03-02", "2026-02-01", "2026-02-02")]
    public void A_comparison_has_two_stretches(string question, string from, string earlierFrom, string earlierTo)
    {
        var spoken = TimeWords.Read(question, Now);
        spoken.Range!.Value.From.ShouldBe(DateTime.Parse(from));
        spoken.Earlier.ShouldBe(new TimeRange(DateTime.Parse(earlierFrom), DateTime.Parse(earlierTo)));
        spoken.Rest.Trim().ShouldBe("5xx");
    }

    [Theory]
    [InlineData("errors on 1900-01-01", "1900-01-01")]
    [InlineData("errors in december 2200", "2200-12-01")]
    public void A_year_of_these_centuries_is_a_time(string question, string from) => TimeWords.Read(question, Now).Range!.Value.From.ShouldBe(DateTime.Parse(from));

    [Theory]
    [InlineData("errors on 0001-01-01")]
    [InlineData("errors on 1899-12-31")]
    [InlineData("errors since 2201-01-01")]
    [InlineData("errors on 9999-12-31 against 0001-01-01")]
    [InlineData("errors between 0001-01-01 and 9999-12-31")]
    [InlineData("errors in january 0000")]
    [InlineData("errors in january 0001")]
    [InlineData("errors in december 9999")]
    [InlineData("errors in december 2201")]
    [InlineData("Which service is slowest?")]
    [InlineData("How many of the last 5 deployments failed?")]
    [InlineData("errors between 10 and 99")]
    [InlineData("Is checkout slower than payments?")]
    public void What_names_no_time_of_these_centuries_has_none(string question) => TimeWords.Read(question, Now).Range.ShouldBeNull();
}
