using System.Text;
using System.Text.Json;
using Aiops.Aws.Bedrock;
using Aiops.Aws.Tests.Emulators;
using Aiops.Aws.Wire;
using Aiops.Local.Recordings;
using Aiops.Pipeline.Reason;
using Aiops.Pipeline.Reason.Answer;
using Aiops.Pipeline.Reason.Models;
using Aiops.PortTests.Running;
using Aiops.Reason.Tests.Runs;
using Aiops.Scenarios.Running;
using Aiops.ScriptedModel;
using Amazon.Runtime;

namespace Aiops.Scenarios;

/// <summary>A language model in an incident's story: the same on both hosts, and no condition of any comment.</summary>
[NeedsEmulators]
public sealed class ModelTests(DynamoServer dynamo, QueueAndBucketServer queues) : IClassFixture<DynamoServer>, IClassFixture<QueueAndBucketServer>
{
    private const string Model = "anthropic.claude-sonnet-4-20250514-v1:0";

    private static readonly Recording Told = Recording.Open(Directory.EnumerateDirectories(Path.Combine(EveryHostTests.Root, "recordings")).Order().First());

    [PortFact]
    public async Task What_a_model_says_comes_to_the_same_on_every_host()
    {
        await using var server = await ScriptedModelServer.StartAsync(Answer);
        var settings = SettingsOf(server);
        using WireClient wire = new(new WireOptions
        {
            Region = "eu-west-1",
            ServiceUrl = server.BedrockBase,
            Credentials = new BasicAWSCredentials("test", "test"),
            Jitter = () => 0.5,
        });
        var model = new ModelAccess(new BedrockChatClient(wire, new BedrockOptions { Model = Model }), ModelSettingsReader.Read(Encoding.UTF8.GetBytes(settings), "the settings"));
        await using var local = await LocalRunner.StartAsync(Told, model);
        await using var aws = await AwsRunner.StartAsync(Told, dynamo, queues, settings);
        var here = await RecordedIncident.TellAsync(local, Told);
        var there = await RecordedIncident.TellAsync(aws, Told);

        server.Complaints.ShouldBeEmpty();
        server.Requests.ShouldNotBeEmpty();
        there.Select(told => told.Report).ShouldBe(here.Select(told => told.Report));
        here.ShouldContain(told => told.Comment!.Contains($"{Model} explained"));
        there.ShouldContain(told => told.Comment!.Contains($"{Model} explained"));
    }

    [PortFact]
    public async Task An_incident_that_had_to_do_without_the_model_is_explained_in_place_when_the_model_is_back()
    {
        var away = true;
        await using var server = await ScriptedModelServer.StartAsync(request => away ? new ScriptedReply.NoCredentials() : Answer(request));
        await using var aws = await AwsRunner.StartAsync(Told, dynamo, queues, SettingsOf(server));
        await foreach (var recorded in Told.EventsAsync(default))
        {
            await aws.AdvanceAsync(recorded.ReceivedAt ?? aws.Now);
            await aws.SendAsync(recorded.Body);
            if ((await aws.IncidentsAsync()).Count > 0)
            {
                break; // It stays open: nobody says that all is well again.
            }
        }

        await PassAsync(aws, TimeSpan.FromMinutes(5));
        var without = (await aws.IncidentsAsync()).ShouldHaveSingleItem();
        without.Comment!.ShouldContain($"{Model} gave no answer");

        // However often the sweep runs: it asks once, and then not for a while.
        await aws.AdvanceAsync(aws.Now + ModelReturn.Longest);
        var before = server.Requests.Count;
        await aws.AdvanceAsync(aws.Now);
        (server.Requests.Count - before).ShouldBe(1);

        away = false;
        await PassAsync(aws, ModelReturn.Longest);
        await PassAsync(aws, TimeSpan.FromMinutes(5));
        var enriched = (await aws.IncidentsAsync()).Single(told => told.Incident.Id == without.Incident.Id);
        enriched.Comment!.ShouldContain($"{Model} explained");
        enriched.CommentVersion.ShouldBeGreaterThan(without.CommentVersion);
    }

    [PortTheory]
    [InlineData("""{ "provider": "openai", "model": "llama3.1:8b", "endpoint": "http://127.0.0.1:11434/v1" }""", "must be bedrock")]
    [InlineData("""{ "provider": "bedrock", "model": "amazon.nova-pro-v1:0" }""", "price")]
    [InlineData("nothing that is JSON", "no JSON")]
    public async Task Settings_that_cannot_be_used_cost_no_comment_which_says_so(string settings, string why)
    {
        await using var aws = await AwsRunner.StartAsync(Told, dynamo, queues, settings);
        var told = await TellAsync(aws);

        told.Comment!.ShouldContain("The language model gave no answer");
        told.Comment!.ShouldContain(why);
        told.Diagnosis.ShouldNotBeNull();
    }

    [PortFact]
    public async Task A_model_that_is_switched_off_leaves_no_trace()
    {
        await using var none = await AwsRunner.StartAsync(Told, dynamo, queues);
        await using var off = await AwsRunner.StartAsync(Told, dynamo, queues, "off\n");

        (await TellAsync(off)).Report.ShouldBe((await TellAsync(none)).Report);
    }

    // And does what is due at its end, too.
    private static async Task PassAsync(AwsRunner runner, TimeSpan time)
    {
        await runner.AdvanceAsync(runner.Now + time);
        await runner.AdvanceAsync(runner.Now);
    }

    private static async Task<ToldIncident> TellAsync(AwsRunner runner)
    {
        await foreach (var recorded in Told.EventsAsync(default))
        {
            await runner.AdvanceAsync(recorded.ReceivedAt ?? runner.Now);
            await runner.SendAsync(recorded.Body);
        }

        await runner.AdvanceAsync(runner.Now.AddMinutes(30));
        return (await runner.IncidentsAsync())[0];
    }

    private static ScriptedReply Answer(ScriptedRequest request) => request.ResponseSchema is null
        ? ScriptedReply.Say("yes")
        : ScriptedReply.Say(JsonSerializer.Serialize(Analyst.Answer(BriefReading.Of(request)), AnswerJson.Default.ModelAnswer), inputTokens: 9_000, outputTokens: 900);

    private static string SettingsOf(ScriptedModelServer server)
        => $$"""{ "provider": "bedrock", "model": "{{Model}}", "endpoint": "{{server.BedrockBase}}", "price": { "input": 3, "output": 15 } }""";
}
