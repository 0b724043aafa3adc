using Aiops.Aws.SystemsManager;
using Aiops.Pipeline;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Aws.Tests.SystemsManager;

public sealed class RulesInForceTests
{
    private const string Windows = """{ "windows": [ { "id": "upgrade", "reason": "r", "start": "2026-03-01T00:00:00Z", "end": "2026-03-03T00:00:00Z", "match": { "title": "orders-*" } } ] }""";

    private readonly ManualTimeProvider clock = new();
    private readonly Parameters parameters = new();
    private RulesInForce? rules;

    private DateTimeOffset Now => clock.GetUtcNow();

    [Fact]
    public async Task Nothing_set_suppresses_nothing() => (await SuppressedByAsync("orders-5xx")).ShouldBeNull();

    [Fact]
    public async Task The_mute_switch_suppresses_everything_until_its_time_and_is_named()
    {
        parameters.Values["mute"] = Now.AddHours(1).ToString("O");
        (await SuppressedByAsync("anything")).ShouldBe("mute-switch");
        clock.Advance(TimeSpan.FromHours(1));
        (await SuppressedByAsync("anything")).ShouldBeNull();
    }

    [Theory]
    [InlineData("off")]
    [InlineData(" OFF ")]
    [InlineData("")]
    [InlineData("on")]
    [InlineData("tomorrow")]
    public async Task What_is_no_time_mutes_nothing(string text)
    {
        parameters.Values["mute"] = text;
        (await SuppressedByAsync("anything")).ShouldBeNull();
    }

    [Fact]
    public async Task A_switch_thrown_while_the_host_lives_is_seen_within_a_minute()
    {
        await SuppressedByAsync("anything");
        parameters.Values["mute"] = Now.AddHours(1).ToString("O");
        clock.Advance(RulesInForce.KeptFor - TimeSpan.FromTicks(1));
        (await SuppressedByAsync("anything")).ShouldBeNull();
        clock.Advance(TimeSpan.FromTicks(1));
        (await SuppressedByAsync("anything")).ShouldBe("mute-switch");
    }

    [Fact]
    public async Task Maintenance_windows_are_those_of_the_parameter()
    {
        parameters.Values["windows"] = Windows.Replace("2026-03-01", $"{Now.AddDays(-1):yyyy-MM-dd}").Replace("2026-03-03", $"{Now.AddDays(1):yyyy-MM-dd}");
        (await SuppressedByAsync("orders-5xx")).ShouldBe("upgrade");
        (await SuppressedByAsync("checkout-5xx")).ShouldBeNull();
    }

    [Fact]
    public async Task Windows_that_can_not_be_read_leave_those_of_before_in_force()
    {
        await Maintenance_windows_are_those_of_the_parameter();
        parameters.Values["windows"] = "{";
        clock.Advance(RulesInForce.KeptFor);
        (await SuppressedByAsync("orders-5xx")).ShouldBe("upgrade");
    }

    [Fact]
    public async Task A_parameter_store_that_fails_leaves_the_rules_of_before_in_force()
    {
        await Maintenance_windows_are_those_of_the_parameter();
        parameters.Fails = true;
        clock.Advance(RulesInForce.KeptFor);
        (await SuppressedByAsync("orders-5xx")).ShouldBe("upgrade");
    }

    [Fact]
    public async Task The_systems_own_alarms_never_come_in_however_long_the_host_lives()
    {
        (await SuppressedByAsync("aiops-prod-dead-letters")).ShouldBe("own-alarms");
        clock.Advance(TimeSpan.FromDays(30));
        (await SuppressedByAsync("aiops-prod-dead-letters")).ShouldBe("own-alarms");
        (await SuppressedByAsync("shop-aiops-prod-")).ShouldBeNull("the name only holds the prefix");
    }

    private async Task<string?> SuppressedByAsync(string title)
    {
        rules ??= new RulesInForce(
            new AwsHostSettings
            {
                Environment = "test",
                Table = "t",
                DocumentsBucket = "b",
                MaintenanceParameter = "windows",
                MuteParameter = "mute",
                OwnAlarmPrefix = "aiops-prod-",
            },
            parameters, clock, NullLogger<RulesInForce>.Instance);
        var trigger = new Trigger
        {
            Source = TriggerSource.CloudWatch,
            SourceId = "1",
            Subject = title,
            State = "ALARM",
            Condition = TriggerCondition.Firing,
            OccurredAt = Now,
            Title = title,
        };
        return (await rules.CurrentAsync(default)).Maintenance.Find("111122223333", trigger, Now)?.Rule;
    }

    private sealed class Parameters : IParameters
    {
        public Dictionary<string, string> Values { get; } = [];

        public bool Fails { get; set; }

        public Task<IReadOnlyDictionary<string, string>> GetAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
            => Fails
                ? throw new IOException("no route")
                : Task.FromResult<IReadOnlyDictionary<string, string>>(Values.Where(one => names.Contains(one.Key)).ToDictionary());
    }
}
