using Aiops.Analysis;
using Aiops.Analysis.Telemetry;
using Aiops.Aws.CloudWatch;
using Aiops.Aws.Tests.Wire.Peer;
using Aiops.Aws.Wire;
using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Aws.Tests.CloudWatch;

public sealed class CloudWatchMetricsTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Eight = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeWindow Window = new(Eight.AddHours(-25), Eight);

    private readonly SteppingTime time = new() { Deadlines = TimeSpan.FromSeconds(10) };
    private AwsPeer peer = null!;
    private WireClient client = null!;

    public async Task InitializeAsync()
    {
        peer = await AwsPeer.StartAsync();
        peer.On("DescribeAlarms", CloudWatchXml.Alarms()).On("GetMetricData", CloudWatchXml.Data());
        client = new WireClient(peer.Options with { Time = time, MaxAttempts = 2 });
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await peer.DisposeAsync();
    }

    [Fact]
    public async Task The_incidents_alarm_is_asked_for_with_the_standard_metrics_of_its_resource()
    {
        peer.On("GetMetricData", CloudWatchXml.Data(
            CloudWatchXml.Result("q0_m", "Errors", "Complete", (Eight.AddMinutes(-2), 3), (Eight.AddMinutes(-1), 4))));
        var answer = await AskAsync(["payments"], Alarm("payments-errors", "payments"));
        var series = answer.Items.ShouldHaveSingleItem();
        series.ToString().ShouldBe("payments AWS/Lambda Errors Sum");
        (series.Kind, series.Unit).ShouldBe((SignalKind.Errors, "1"));
        series.UnixMilliseconds.ShouldBe([Ms(Eight.AddMinutes(-2)), Ms(Eight.AddMinutes(-1))]);
        series.Values.ShouldBe([3, 4]);
        answer.Gaps.ShouldBeEmpty();
        var form = peer.CallsOf("GetMetricData").ShouldHaveSingleItem().Form;
        form.Values.ShouldContain("Throttles");
        form.Values.ShouldContain("p99");
        form["MetricDataQueries.member.1.MetricStat.Metric.MetricName"].ShouldBe("Errors");
        form["StartTime"].ShouldBe("2026-03-01T07:00:00.000Z");
    }

    [Fact]
    public async Task Alarms_of_its_components_count_too_and_others_do_not()
    {
        peer.On("DescribeAlarms", CloudWatchXml.Alarms(
            CloudWatchXml.Plain("a", "AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", "orders"),
            CloudWatchXml.Plain("b", "AWS/RDS", "CPUUtilization", "DBInstanceIdentifier", "elsewhere")));
        await AskAsync(["orders"]);
        var form = peer.CallsOf("GetMetricData").ShouldHaveSingleItem().Form;
        form.Values.ShouldContain("NumberOfMessagesSent");
        form.Values.ShouldNotContain("CPUUtilization");
    }

    [Fact]
    public async Task A_component_that_nothing_tells_of_is_searched_for_by_name()
    {
        peer.On("GetMetricData", CloudWatchXml.Data(
            CloudWatchXml.Result("q0_s", "Shop/Checkout Latency", "Complete", (Eight.AddMinutes(-1), 12)),
            CloudWatchXml.Result("q0_s", "Shop/Checkout Orders", "Complete", (Eight.AddMinutes(-1), 7))));
        var answer = await AskAsync(["checkout"]);
        answer.Items.Select(s => s.ToString()).ShouldBe(
            ["checkout Shop/Checkout Latency Average", "checkout Shop/Checkout Orders Average"]);
        answer.Items[0].Kind.ShouldBe(SignalKind.Latency);
        peer.CallsOf("GetMetricData").Single().Form["MetricDataQueries.member.1.Expression"]
            .ShouldBe("SEARCH('\"checkout\"', 'Average', 60)");
    }

    [Fact]
    public async Task Pages_add_up_to_one_series()
    {
        peer.OnEach(
            "GetMetricData",
            CloudWatchXml.DataThen("2", CloudWatchXml.Result("q0_m", "Errors", "PartialData", (Eight.AddMinutes(-3), 1))),
            CloudWatchXml.Data(CloudWatchXml.Result("q0_m", "Errors", "Complete", (Eight.AddMinutes(-2), 2))));
        var answer = await AskAsync(["payments"], Alarm("payments-errors", "payments"));
        answer.Items.ShouldHaveSingleItem().Values.ShouldBe([1, 2]);
        answer.Gaps.ShouldBeEmpty();
        peer.CallsOf("GetMetricData")[1].Form["NextToken"].ShouldBe("2");
    }

    [Fact]
    public async Task What_comes_in_part_or_is_forbidden_is_named()
    {
        peer.On("GetMetricData", CloudWatchXml.Data(
            CloudWatchXml.Result("q0_m", "Errors", "PartialData", (Eight.AddMinutes(-3), 1)),
            CloudWatchXml.Result("q1_m", "Throttles", "Forbidden")));
        var answer = await AskAsync(["payments"], Alarm("payments-errors", "payments"));
        answer.Gaps.ShouldBe(["CloudWatch gave 1 of 2 series in part", "1 of 2 series are forbidden to us"]);
    }

    [Fact]
    public async Task Forbidden_for_all_is_a_denial()
    {
        peer.On("GetMetricData", CloudWatchXml.Data(CloudWatchXml.Result("q0_m", "Errors", "Forbidden")));
        await Should.ThrowAsync<SourceDeniedException>(() => AskAsync(["payments"], Alarm("payments-errors", "payments")));
    }

    [Fact]
    public async Task Without_the_right_to_list_alarms_the_events_still_say_what_to_ask()
    {
        peer.On("DescribeAlarms", PeerAnswer.XmlError("AccessDenied", "no", 403))
            .On("GetMetricData", CloudWatchXml.Data(
                CloudWatchXml.Result("q0_m", "Errors", "Complete", (Eight.AddMinutes(-3), 1))));
        var answer = await AskAsync(["payments"], Alarm("payments-errors", "payments"));
        answer.Items.Count.ShouldBe(1);
        answer.Gaps.ShouldHaveSingleItem().ShouldStartWith("alarms can't be listed");
    }

    [Fact]
    public async Task Metric_math_travels_with_its_inputs_under_ids_of_its_own()
    {
        const string math = """
            <Metrics>
              <member><Id>e1</Id><Expression>FILL(m1, 0) / m2 * 100</Expression><Label>error share</Label></member>
              <member><Id>m1</Id><ReturnData>false</ReturnData><MetricStat><Period>60</Period><Stat>Sum</Stat>
                <Metric><Namespace>Shop</Namespace><MetricName>Failed</MetricName></Metric></MetricStat></member>
              <member><Id>m2</Id><ReturnData>false</ReturnData><MetricStat><Period>60</Period><Stat>Sum</Stat>
                <Metric><Namespace>Shop</Namespace><MetricName>All</MetricName></Metric></MetricStat></member>
            </Metrics>
            """;
        peer.On("DescribeAlarms", CloudWatchXml.Alarms(
            $"<member><AlarmName>share</AlarmName>{math}</member>")).On("GetMetricData", CloudWatchXml.Data(
            CloudWatchXml.Result("q0_e1", "error share", "Complete", (Eight.AddMinutes(-1), 50))));
        var answer = await AskAsync(["shop"], Alarm("share", "shop") with { Signal = null });
        answer.Items.ShouldHaveSingleItem().ToString().ShouldBe("shop error share");
        var form = peer.CallsOf("GetMetricData").Single().Form;
        form["MetricDataQueries.member.1.Expression"].ShouldBe("FILL(q0_m1, 0) / q0_m2 * 100");
        form["MetricDataQueries.member.2.ReturnData"].ShouldBe("false");
    }

    [Fact]
    public async Task The_band_of_anomaly_detection_is_told_as_what_was_expected()
    {
        const string band = """
            <ThresholdMetricId>ad1</ThresholdMetricId><Metrics>
              <member><Id>m1</Id><ReturnData>true</ReturnData><MetricStat><Period>60</Period><Stat>Average</Stat>
                <Metric><Namespace>Shop</Namespace><MetricName>Latency</MetricName></Metric></MetricStat></member>
              <member><Id>ad1</Id><Expression>ANOMALY_DETECTION_BAND(m1, 2)</Expression><ReturnData>true</ReturnData></member>
            </Metrics>
            """;
        peer.On("DescribeAlarms", CloudWatchXml.Alarms($"<member><AlarmName>odd</AlarmName>{band}</member>"))
            .On("GetMetricData", CloudWatchXml.Data(
                CloudWatchXml.Result("q0_m", "Latency", "Complete", (Eight.AddMinutes(-1), 9)),
                CloudWatchXml.Result("q1_ad1", "band", "Complete", (Eight.AddMinutes(-1), 1)),
                CloudWatchXml.Result("q1_ad1", "band", "Complete", (Eight.AddMinutes(-1), 2))));
        var answer = await AskAsync(["shop"], Alarm("odd", "shop") with { Signal = null });
        answer.Items.Select(s => (s.Statistic, s.Values[0])).ShouldBe(
            [("Average", 9), ("expected at most", 2), ("expected at least", 1)]);
        answer.Items[1].Kind.ShouldBe(SignalKind.Other);
    }

    [Fact]
    public async Task Five_hundred_queries_fit_in_a_call_and_the_next_goes_into_another()
    {
        peer.On("DescribeAlarms", CloudWatchXml.Alarms(Enumerable.Range(0, 501).Select(
            i => CloudWatchXml.Plain($"a{i}", "Shop", $"M{i}", "Service", "shop"))));
        await AskAsync(["shop"]);
        peer.CallsOf("GetMetricData").Select(c => c.Form.Keys.Count(k => k.EndsWith(".Id", StringComparison.Ordinal)))
            .ShouldBe([500, 1]);
    }

    [Fact]
    public async Task One_refused_question_costs_the_others_nothing()
    {
        peer.On("DescribeAlarms", CloudWatchXml.Alarms(Enumerable.Range(0, 8).Select(
                i => CloudWatchXml.Plain($"a{i}", "Shop", $"M{i}", "Service", "shop"))))
            .On("GetMetricData", call => call.Form.Values.Contains("M5")
                ? PeerAnswer.XmlError("ValidationError", "bad metric")
                : CloudWatchXml.Data(call.Form.Where(p => p.Key.EndsWith(".Id", StringComparison.Ordinal))
                    .Select(p => CloudWatchXml.Result(p.Value, "", "Complete", (Eight.AddMinutes(-1), 1)))));
        var answer = await AskAsync(["shop"]);
        answer.Items.Count.ShouldBe(7);
        answer.Gaps.ShouldBe(["CloudWatch refuses the question for shop Shop M5"]);
    }

    [Fact]
    public async Task A_limit_on_queries_keeps_the_nearest_components_and_says_so()
    {
        peer.On("DescribeAlarms", CloudWatchXml.Alarms(
            CloudWatchXml.Plain("far", "Shop", "Far", "Service", "far"),
            CloudWatchXml.Plain("near", "Shop", "Near", "Service", "near")));
        var answer = await AskAsync(["near", "far"], new MetricSettings { MostQueries = 1 });
        answer.Gaps.ShouldBe(["asked for 1 of 2 metrics, nearest components first"]);
        peer.CallsOf("GetMetricData").Single().Form.Values.ShouldContain("Near");
    }

    [Fact]
    public async Task A_metric_of_another_account_is_asked_for_by_its_account()
    {
        await AskAsync(["payments"], Alarm("payments-errors", "payments") with { Account = "999999999999" });
        peer.CallsOf("GetMetricData").Single().Form["MetricDataQueries.member.1.AccountId"].ShouldBe("999999999999");
    }

    [Fact]
    public async Task A_throttle_that_stays_makes_the_source_unavailable()
    {
        peer.On("GetMetricData", PeerAnswer.XmlError("Throttling", "Rate exceeded"));
        await Should.ThrowAsync<SourceUnavailableException>(() => AskAsync(["payments"], Alarm("payments-errors", "payments")));
    }

    [Fact]
    public async Task Patience_that_ends_between_pages_leaves_what_came_and_a_word()
    {
        peer.On("GetMetricData", call =>
        {
            time.Pass(TimeSpan.FromSeconds(20));
            return CloudWatchXml.DataThen(
                "more", CloudWatchXml.Result("q0_m", "Errors", "PartialData", (Eight.AddMinutes(-9), 1)));
        });
        var answer = await AskAsync(["payments"], Alarm("payments-errors", "payments"));
        answer.Items.Count.ShouldBe(1);
        answer.Gaps.ShouldContain(gap => gap.StartsWith("stopped after 90 s", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2.9, 10, 10)]
    [InlineData(3.1, 10, 60)]
    [InlineData(24 * 15, 60, 60)]
    [InlineData((24 * 15) + 1, 60, 300)]
    [InlineData((24 * 63) + 1, 60, 3600)]
    [InlineData(24, 300, 300)]
    [InlineData((24 * 15) + 1, 900, 900)]
    [InlineData((24 * 15) + 1, 420, 600)]
    public void A_period_is_the_finest_that_is_still_kept(double ageHours, int own, int expected)
        => MetricPeriods.Seconds(Eight.AddHours(-ageHours), Eight, TimeSpan.FromSeconds(own)).ShouldBe(expected);

    private Task<SourceAnswer<IReadOnlyList<MetricSeries>>> AskAsync(IReadOnlyList<string> components, params Trigger[] members)
        => AskAsync(components, new MetricSettings { Account = "123456789012" }, members);

    private Task<SourceAnswer<IReadOnlyList<MetricSeries>>> AskAsync(
        IReadOnlyList<string> components, MetricSettings settings, params Trigger[] members)
        => new CloudWatchMetrics(client, new KnownIncidents(members), settings, time)
            .QueryAsync(new TelemetryQuery("INC-1", Window, components), default);

    private static Trigger Alarm(string name, string component) => new()
    {
        Source = TriggerSource.CloudWatch,
        SourceId = "1",
        Subject = $"arn:aws:cloudwatch:eu-central-1:123456789012:alarm:{name}",
        State = "ALARM",
        Condition = TriggerCondition.Firing,
        OccurredAt = Eight,
        Title = name,
        Account = "123456789012",
        Component = component,
        Signal = new SignalReference(
            "AWS/Lambda", "Errors", new Dictionary<string, string> { ["FunctionName"] = component }, "Sum",
            TimeSpan.FromMinutes(1)),
    };

    private static long Ms(DateTimeOffset time) => time.ToUnixTimeMilliseconds();
}
