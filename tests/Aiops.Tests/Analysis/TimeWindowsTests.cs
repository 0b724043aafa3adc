using System.Text.Json;
using Aiops.Analysis;

namespace Aiops.Tests.Analysis;

public class TimeWindowsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Stretches_that_touch_or_overlap_become_one_and_others_stay_apart()
    {
        var windows = new TimeWindows([Minutes(30, 40), Minutes(0, 10), Minutes(5, 8), Minutes(10, 12)]);
        windows.Stretches.ShouldBe([Minutes(0, 12), Minutes(30, 40)]);
        windows.Length.ShouldBe(TimeSpan.FromMinutes(22));
        (windows.Start, windows.End).ShouldBe((Noon, Noon.AddMinutes(40)));
    }

    [Fact]
    public void What_lies_between_two_stretches_is_in_neither()
    {
        var windows = new TimeWindows([Minutes(0, 10), Minutes(30, 40)]);
        int[] minutes = [-1, 0, 9, 10, 29, 30, 39, 40];
        minutes.Select(minute => windows.IndexOf(Noon.AddMinutes(minute))).ShouldBe([-1, 0, 0, -1, -1, 1, 1, -1]);
    }

    [Fact]
    public void Normal_life_is_never_nowhere() => Should.Throw<ArgumentException>(() => new TimeWindows([]));

    [Fact]
    public void They_survive_json_and_a_single_stretch_written_alone_is_read()
    {
        var windows = new TimeWindows([Minutes(0, 10), Minutes(30, 40)]);
        Read(JsonSerializer.Serialize(windows)).ShouldBe(windows);
        Read("""{"start":"2026-03-01T12:00:00Z","end":"2026-03-01T12:10:00Z"}""").ShouldBe(Minutes(0, 10));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("""[{"start":"2026-03-01T12:00:00Z"}]""")]
    [InlineData("""[{"start":"2026-03-01T12:00:00Z","end":"2026-03-01T11:00:00Z"}]""")]
    public void What_is_no_list_of_stretches_is_refused(string json) => Should.Throw<JsonException>(() => Read(json));

    private static TimeWindows? Read(string json) => JsonSerializer.Deserialize<TimeWindows>(json);

    private static TimeWindow Minutes(int from, int to) => new(Noon.AddMinutes(from), Noon.AddMinutes(to));
}
