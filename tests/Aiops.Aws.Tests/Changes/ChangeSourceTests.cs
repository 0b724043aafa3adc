using System.Text.Json;
using Aiops.Analysis;
using Aiops.Analysis.Telemetry;
using Aiops.Aws.Changes;
using Aiops.Aws.CloudTrail;
using Aiops.Aws.Tests.Wire.Peer;
using Aiops.Aws.Wire;
using Aiops.Pipeline.GatherContext.Sources;
using Amazon.Runtime;

namespace Aiops.Aws.Tests.Changes;

public sealed class ChangeSourceTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Eight = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly ChangeSettings Settings = new() { Account = "123456789012" };

    private readonly SteppingTime time = new() { Deadlines = TimeSpan.FromSeconds(20) };
    private readonly KnownChanges table = new();
    private AwsPeer peer = null!;
    private WireClient client = null!;

    public async Task InitializeAsync()
    {
        peer = await AwsPeer.StartAsync();
        client = new WireClient(peer.Options with { Time = time, MaxAttempts = 2 });
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await peer.DisposeAsync();
    }

    [Fact]
    public async Task What_was_recorded_is_told_and_CloudTrail_left_alone()
    {
        table.Records.Add(Record("b", Eight.AddMinutes(-5)));
        table.Records.Add(Record("a", Eight.AddMinutes(-9)));
        table.Records.Add(Record("late", Eight));
        var answer = await AskAsync(Settings);
        answer.Items.Select(c => c.Reference).ShouldBe(["a", "b"]);
        answer.Gaps.ShouldBeEmpty();
        peer.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_empty_window_is_filled_from_CloudTrails_history_and_kept()
    {
        peer.OnEach(
            "LookupEvents",
            Page("more", Trail("e1", "UpdateFunctionCode"), Trail("e2", "AssumeRole")),
            Page(null, Trail("e3", "PutParameter")));
        var answer = await AskAsync(Settings);
        answer.Items.Select(c => c.Reference).ShouldBe(["e1", "e3"], ignoreOrder: true);
        answer.Gaps.ShouldHaveSingleItem().ShouldStartWith("no API call was recorded as it happened");
        table.Records.Count.ShouldBe(2);
        var asked = peer.CallsOf("LookupEvents")[0].Json;
        asked.GetProperty("LookupAttributes").GetRawText().ShouldBe("""[{"AttributeKey":"ReadOnly","AttributeValue":"false"}]""");
        time.Waits.ShouldBe([TimeSpan.FromMilliseconds(500)]);
    }

    [Fact]
    public async Task Where_deployments_alone_were_recorded_CloudTrail_is_asked_for_the_calls()
    {
        table.Records.Add(Deployment("d1", Eight.AddMinutes(-9)));
        peer.On("LookupEvents", Page(null, Trail("e1", "UpdateFunctionCode")));
        var answer = await AskAsync(Settings);
        answer.Items.Select(c => c.Reference).ShouldBe(["e1", "d-d1"]);
        answer.Gaps.ShouldHaveSingleItem().ShouldStartWith("no API call was recorded as it happened");
    }

    [Fact]
    public void An_API_call_is_told_from_a_deployment_by_what_it_refers_to()
    {
        using var call = JsonDocument.Parse($$"""{"detail-type":"AWS API Call via CloudTrail","detail":{{Trail("e1", "PutParameter")}} }""");
        ChangeEvents.Read(call.RootElement)!.IsApiCall.ShouldBeTrue();
        using var deployed = JsonDocument.Parse("""
            {"id":"e2","detail-type":"CodeDeploy Deployment State-change Notification","account":"123456789012",
             "time":"2026-03-02T07:30:00Z","detail":{"state":"START","application":"payments","deploymentId":"d-1"} }
            """);
        ChangeEvents.Read(deployed.RootElement)!.IsApiCall.ShouldBeFalse();
    }

    [Fact]
    public async Task A_table_that_takes_nothing_costs_no_answer_and_is_asked_once()
    {
        table.Refuses = true;
        peer.OnEach(
            "LookupEvents", Page("more", Trail("e1", "UpdateFunctionCode")), Page(null, Trail("e2", "UpdateFunctionCode")));
        var answer = await AskAsync(Settings);
        answer.Items.Select(c => c.Reference).ShouldBe(["e1", "e2"], ignoreOrder: true);
        table.Refused.ShouldBe(1);
    }

    [Fact]
    public async Task A_history_that_breaks_off_is_told_as_far_as_it_was_read()
    {
        peer.OnEach(
            "LookupEvents", Page("more", Trail("e1", "UpdateFunctionCode")), PeerAnswer.Error("AccessDeniedException", "no"));
        var answer = await AskAsync(Settings);
        answer.Items.Select(c => c.Reference).ShouldBe(["e1"]);
        answer.Gaps[^1].ShouldBe("CloudTrail LookupEvents: AccessDeniedException: no; changes it told before that: 1");
    }

    [Fact]
    public async Task CloudTrails_history_is_read_so_far_and_no_further()
    {
        peer.On("LookupEvents", Page("more", Trail("e1", "UpdateFunctionCode")));
        var answer = await AskAsync(Settings with { MostLookups = 3 });
        peer.CallsOf("LookupEvents").Count.ShouldBe(3);
        answer.Gaps.ShouldContain("CloudTrail has more than the newest 150 write events of the window");
    }

    [Fact]
    public async Task Without_the_right_to_look_back_the_table_still_answers()
    {
        peer.On("LookupEvents", PeerAnswer.Error("AccessDeniedException", "no"));
        var answer = await AskAsync(Settings);
        answer.Items.ShouldBeEmpty();
        answer.Gaps.ShouldBe(["CloudTrail LookupEvents: AccessDeniedException: no"]);
    }

    [Fact]
    public async Task Application_Signals_adds_what_it_saw_of_the_components_where_that_is_on()
    {
        table.Records.Add(Record("a", Eight.AddMinutes(-9)));
        peer.On("POST /service/states", """
            {"StartTime":1,"EndTime":2,"ServiceStates":[
              {"Service":{"Type":"Service","Name":"payments"},"LatestChangeEvents":[{"Timestamp":1772438100,"AccountId":"1",
                "Region":"r","Entity":{"Name":"payments"},"ChangeEventType":"DEPLOYMENT","EventId":"s1"}]},
              {"Service":{"Type":"Service","Name":"elsewhere"},"LatestChangeEvents":[]}]}
            """).On("POST /events", """
            {"StartTime":1,"EndTime":2,"ChangeEvents":[{"Timestamp":1772438100,"AccountId":"123456789012","Region":"eu-central-1",
              "Entity":{"Name":"payments"},"ChangeEventType":"DEPLOYMENT","EventId":"s1","UserName":"alice",
              "EventName":"UpdateService"}]}
            """);
        var answer = await AskAsync(Settings with { ApplicationSignals = true });
        answer.Items[1].ShouldBe(new Change(
            Eight.AddMinutes(-5), "payments", ChangeKind.Deployment, "UpdateService of payments", "alice", "s1"));
    }

    [Fact]
    public async Task Config_adds_what_it_recorded_anew_where_that_is_on()
    {
        table.Records.Add(Record("a", Eight.AddMinutes(-9)));
        const string row = """
            {"resourceId":"orders","resourceName":"orders","resourceType":"AWS::DynamoDB::Table",
             "configurationItemCaptureTime":"2026-03-02T07:55:00.000Z"}
            """;
        peer.On("SelectResourceConfig", "{\"Results\":[" + JsonSerializer.Serialize(row) + "]}");
        var answer = await AskAsync(Settings with { Config = true });
        answer.Items[1].Summary.ShouldBe("Config recorded orders (AWS::DynamoDB::Table) anew");
    }

    [Fact]
    public async Task A_recorder_that_is_off_is_a_gap()
    {
        table.Records.Add(Record("a", Eight.AddMinutes(-9)));
        peer.On("SelectResourceConfig", PeerAnswer.Error("NoAvailableConfigurationRecorderException", "off"));
        var answer = await AskAsync(Settings with { Config = true });
        answer.Gaps.ShouldHaveSingleItem().ShouldContain("NoAvailableConfigurationRecorder");
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(4, 1)]
    public async Task Of_very_many_changes_the_newest_are_told(int changes, int gaps)
    {
        for (var i = 0; i < changes; i++)
        {
            table.Records.Add(Record($"{i}", Eight.AddMinutes(i - 10)));
        }

        var answer = await AskAsync(Settings with { Most = 3 });
        answer.Items.Count.ShouldBe(3);
        answer.Items[^1].Reference.ShouldBe($"{changes - 1}");
        answer.Gaps.Count.ShouldBe(gaps);
    }

    private async Task<SourceAnswer<IReadOnlyList<Change>>> AskAsync(ChangeSettings settings)
    {
        using TrailLookup lookup = new(client, time);
        return await new ChangeSource(table, lookup, client, settings, time).QueryAsync(
            new TelemetryQuery("INC-1", new TimeWindow(Eight.AddHours(-1), Eight), ["payments"]), default);
    }

    private static ChangeRecord Record(string id, DateTimeOffset at)
        => new(id, "123456789012", new Change(at, "payments", ChangeKind.Deployment, "deployed", "alice", id));

    private static ChangeRecord Deployment(string id, DateTimeOffset at)
        => new(id, "123456789012", new Change(at, "payments", ChangeKind.Deployment, "deployed", "", $"d-{id}"));

    private static PeerAnswer Page(string? next, params string[] records)
    {
        var events = string.Join(',', records.Select(r => "{\"CloudTrailEvent\":" + JsonSerializer.Serialize(r) + "}"));
        return "{\"Events\":[" + events + "]" + (next is null ? "" : $",\"NextToken\":\"{next}\"") + "}";
    }

    private static string Trail(string id, string name) => $$"""
        {"eventID":"{{id}}","eventName":"{{name}}","eventSource":"lambda.amazonaws.com","eventTime":"2026-03-02T07:30:00Z",
         "readOnly":false,"recipientAccountId":"123456789012","requestParameters":{"functionName":"payments"},
         "userIdentity":{"type":"IAMUser","userName":"bob"} }
        """;

    private sealed class KnownChanges : IChangeTable
    {
        public List<ChangeRecord> Records { get; } = [];

        public bool Refuses { get; set; }

        public int Refused { get; private set; }

        public Task<bool> AddAsync(ChangeRecord record, CancellationToken cancellationToken)
        {
            if (Refuses)
            {
                Refused++;
                throw new AmazonServiceException("not authorized to perform: dynamodb:PutItem");
            }

            var isNew = Records.TrueForAll(r => r.EventId != record.EventId);
            if (isNew)
            {
                Records.Add(record);
            }

            return Task.FromResult(isNew);
        }

        public Task<IReadOnlyList<ChangeRecord>> WithinAsync(
            string account, TimeWindow window, int most, CancellationToken cancellationToken)
            => Task.FromResult<IReadOnlyList<ChangeRecord>>(
                [.. Records.Where(r => window.Contains(r.Change.At)).OrderBy(r => r.Change.At).TakeLast(most)]);
    }
}
