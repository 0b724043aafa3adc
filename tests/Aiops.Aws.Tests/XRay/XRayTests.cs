using System.Text.Json;
using Aiops.Analysis;
using Aiops.Analysis.Telemetry;
using Aiops.Analysis.Topology;
using Aiops.Aws.Tests.Wire.Peer;
using Aiops.Aws.Wire;
using Aiops.Aws.XRay;
using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Aws.Tests.XRay;

public sealed class XRayTests : IAsyncLifetime
{
    private const string Graph = """
        {"Services":[
          {"ReferenceId":0,"Name":"users","Type":"client","Edges":[{"ReferenceId":1}]},
          {"ReferenceId":1,"Name":"shop-api/prod","Type":"AWS::ApiGateway::Stage","Edges":[{"ReferenceId":2}]},
          {"ReferenceId":2,"Name":"payments","Type":"AWS::Lambda","Edges":[{"ReferenceId":3}]},
          {"ReferenceId":3,"Name":"payments","Type":"AWS::Lambda::Function",
           "Edges":[{"ReferenceId":4},{"ReferenceId":5},{"ReferenceId":99}]},
          {"ReferenceId":4,"Name":"orders","Type":"AWS::DynamoDB::Table","Edges":[]},
          {"ReferenceId":5,"Name":"bank.example","Type":"remote","Edges":[]}]}
        """;

    private static readonly DateTimeOffset Eight = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly SteppingTime time = new() { Deadlines = TimeSpan.FromSeconds(20) };
    private readonly List<Span> spans = [];
    private AwsPeer peer = null!;
    private WireClient client = null!;

    public async Task InitializeAsync()
    {
        peer = await AwsPeer.StartAsync();
        peer.On("POST /ServiceGraph", Graph);
        client = new WireClient(peer.Options with { Time = time, MaxAttempts = 2 });
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await peer.DisposeAsync();
    }

    [Fact]
    public async Task Nodes_bear_the_names_that_alarms_use_and_clients_are_left_out()
    {
        var answer = await TopologyAsync(TimeSpan.FromHours(1));
        answer.Items.Calls.ShouldBe([new("payments", "bank.example"), new("payments", "orders"), new("shop-api", "payments")]);
        answer.Items.TypeOf("orders").ShouldBe("AWS::DynamoDB::Table");
        answer.Items.TypeOf("bank.example").ShouldBeNull();
        answer.Items.Contains("users").ShouldBeFalse();
    }

    [Fact]
    public async Task A_long_window_is_asked_for_six_hours_at_a_time_newest_first()
    {
        await TopologyAsync(TimeSpan.FromHours(13));
        var asked = peer.CallsOf("POST /ServiceGraph").Select(c => c.Json)
            .Select(j => (From: j.GetProperty("StartTime").GetInt64(), To: j.GetProperty("EndTime").GetInt64())).ToList();
        asked.Select(a => a.To - a.From).ShouldBe([6 * 3600, 6 * 3600, 3600]);
        asked[0].To.ShouldBe(Eight.ToUnixTimeSeconds());
        asked[^1].From.ShouldBe(Eight.AddHours(-13).ToUnixTimeSeconds());
    }

    [Fact]
    public async Task Application_Signals_adds_what_a_component_calls_and_what_calls_it()
    {
        peer.On("GET /services", """
                {"StartTime":1,"EndTime":2,"ServiceSummaries":[
                  {"KeyAttributes":{"Type":"Service","Name":"payments","Environment":"prod"},"MetricReferences":[]},
                  {"KeyAttributes":{"Type":"Service","Name":"elsewhere"},"MetricReferences":[]}]}
                """)
            .On("POST /service-dependencies", """
                {"StartTime":1,"EndTime":2,"ServiceDependencies":[{"OperationName":"POST /pay",
                  "DependencyOperationName":"SendMessage","DependencyKeyAttributes":{"Type":"AWS::Resource","ResourceType":"AWS::SQS::Queue","Identifier":"receipts"},
                  "MetricReferences":[]}]}
                """)
            .On("POST /service-dependents", """
                {"StartTime":1,"EndTime":2,"ServiceDependents":[{"DependentKeyAttributes":{"Type":"Service","Name":"checkout"},
                  "MetricReferences":[]}]}
                """);
        var answer = await TopologyAsync(TimeSpan.FromHours(1), new XRaySettings());
        answer.Items.CalleesOf("payments").ShouldContain("receipts");
        answer.Items.CallersOf("payments").ShouldBe(["checkout", "shop-api"]);
        answer.Items.TypeOf("receipts").ShouldBe("AWS::SQS::Queue");
        peer.CallsOf("POST /service-dependencies").Count.ShouldBe(1);
    }

    [Fact]
    public async Task One_of_two_that_may_not_be_asked_is_a_gap_and_both_are_a_denial()
    {
        peer.On("GET /services", PeerAnswer.Error("AccessDeniedException", "no", 403));
        var answer = await TopologyAsync(TimeSpan.FromHours(1), new XRaySettings());
        answer.Gaps.ShouldBe(["Application Signals ListServices: AccessDeniedException: no"]);
        peer.On("POST /ServiceGraph", PeerAnswer.Error("AccessDeniedException", "no", 403));
        await Should.ThrowAsync<SourceDeniedException>(() => TopologyAsync(TimeSpan.FromHours(1), new XRaySettings()));
    }

    [Fact]
    public async Task Segments_and_their_subsegments_become_spans()
    {
        Traces(1);
        var report = await TracesAsync(TimeSpan.FromHours(1), new XRaySettings());
        report.Count.ShouldBe(2);
        spans[0].ShouldBe(new Span(
            "1-5759e988-bd862e3fe1be46a994272793", "70de5b6f19ff9a0a", "", "payments", "POST /pay",
            Ns(Eight.AddMinutes(-30)), Ns(Eight.AddMinutes(-30)) + 500_000_000, Failed: true));
        (spans[1].ParentSpanId, spans[1].Component, spans[1].Operation, spans[1].Failed)
            .ShouldBe(("70de5b6f19ff9a0a", "payments", "DynamoDB PutItem", false));
        peer.CallsOf("POST /TraceSummaries").Single().Json.GetProperty("FilterExpression").GetString()
            .ShouldBe("service(\"payments\")");
    }

    [Fact]
    public async Task Traces_are_read_five_a_call()
    {
        Traces(11);
        await TracesAsync(TimeSpan.FromHours(1), new XRaySettings());
        peer.CallsOf("POST /Traces").Select(c => c.Json.GetProperty("TraceIds").GetArrayLength()).ShouldBe([5, 5, 1]);
    }

    [Theory]
    [InlineData(10, 0)]
    [InlineData(11, 1)]
    public async Task Of_many_traces_some_are_read_from_all_over_the_window(int traces, int gaps)
    {
        Traces(traces);
        var report = await TracesAsync(TimeSpan.FromHours(1), new XRaySettings { MostTraces = 10 });
        var read = peer.CallsOf("POST /Traces").SelectMany(c => c.Json.GetProperty("TraceIds").EnumerateArray())
            .Select(id => id.GetString()).ToList();
        read.Count.ShouldBe(10);
        read[0].ShouldBe("t0");
        report.Gaps.Count.ShouldBe(gaps);
    }

    [Fact]
    public async Task Traces_that_X_Ray_did_not_give_are_counted()
    {
        peer.On("POST /TraceSummaries", """{"TraceSummaries":[{"Id":"t1"}]}""")
            .On("POST /Traces", """{"Traces":[],"UnprocessedTraceIds":["t1"]}""");
        (await TracesAsync(TimeSpan.FromHours(1), new XRaySettings())).Gaps.ShouldBe(["X-Ray gave 1 traces not at all"]);
    }

    [Fact]
    public async Task A_segment_that_is_no_document_leaves_the_others()
    {
        peer.On("POST /TraceSummaries", """{"TraceSummaries":[{"Id":"t1"}]}""").On("POST /Traces", """
            {"Traces":[{"Id":"t1","Segments":[{"Id":"a","Document":"{oops"},{"Id":"b","Document":"[]"},
              {"Id":"c","Document":"{\"id\":\"c\",\"name\":\"x\",\"start_time\":1772436600,\"end_time\":1772436601}"},
              {"Id":"d","Document":"{\"id\":\"d\",\"name\":\"x\",\"start_time\":1772436600,\"in_progress\":true}"}]}]}
            """);
        (await TracesAsync(TimeSpan.FromHours(1), new XRaySettings())).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Time_that_runs_out_leaves_what_came_and_a_word()
    {
        Traces(1);
        peer.On("POST /TraceSummaries", _ =>
        {
            time.Pass(TimeSpan.FromSeconds(24));
            return """{"TraceSummaries":[{"Id":"t1"}],"NextToken":"more"}""";
        });
        var report = await TracesAsync(TimeSpan.FromHours(24), new XRaySettings { TracePatience = TimeSpan.FromSeconds(60) });
        report.Gaps.ShouldContain("4 of 4 parts of the window weren't read within 60 s");
    }

    private void Traces(int count)
    {
        var start = Eight.AddMinutes(-30).ToUnixTimeSeconds();
        var document = JsonSerializer.Serialize($$"""
            {"id":"70de5b6f19ff9a0a","name":"payments","start_time":{{start}}.0,"end_time":{{start}}.5,"fault":true,
             "http":{"request":{"method":"POST","url":"https://shop.example/pay?id=1"} },
             "subsegments":[{"id":"53995c3f42cd8ad8","name":"DynamoDB","namespace":"aws","aws":{"operation":"PutItem"},
               "start_time":{{start}}.1,"end_time":{{start}}.2}]}
            """);
        var ids = Enumerable.Range(0, count).Select(i => $$"""{"Id":"t{{i}}"}""");
        peer.On("POST /TraceSummaries", "{\"TraceSummaries\":[" + string.Join(',', ids) + "]}")
            .On("POST /Traces", """{"Traces":[{"Id":"1-5759e988-bd862e3fe1be46a994272793","Segments":[{"Document":"""
                + document + "}]}]}");
    }

    private Task<SourceAnswer<ServiceGraph>> TopologyAsync(TimeSpan length, XRaySettings? settings = null)
        => new XRayTopology(client, settings ?? new XRaySettings { ApplicationSignals = false }, time)
            .QueryAsync(Query(length), default);

    private Task<SourceReport> TracesAsync(TimeSpan length, XRaySettings settings)
        => new XRayTraces(client, settings, time).ReadAsync(Query(length), (in span) => spans.Add(span), default);

    private static TelemetryQuery Query(TimeSpan length) => new("INC-1", new TimeWindow(Eight - length, Eight), ["payments"]);

    private static long Ns(DateTimeOffset at) => at.ToUnixTimeMilliseconds() * 1_000_000;
}
