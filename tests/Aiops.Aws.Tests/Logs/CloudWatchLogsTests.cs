using Aiops.Analysis;
using Aiops.Aws.Logs;
using Aiops.Aws.Tests.Wire.Peer;
using Aiops.Aws.Wire;
using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Aws.Tests.Logs;

public sealed class CloudWatchLogsTests : IAsyncLifetime
{
    private const string Groups = """
        {"logGroups":[{"logGroupName":"/aws/lambda/payments","logGroupClass":"STANDARD"},
                      {"logGroupName":"/aws/lambda/payments-old"}]}
        """;

    private const string Found = """
        {"status":"Complete","statistics":{"recordsMatched":2.0},"results":[
          [{"field":"@timestamp","value":"2026-03-02 07:59:58.250"},
           {"field":"@log","value":"123456789012:/aws/lambda/payments"},
           {"field":"@message","value":"{\"level\":\"Error\",\"message\":\"Card refused\",\"traceId\":\"1-5759e988-bd86\"}\n"}],
          [{"field":"@timestamp","value":"2026-03-02 07:59:57.000"},{"field":"@log","value":"123456789012:/aws/lambda/payments"},
           {"field":"@message","value":"2026-03-02T07:59:57Z [WARNING] slow"},{"field":"@ptr","value":"x"}]]}
        """;

    private static readonly DateTimeOffset Eight = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly SteppingTime time = new() { Deadlines = TimeSpan.FromSeconds(10) };
    private readonly List<string> lines = [];
    private AwsPeer peer = null!;
    private WireClient client = null!;

    public async Task InitializeAsync()
    {
        peer = await AwsPeer.StartAsync();
        peer.On("DescribeLogGroups", Groups).On("StartQuery", """{"queryId":"q-1"}""").On("GetQueryResults", Found)
            .On("StopQuery", """{"success":true}""");
        client = new WireClient(peer.Options with { Time = time, MaxAttempts = 2 });
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await peer.DisposeAsync();
    }

    [Fact]
    public async Task Lines_come_with_component_severity_message_and_trace()
    {
        var report = await ReadAsync(TimeSpan.FromHours(1), Settings with { Slices = 1 });
        lines.ShouldBe(
        [
            "07:59:58.250 payments ERROR Card refused 1-5759e988-bd86",
            "07:59:57.000 payments WARN 2026-03-02T07:59:57Z [WARNING] slow ",
        ]);
        (report.Count, report.Provenance.Source).ShouldBe((2, "CloudWatch Logs Insights"));
        report.Gaps.ShouldBeEmpty();
        var start = peer.CallsOf("StartQuery").ShouldHaveSingleItem().Json;
        start.GetProperty("logGroupNames").GetRawText().ShouldBe("""["/aws/lambda/payments"]""");
        start.GetProperty("startTime").GetInt64().ShouldBe(Eight.AddHours(-1).ToUnixTimeSeconds());
        start.GetProperty("endTime").GetInt64().ShouldBe(Eight.ToUnixTimeSeconds() - 1);
    }

    [Fact]
    public async Task A_window_is_cut_into_stretches_that_meet()
    {
        await ReadAsync(TimeSpan.FromHours(25), Settings with { Slices = 8 });
        var asked = peer.CallsOf("StartQuery").Select(c => c.Json)
            .Select(j => (From: j.GetProperty("startTime").GetInt64(), To: j.GetProperty("endTime").GetInt64())).Order().ToList();
        asked.Count.ShouldBe(8);
        asked[0].From.ShouldBe(Eight.AddHours(-25).ToUnixTimeSeconds());
        asked[^1].To.ShouldBe(Eight.ToUnixTimeSeconds() - 1);
        asked.Zip(asked.Skip(1)).ShouldAllBe(pair => pair.First.To + 1 == pair.Second.From);
    }

    [Fact]
    public async Task A_running_query_is_looked_at_again_less_and_less_often()
    {
        peer.OnEach("GetQueryResults", Running, Running, Running, Found);
        await ReadAsync(TimeSpan.FromHours(1), Settings with { Slices = 1 });
        time.Waits.Select(w => w.TotalSeconds).ShouldBe([0.5, 1, 2, 4]);
    }

    [Fact]
    public async Task A_query_that_takes_too_long_is_stopped_and_its_lines_are_told_as_a_part()
    {
        peer.On("GetQueryResults", Found.Replace("Complete", "Running", StringComparison.Ordinal));
        var settings = Settings with { Slices = 1, QueryPatience = TimeSpan.FromSeconds(10) };
        var report = await ReadAsync(TimeSpan.FromHours(1), settings);
        report.Count.ShouldBe(2);
        report.Gaps.ShouldBe(["07:00–08:00: the query was stopped after 10 s, its lines are a part"]);
        peer.CallsOf("StopQuery").ShouldHaveSingleItem().Json.GetProperty("queryId").GetString().ShouldBe("q-1");
    }

    [Fact]
    public async Task A_query_nobody_waits_for_any_more_is_stopped()
    {
        using CancellationTokenSource stop = new();
        peer.On("GetQueryResults", _ =>
        {
            stop.Cancel();
            return Running;
        });
        await Should.ThrowAsync<OperationCanceledException>(
            () => ReadAsync(TimeSpan.FromHours(1), Settings with { Slices = 1 }, cancellationToken: stop.Token));
        peer.CallsOf("StopQuery").Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("Timeout", "ended as Timeout")]
    [InlineData("Cancelled", "ended as Cancelled")]
    public async Task A_query_that_others_ended_is_a_part(string status, string told)
    {
        peer.On("GetQueryResults", Found.Replace("Complete", status, StringComparison.Ordinal));
        var report = await ReadAsync(TimeSpan.FromHours(1), Settings with { Slices = 1 });
        report.Gaps.ShouldBe([$"07:00–08:00: the query was {told}, its lines are a part"]);
    }

    [Fact]
    public async Task A_failed_query_makes_the_source_unavailable()
    {
        peer.On("GetQueryResults", """{"status":"Failed","results":[]}""");
        await Should.ThrowAsync<SourceUnavailableException>(() => ReadAsync(TimeSpan.FromHours(1), Settings));
    }

    [Theory]
    [InlineData(9_999, false)]
    [InlineData(10_000, true)]
    public async Task A_stretch_with_more_lines_than_a_query_gives_is_named(int rows, bool named)
    {
        const string row = """[{"field":"@timestamp","value":"2026-03-02 07:59:58.250"},{"field":"@message","value":"x"}]""";
        peer.On("GetQueryResults", $$"""
            {"status":"Complete","statistics":{"recordsMatched":123456.0},
             "results":[{{string.Join(',', Enumerable.Repeat(row, rows))}}]}
            """);
        var report = await ReadAsync(TimeSpan.FromHours(1), Settings with { Slices = 1 });
        report.Gaps.ShouldBe(named ? ["07:00–08:00: the newest 10,000 of 123,456 lines"] : []);
    }

    [Fact]
    public async Task Too_many_queries_at_once_are_waited_for()
    {
        peer.OnEach("StartQuery", PeerAnswer.Error("LimitExceededException", "too many"), """{"queryId":"q-2"}""");
        (await ReadAsync(TimeSpan.FromHours(1), Settings with { Slices = 1 })).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_small_window_is_read_event_by_event_over_all_pages()
    {
        peer.OnEach(
            "FilterLogEvents",
            """{"events":[],"nextToken":"n1"}""",
            """{"events":[{"timestamp":1772438390000,"message":"ERROR boom"}],"searchedLogStreams":[]}""");
        var report = await ReadAsync(TimeSpan.FromMinutes(10), Settings);
        lines.ShouldBe(["07:59:50.000 payments ERROR ERROR boom "]);
        report.Provenance.Source.ShouldBe("CloudWatch Logs FilterLogEvents");
        peer.CallsOf("FilterLogEvents")[1].Json.GetProperty("nextToken").GetString().ShouldBe("n1");
        peer.CallsOf("StartQuery").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_prefix_takes_all_groups_that_begin_so_and_a_name_just_one()
    {
        var settings = Settings with { Groups = ["/aws/lambda/payments*"], Slices = 1 };
        await ReadAsync(TimeSpan.FromHours(1), settings, components: ["other"]);
        peer.CallsOf("StartQuery").Single().Json.GetProperty("logGroupNames").GetArrayLength().ShouldBe(2);
        peer.CallsOf("DescribeLogGroups").Single().Json.GetProperty("logGroupNamePrefix").GetString()
            .ShouldBe("/aws/lambda/payments");
    }

    [Fact]
    public async Task No_group_is_a_missing_source()
    {
        peer.On("DescribeLogGroups", """{"logGroups":[]}""");
        var error = await Should.ThrowAsync<SourceMissingException>(() => ReadAsync(TimeSpan.FromHours(1), new LogSettings()));
        error.Message.ShouldBe("no log group for payments");
    }

    [Fact]
    public async Task No_right_is_a_denied_source()
    {
        peer.On("StartQuery", PeerAnswer.Error("AccessDeniedException", "not yours"));
        await Should.ThrowAsync<SourceDeniedException>(() => ReadAsync(TimeSpan.FromHours(1), Settings));
    }

    [Fact]
    public async Task CloudWatchs_own_anomalies_are_noted_where_that_is_switched_on()
    {
        peer.On("ListAnomalies", """
            {"anomalies":[{"anomalyId":"a","patternId":"p","patternString":"Card refused <*>","firstSeen":1772438000000,
              "lastSeen":1772438390000,"description":"50% more often","active":true,"state":"Active","histogram":{},
              "logSamples":[],"patternTokens":[],
              "logGroupArnList":["arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/payments:*"]}]}
            """);
        var report = await ReadAsync(TimeSpan.FromHours(1), Settings with { Slices = 1, NoteAnomalies = true });
        report.Gaps.ShouldBe(["CloudWatch's anomaly detector says: 50% more often (Card refused <*>)"]);
    }

    private static PeerAnswer Running => """{"status":"Running","results":[]}""";

    private static LogSettings Settings => new() { Groups = ["/aws/lambda/payments"] };

    private Task<SourceReport> ReadAsync(
        TimeSpan length, LogSettings settings, string[]? components = null, CancellationToken cancellationToken = default)
        => new CloudWatchLogs(client, settings, time).ReadAsync(
            new TelemetryQuery("INC-1", new TimeWindow(Eight - length, Eight), components ?? ["payments"]),
            (in record) => lines.Add(
                $"{DateTimeOffset.UnixEpoch.AddTicks(record.UnixNanoseconds / 100):HH:mm:ss.fff} {record.Component} "
                + $"{record.Severity} {record.Body} {record.TraceId}"),
            cancellationToken);
}
