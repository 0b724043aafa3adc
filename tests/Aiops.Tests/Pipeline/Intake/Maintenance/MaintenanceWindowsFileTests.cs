using System.Text;
using Aiops.Pipeline.Intake.Maintenance;
using static Aiops.PortTests.Intake.Alarms;

namespace Aiops.Tests.Pipeline.Intake.Maintenance;

public class MaintenanceWindowsFileTests
{
    private const string Full = """
        { "windows": [ // Comments and a trailing comma are welcome in a file that people write.
          { "id": "upgrade", "reason": "Upgrade to 16.3", "start": "2026-03-14T10:00:00Z", "end": "2026-03-14T14:00:00+02:00",
            "match": { "scopes": ["111122223333"], "components": ["orders-*"], "title": "*5xx", "tags": { "team": "da?a" } } },
          { "id": "batch", "reason": "The batch loads every core", "weekly": { "days": ["Saturday", "sunday"], "from": "22:00", "until": "02:00" },
            "match": { "title": "*" } },
        ] }
        """;

    [Fact]
    public void Every_criterion_must_hold()
    {
        var windows = Read(Full);
        var covered = Firing("orders-db") with { Tags = new Dictionary<string, string> { ["team"] = "data" } };
        var found = windows.Find("111122223333", covered, Start).ShouldNotBeNull();
        (found.Rule, found.Reason, found.Until).ShouldBe(("upgrade", "Upgrade to 16.3", Start.AddHours(2)));
        windows.Find("444455556666", covered, Start).ShouldBeNull();
        windows.Find("111122223333", covered with { Component = "cart" }, Start).ShouldBeNull();
        windows.Find("111122223333", covered with { Component = null }, Start).ShouldBeNull();
        windows.Find("111122223333", covered with { Title = "cpu" }, Start).ShouldBeNull();
        windows.Find("111122223333", covered with { Tags = new Dictionary<string, string>() }, Start).ShouldBeNull();
        windows.Find("111122223333", covered, Start.AddTicks(-1)).ShouldBeNull();
        windows.Find("111122223333", covered, Start.AddHours(2)).ShouldBeNull();
    }

    [Theory]
    [InlineData("2026-03-14T21:59:59Z", null)] // A Saturday.
    [InlineData("2026-03-14T22:00:00Z", "2026-03-15T02:00:00Z")]
    [InlineData("2026-03-15T01:59:59Z", "2026-03-15T02:00:00Z")]
    [InlineData("2026-03-15T02:00:00Z", null)]
    [InlineData("2026-03-15T23:00:00+01:00", "2026-03-16T02:00:00Z")]
    [InlineData("2026-03-16T01:00:00Z", "2026-03-16T02:00:00Z")] // Monday's small hours still belong to Sunday's window.
    [InlineData("2026-03-16T22:30:00Z", null)]
    public void A_weekly_window_passes_midnight_in_utc(string at, string? end)
    {
        var found = Read(Full).Find("any", Firing("cart"), DateTimeOffset.Parse(at));
        found?.Until.ShouldBe(DateTimeOffset.Parse(end!));
        (found is null).ShouldBe(end is null);
    }

    [Fact]
    public void Of_several_windows_the_one_that_ends_last_counts()
    {
        var windows = new MaintenanceWindows(
        [
            Window("short", 1), Window("long", 3), Window("middle", 2),
        ]);
        windows.Find("any", Firing("cart"), Start).ShouldNotBeNull().Rule.ShouldBe("long");

        static MaintenanceWindow Window(string id, int hours)
            => new(id, "r", new WindowMatch { Title = "*" }, new OneTime(Start, Start.AddHours(hours)));
    }

    [Theory]
    [InlineData("", "$", "not JSON")]
    [InlineData("[]", "$", "expected an object, found a list")]
    [InlineData("{}", "$", "windows is missing")]
    [InlineData("""{"windows": {}}""", "$.windows", "expected a list")]
    [InlineData("""{"window": []}""", "$.window", "Use one of: windows")]
    [InlineData("""{"windows": [{"reason": "r", "start": "2026-03-14T10:00:00Z", "end": "2026-03-14T11:00:00Z", "match": {"title": "*"}}]}""", "$.windows[0]", "id is missing")]
    [InlineData("""{"windows": [{"id": "a", "reason": "r", "start": "2026-03-14", "end": "2026-03-14T11:00:00Z", "match": {"title": "*"}}]}""", "$.windows[0].start", "no instant")]
    [InlineData("""{"windows": [{"id": "a", "reason": "r", "start": "2026-03-14T10:00:00", "end": "2026-03-14T11:00:00Z", "match": {"title": "*"}}]}""", "$.windows[0].start", "offset")]
    [InlineData("""{"windows": [{"id": "a", "reason": "r", "start": "2026-03-14T11:00:00Z", "end": "2026-03-14T11:00:00Z", "match": {"title": "*"}}]}""", "$.windows[0].end", "not after start")]
    [InlineData("""{"windows": [{"id": "a", "reason": "r", "start": "2026-03-14T10:00:00Z", "end": "2026-03-14T11:00:00Z", "match": {}}]}""", "$.windows[0].match", "silence everything")]
    [InlineData("""{"windows": [{"id": "a", "reason": "r", "start": "2026-03-14T10:00:00Z", "end": "2026-03-14T11:00:00Z", "match": {"components": []}}]}""", "$.windows[0].match.components", "empty")]
    [InlineData("""{"windows": [{"id": "a", "reason": "r", "weekly": {"days": ["mon"], "from": "22:00", "until": "02:00"}, "match": {"title": "*"}}]}""", "$.windows[0].weekly.days[0]", "in full")]
    [InlineData("""{"windows": [{"id": "a", "reason": "r", "weekly": {"days": ["monday"], "from": "24:00", "until": "02:00"}, "match": {"title": "*"}}]}""", "$.windows[0].weekly.from", "no time of day")]
    [InlineData("""{"windows": [{"id": "a", "reason": "r", "weekly": {"days": ["monday"], "from": "22:00", "until": "02:00", "zone": "CET"}, "match": {"title": "*"}}]}""", "$.windows[0].weekly.zone", "not known")]
    [InlineData("""{"windows": [{"id": "a", "reason": "r", "weekly": {"days": ["monday"], "from": "22:00", "until": "02:00"}, "start": "2026-03-14T10:00:00Z", "match": {"title": "*"}}]}""", "$.windows[0]", "Keep one")]
    [InlineData("""{"windows": [{"id": "a", "reason": 3, "start": "2026-03-14T10:00:00Z", "end": "2026-03-14T11:00:00Z", "match": {"title": "*"}}]}""", "$.windows[0].reason", "found 3")]
    public void A_file_that_is_wrong_is_refused_with_the_place_and_a_remedy(string content, string path, string says)
    {
        var refused = Should.Throw<MaintenanceWindowsException>(() => Read(content));
        refused.Path.ShouldBe(path);
        refused.Message.ShouldStartWith($"maintenance.json: {path}: ");
        refused.Message.ShouldContain(says);
        refused.Remedy.ShouldNotBeEmpty();
    }

    [Fact]
    public void Two_windows_of_one_id_are_refused()
    {
        const string one = """{"id": "a", "reason": "r", "start": "2026-03-14T10:00:00Z", "end": "2026-03-14T11:00:00Z", "match": {"title": "*"}}""";
        Should.Throw<MaintenanceWindowsException>(() => Read($$"""{"windows": [{{one}}, {{one}}]}""")).Message.ShouldContain("two windows have the id a");
    }

    private static MaintenanceWindows Read(string content) => MaintenanceWindowsFile.Read("maintenance.json", Encoding.UTF8.GetBytes(content));
}
