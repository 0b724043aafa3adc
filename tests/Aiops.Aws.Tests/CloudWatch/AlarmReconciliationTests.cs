using System.Runtime.CompilerServices;
using Aiops.Aws.CloudWatch;
using Aiops.Aws.Tests.Wire.Peer;
using Aiops.Aws.Wire;
using Aiops.Pipeline;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Formats;
using Aiops.Pipeline.Intake.Queue;
using Aiops.Pipeline.Intake.Scopes;

namespace Aiops.Aws.Tests.CloudWatch;

public sealed class AlarmReconciliationTests : IAsyncLifetime
{
    private const string Arn = "arn:aws:cloudwatch:eu-central-1:222233334444:alarm:catalog-search-p99";
    private const string Plain = """
        <Namespace>AWS/ApplicationELB</Namespace><MetricName>TargetResponseTime</MetricName><Period>60</Period>
        <ExtendedStatistic>p99</ExtendedStatistic><Dimensions><member>
          <Name>LoadBalancer</Name><Value>app/quill-catalog/9f8e7d6c5b4a3921</Value>
        </member></Dimensions>
        """;

    private static readonly DateTimeOffset Since = new(2026, 5, 9, 14, 32, 8, 124, TimeSpan.Zero); // As the sample event has it.

    private readonly SteppingTime time = new() { Deadlines = TimeSpan.FromSeconds(20) };
    private readonly Known known = new();
    private readonly Queued queue = new();
    private AwsPeer peer = null!;
    private WireClient client = null!;

    public async Task InitializeAsync()
    {
        peer = await AwsPeer.StartAsync();
        client = new WireClient(peer.Options with { Time = time, MaxAttempts = 2 });
        time.Pass(Since.AddMinutes(10) - time.GetUtcNow());
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await peer.DisposeAsync();
    }

    [Fact]
    public async Task An_alarm_nobody_heard_of_is_told_as_its_own_event_would_have()
    {
        Alarms(Alarm("ALARM"));
        var report = await RunAsync();
        report.Missed.ShouldBe([Arn]);
        var trigger = Read(queue.Bodies.ShouldHaveSingleItem());
        var real = Read(File.ReadAllBytes(Path.Combine(Events(), "cloudwatch", "alarm-metric.json")));
        TriggerKeys.Of(trigger).StateChange.ShouldBe(TriggerKeys.Of(real).StateChange);
        (trigger.Condition, trigger.OccurredAt, trigger.Threshold).ShouldBe((TriggerCondition.Firing, Since, 1500));
        trigger.Signal!.Dimensions["LoadBalancer"].ShouldBe("app/quill-catalog/9f8e7d6c5b4a3921");
        trigger.Component.ShouldBe("quill-catalog");
    }

    [Theory]
    [InlineData("ALARM", 0, false)]
    [InlineData("ALARM", -1, false)]
    [InlineData("ALARM", -2, true)]
    [InlineData("OK", -60, true)]
    [InlineData("OK", 60, false)]
    public async Task What_intake_knows_is_not_told_again(string state, int secondsLater, bool missed)
    {
        Alarms(Alarm("ALARM"));
        known.Records[Arn] = new SubjectRecord { Subject = Arn, State = state, StateAt = Since.AddSeconds(secondsLater) };
        (await RunAsync()).Missed.Count.ShouldBe(missed ? 1 : 0);
    }

    [Fact]
    public async Task A_state_that_may_still_be_on_its_way_is_left_alone()
    {
        Alarms(Alarm("ALARM", since: time.GetUtcNow().AddMinutes(-4)));
        (await RunAsync()).Missed.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_systems_own_alarms_never_come_in()
    {
        Alarms(Alarm("ALARM"));
        (await RunAsync(Settings with { OwnAlarmPrefix = "catalog-" })).Missed.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_look_twice_makes_the_same_message()
    {
        Alarms(Alarm("ALARM"));
        await RunAsync();
        await RunAsync();
        queue.Bodies[0].ShouldBe(queue.Bodies[1]);
    }

    [Fact]
    public async Task Series_of_an_alarm_over_many_are_told_one_by_one()
    {
        const string many = """
            <Metrics><member>
              <Id>q1</Id><Expression>SELECT MAX(Used) FROM "Shop/Db" GROUP BY DBInstanceIdentifier</Expression>
            </member></Metrics>
            """;
        Alarms(Alarm("ALARM", more: many));
        peer.On("DescribeAlarmContributors", CloudWatchXml.Answer("DescribeAlarmContributors", """
            <AlarmContributors><member><ContributorId>0f3c9a7715d2e4b8</ContributorId><StateReason>crossed</StateReason>
              <ContributorAttributes><entry><key>DBInstanceIdentifier</key><value>stock</value></entry></ContributorAttributes>
              <StateTransitionedTimestamp>2026-05-09T14:34:19.881Z</StateTransitionedTimestamp></member></AlarmContributors>
            """));
        (await RunAsync()).Missed.ShouldBe([Arn, $"{Arn}#0f3c9a7715d2e4b8"]);
        var trigger = Read(queue.Bodies[1]);
        (trigger.Contributor, trigger.Component).ShouldBe(("0f3c9a7715d2e4b8", "stock"));
    }

    [Fact]
    public async Task An_alarm_that_is_over_and_taken_to_be_firing_is_told_to_be_over()
    {
        known.Firing.AddRange([Arn, $"{Arn}#0f3c9a7715d2e4b8"]);
        peer.On(
            "DescribeAlarms",
            call => call.Form.ContainsKey("StateValue") ? CloudWatchXml.Alarms() : CloudWatchXml.Alarms(Alarm("OK")));
        var report = await RunAsync();
        report.Stuck.ShouldBe([Arn, $"{Arn}#0f3c9a7715d2e4b8"]);
        queue.Bodies.Select(Read).ShouldAllBe(t => t.Condition == TriggerCondition.Resolved);
    }

    [Fact]
    public async Task An_alarm_that_still_fires_is_not_stuck()
    {
        known.Firing.Add(Arn);
        known.Records[Arn] = new SubjectRecord { Subject = Arn, State = "ALARM", StateAt = Since };
        Alarms(Alarm("ALARM"));
        var report = await RunAsync();
        (report.Stuck.Count, report.Missed.Count, report.Gone.Count).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task An_alarm_that_was_deleted_while_it_fired_is_named()
    {
        known.Firing.Add(Arn);
        Alarms();
        (await RunAsync()).Gone.ShouldBe([Arn]);
    }

    [Fact]
    public async Task A_limit_is_owned_up_to()
    {
        peer.On("DescribeAlarms", CloudWatchXml.Answer(
            "DescribeAlarms", $"<MetricAlarms>{Alarm("ALARM")}</MetricAlarms><NextToken>more</NextToken>"));
        (await RunAsync(Settings with { MostAlarms = 1 })).IsWhole.ShouldBeFalse();
    }

    private static ReconcileSettings Settings => new() { Account = "222233334444", Region = "eu-central-1" };

    private Task<ReconcileReport> RunAsync(ReconcileSettings? settings = null)
        => new AlarmReconciliation(client, known, new EventDoor(new EventReader(), queue, time), settings ?? Settings, time)
            .RunAsync(default);

    private void Alarms(params string[] alarms) => peer.On("DescribeAlarms", CloudWatchXml.Alarms(alarms));

    private static string Alarm(string state, DateTimeOffset? since = null, string? more = null) => $"""
        <member><AlarmName>catalog-search-p99</AlarmName><AlarmArn>{Arn}</AlarmArn><StateValue>{state}</StateValue>
        <StateReason>Threshold Crossed</StateReason><Threshold>1500.0</Threshold>
        <StateUpdatedTimestamp>2026-05-09T14:40:00.000Z</StateUpdatedTimestamp>
        <StateTransitionedTimestamp>{since ?? Since:yyyy-MM-ddTHH:mm:ss.fffZ}</StateTransitionedTimestamp>
        {more ?? Plain}
        </member>
        """;

    private static Trigger Read(byte[] body)
        => new EventReader().Read(body).ShouldBeOfType<ReadEvent.Triggers>().Items.ShouldHaveSingleItem();

    private static string Events([CallerFilePath] string path = "")
        => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../../../events"));

    private sealed class Known : IKnownAlarms
    {
        public Dictionary<string, SubjectRecord> Records { get; } = [];

        public List<string> Firing { get; } = [];

        public Task<IReadOnlyDictionary<string, SubjectRecord>> FindAsync(
            IReadOnlyCollection<string> subjects, CancellationToken cancellationToken)
            => Task.FromResult<IReadOnlyDictionary<string, SubjectRecord>>(Records);

        public Task<IReadOnlyList<string>> FiringAsync(CancellationToken cancellationToken)
            => Task.FromResult<IReadOnlyList<string>>(Firing);
    }

    private sealed class Queued : ITriggerQueue
    {
        public List<byte[]> Bodies { get; } = [];

        public Task<IReadOnlyList<string>> EnqueueAsync(IReadOnlyList<IncomingEvent> batch, CancellationToken cancellationToken)
        {
            Bodies.AddRange(batch.Select(e => e.Body));
            return Task.FromResult<IReadOnlyList<string>>([.. batch.Select((_, i) => $"{i}")]);
        }

        public Task<IReadOnlyList<QueuedEvent>> ReceiveAsync(int max, TimeSpan visibilityTimeout, CancellationToken cancellationToken)
            => throw new NotSupportedException();

        public Task DeleteAsync(IReadOnlyCollection<string> receiptHandles, CancellationToken cancellationToken)
            => throw new NotSupportedException();

        public Task<bool> ChangeVisibilityAsync(string receiptHandle, TimeSpan fromNow, CancellationToken cancellationToken)
            => throw new NotSupportedException();

        public Task<bool> DeadLetterAsync(string receiptHandle, string reason, CancellationToken cancellationToken)
            => throw new NotSupportedException();

        public Task<QueueStatus> StatusAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<DeadLetter>> ListDeadLettersAsync(DeadLetterFilter filter, CancellationToken cancellationToken)
            => throw new NotSupportedException();

        public Task<int> RedriveAsync(DeadLetterFilter filter, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<int> PurgeDeadLettersAsync(DeadLetterFilter filter, CancellationToken cancellationToken)
            => throw new NotSupportedException();
    }
}
