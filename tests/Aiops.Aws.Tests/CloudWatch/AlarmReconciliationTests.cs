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
    private const string Series = "0f3c9a7715d2e4b8";
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
        Contributors(Series);
        (await RunAsync()).Missed.ShouldBe([Arn, $"{Arn}#{Series}"]);
        var trigger = Read(queue.Bodies[1]);
        (trigger.Contributor, trigger.Component).ShouldBe((Series, "stock"));
    }

    [Fact]
    public async Task An_alarm_that_is_over_and_taken_to_be_firing_is_told_to_be_over()
    {
        known.Add(Arn);
        known.Add(Arn, Series);
        peer.On(
            "DescribeAlarms",
            call => call.Form.ContainsKey("StateValue") ? CloudWatchXml.Alarms() : CloudWatchXml.Alarms(Alarm("OK")));
        var report = await RunAsync();
        report.Stuck.ShouldBe([Arn, $"{Arn}#{Series}"]);
        queue.Bodies.Select(Read).ShouldAllBe(t => t.Condition == TriggerCondition.Resolved);
    }

    [Fact]
    public async Task An_alarm_that_still_fires_is_not_stuck()
    {
        known.Add(Arn);
        known.Records[Arn] = new SubjectRecord { Subject = Arn, State = "ALARM", StateAt = Since };
        Alarms(Alarm("ALARM"));
        var report = await RunAsync();
        (report.Stuck.Count, report.Missed.Count, report.Gone.Count).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task An_alarm_that_was_deleted_while_it_fired_is_told_to_be_over_with_its_series()
    {
        known.Add(Arn);
        known.Add(Arn, Series);
        Alarms();
        (await RunAsync()).Gone.ShouldBe([Arn, $"{Arn}#{Series}"]);
        var told = queue.Bodies.Select(Read).ToList();
        told.Select(t => (t.Subject, t.State, t.Condition, t.OccurredAt)).ShouldBe(
        [
            (Arn, "delete", TriggerCondition.Resolved, time.GetUtcNow().AddMilliseconds(-time.GetUtcNow().Millisecond)),
            ($"{Arn}#{Series}", "OK", TriggerCondition.Resolved, time.GetUtcNow()),
        ]);
    }

    [Fact]
    public async Task Ends_without_a_time_of_their_own_are_one_message_until_it_fires_anew()
    {
        known.Add(Arn);
        known.Add(Arn, Series);
        Alarms();
        await RunAsync();
        time.Pass(TimeSpan.FromMinutes(15));
        await RunAsync();
        known.Records[Arn] = new SubjectRecord { Subject = Arn, State = "ALARM", StateAt = Since.AddMinutes(7) };
        time.Pass(TimeSpan.FromMinutes(15));
        await RunAsync();
        var ids = queue.Bodies.Select(Read).Select(t => t.SourceId).ToList();
        (ids[0] == ids[2], ids[1] == ids[3], ids[0] == ids[4], ids[1] == ids[5]).ShouldBe((true, true, false, true));
    }

    [Theory]
    [InlineData("arn:aws:cloudwatch:eu-central-1:999900001111:alarm:theirs")]
    [InlineData("arn:aws:cloudwatch:us-east-1:222233334444:alarm:elsewhere")]
    [InlineData("alarm:nobody-knows-where")]
    public async Task Alarms_of_others_are_neither_asked_for_nor_ended(string arn)
    {
        known.Add(arn);
        Alarms();
        (await RunAsync()).Gone.ShouldBeEmpty();
        peer.CallsOf("DescribeAlarms").ShouldHaveSingleItem().Form.ContainsKey("StateValue").ShouldBeTrue();
    }

    [Theory]
    [InlineData("fields @message | stats count(*)", false)]
    [InlineData("SELECT COUNT(*) FROM `shop/api`", false)]
    [InlineData("SELECT MAX(Used) FROM SCHEMA(\"Shop/Db\", DBInstanceIdentifier)", true)]
    [InlineData("SELECT MAX(Used) FROM \"Shop/Db\" GROUP BY DBInstanceIdentifier", true)]
    public async Task An_alarm_on_logs_is_of_a_type_that_is_not_listed_and_so_not_gone(string query, bool isGone)
    {
        known.Add(Arn, signal: new SignalReference(null, null, new Dictionary<string, string>(), Expression: query));
        Alarms();
        (await RunAsync()).Gone.Count.ShouldBe(isGone ? 1 : 0);
    }

    [Theory]
    [InlineData(5, 1)]
    [InlineData(4, 0)]
    public async Task What_fired_a_moment_ago_is_not_gone(int minutesAgo, int gone)
    {
        known.Add(Arn);
        var at = time.GetUtcNow().AddMinutes(-minutesAgo);
        known.Records[Arn] = new SubjectRecord { Subject = Arn, State = "ALARM", StateAt = at };
        Alarms();
        (await RunAsync()).Gone.Count.ShouldBe(gone);
    }

    [Fact]
    public async Task A_name_may_hold_what_else_parts_a_series_from_its_alarm()
    {
        const string odd = "arn:aws:cloudwatch:eu-central-1:222233334444:alarm:shop #1#2";
        known.Add(odd);
        known.Add(odd, Series);
        var over = Alarm("OK").Replace(Arn, odd, StringComparison.Ordinal)
            .Replace("<AlarmName>catalog-search-p99<", "<AlarmName>shop #1#2<", StringComparison.Ordinal);
        peer.On(
            "DescribeAlarms",
            call => call.Form.ContainsKey("StateValue") ? CloudWatchXml.Alarms() : CloudWatchXml.Alarms(over));
        var report = await RunAsync();
        report.Stuck.ShouldBe([odd, $"{odd}#{Series}"]);
        report.Gone.ShouldBeEmpty();
        queue.Bodies.Select(Read).Select(t => t.Contributor).ShouldBe([null, Series]);
        peer.CallsOf("DescribeAlarms")[1].Form["AlarmNames.member.1"].ShouldBe("shop #1#2");
    }

    [Fact]
    public async Task A_series_that_ended_while_its_alarm_goes_on_is_told_to_be_over()
    {
        known.Add(Arn, Series);
        known.Add(Arn, "aaaa000000000001");
        known.Records[Arn] = new SubjectRecord { Subject = Arn, State = "ALARM", StateAt = Since };
        Alarms(Alarm("ALARM"));
        Contributors(Series);
        var report = await RunAsync();
        (report.Stuck.ShouldHaveSingleItem(), report.Gone.Count).ShouldBe(($"{Arn}#aaaa000000000001", 0));
        var told = Read(queue.Bodies.ShouldHaveSingleItem());
        (told.Subject, told.Condition, told.OccurredAt)
            .ShouldBe(($"{Arn}#aaaa000000000001", TriggerCondition.Resolved, time.GetUtcNow()));
    }

    [Fact]
    public async Task A_series_known_by_its_attributes_is_found_by_them()
    {
        known.Add(Arn, "19e487043ecec2ef"); // Intake's digest of DBInstanceIdentifier=stock.
        known.Records[Arn] = new SubjectRecord { Subject = Arn, State = "ALARM", StateAt = Since };
        Alarms(Alarm("ALARM"));
        Contributors(Series);
        (await RunAsync()).Stuck.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_series_that_began_a_moment_ago_is_left_alone()
    {
        known.Add(Arn, Series);
        known.Records[Arn] = new SubjectRecord { Subject = Arn, State = "ALARM", StateAt = Since };
        known.Records[$"{Arn}#{Series}"] = new SubjectRecord
        {
            Subject = $"{Arn}#{Series}",
            State = "ALARM",
            StateAt = time.GetUtcNow().AddMinutes(-4),
        };
        Alarms(Alarm("ALARM"));
        (await RunAsync()).Stuck.ShouldBeEmpty();
        peer.CallsOf("DescribeAlarmContributors").ShouldBeEmpty();
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

    private void Contributors(string id) => peer.On("DescribeAlarmContributors", CloudWatchXml.Answer(
        "DescribeAlarmContributors", $"""
        <AlarmContributors><member><ContributorId>{id}</ContributorId><StateReason>crossed</StateReason>
          <ContributorAttributes><entry><key>DBInstanceIdentifier</key><value>stock</value></entry></ContributorAttributes>
          <StateTransitionedTimestamp>2026-05-09T14:34:19.881Z</StateTransitionedTimestamp></member></AlarmContributors>
        """));

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

        private readonly List<Trigger> firing = [];

        public void Add(string arn, string? contributor = null, SignalReference? signal = null) => firing.Add(new Trigger
        {
            Source = TriggerSource.CloudWatch,
            SourceId = $"e-{firing.Count}",
            Subject = contributor is null ? arn : $"{arn}#{contributor}",
            Contributor = contributor,
            State = "ALARM",
            Condition = TriggerCondition.Firing,
            OccurredAt = Since,
            Title = "fires",
            Signal = signal,
        });

        public Task<IReadOnlyDictionary<string, SubjectRecord>> FindAsync(
            IReadOnlyCollection<string> subjects, CancellationToken cancellationToken)
            => Task.FromResult<IReadOnlyDictionary<string, SubjectRecord>>(Records);

        public Task<IReadOnlyList<Trigger>> FiringAsync(CancellationToken cancellationToken)
            => Task.FromResult<IReadOnlyList<Trigger>>(firing);
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
