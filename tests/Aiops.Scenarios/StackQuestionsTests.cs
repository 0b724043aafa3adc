using System.Diagnostics;
using System.Text.Json.Nodes;
using Aiops.Ask.DuckDb;
using Aiops.Aws.DynamoDb;
using Aiops.Aws.DynamoDb.Models;
using Aiops.Aws.Tests.Emulators;
using Aiops.Local.Recordings;
using Aiops.Pipeline.Reason.Models;
using Aiops.PortTests.Running;
using Aiops.Scenarios.Running;
using Aiops.ScriptedModel;

namespace Aiops.Scenarios;

/// <summary><c>aiops ask --stack</c>: the stack's incidents, the stack's model, the stack's budget.</summary>
[NeedsEmulatorsAndDuckDb]
public sealed class StackQuestionsTests(DynamoServer dynamo, QueueAndBucketServer queues) : IClassFixture<DynamoServer>, IClassFixture<QueueAndBucketServer>, IDisposable
{
    private const string Model = "anthropic.claude-sonnet-4-20250514-v1:0";
    private const string Question = "Wie viele Störungen hat es je gegeben?"; // No trusted pair is like it.

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("aiops-ask-stack-");

    public void Dispose() => folder.Delete(recursive: true);

    [PortFact]
    public async Task A_question_is_asked_of_the_stack_s_model_as_its_parameter_has_it_and_charged_to_its_day()
    {
        var recording = Recording.Open(Path.Combine(EveryHostTests.Root, "recordings", "bad-deployment"));
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Say("""{"sql": "SELECT count(*) AS n FROM incidents", "title": "Störungen", "chart": "none"}""", inputTokens: 2_000, outputTokens: 40));
        await using var aws = await AwsRunner.StartAsync(recording, dynamo, queues);
        await RecordedIncident.TellAsync(aws, recording);
        await using var stacks = await CloudFormationPeer.StartAsync(aws.Settings with { ModelParameter = "/aiops-test/model" });
        await using var parameters = await ParametersPeer.StartAsync();

        var begun = TimeProvider.System.GetUtcNow();
        parameters.Text = $$"""{ "provider": "bedrock", "model": "{{Model}}", "endpoint": "{{model.BedrockBase}}", "price": { "input": 3, "output": 15 } }""";
        var (code, answer, _) = await AskAsync(stacks, parameters, Question);
        code.ShouldBe(0, answer);
        ((int)JsonNode.Parse(answer)!["rows"]![0]![0]!).ShouldBe(1);
        model.Requests.ShouldHaveSingleItem().Model.ShouldBe(Model);
        model.Complaints.ShouldBeEmpty();
        DynamoModelBudget budget = new(dynamo.Open(aws.Settings.Table, TimeProvider.System), new DynamoStoreOptions());
        var spent = ModelSpend.Zero;
        foreach (var day in new[] { begun, TimeProvider.System.GetUtcNow() }.Select(at => DateOnly.FromDateTime(at.UtcDateTime)).Distinct()) // Midnight may pass.
        {
            spent += await budget.SpentAsync(ModelReservation.DayAccount(day), default);
        }

        (spent.Calls, spent.MicroDollars).ShouldBe((1, 2_000 * 3 + 40 * 15));

        foreach (var (value, why) in new (string? Value, string? Why)[]
        {
            ("off", null), (null, "/aiops-test/model"), ("nothing that is JSON", "no JSON"),
            ("""{ "provider": "openai", "model": "m", "endpoint": "http://127.0.0.1:1/v1" }""", "must be bedrock"),
        })
        {
            parameters.Text = value;
            var (without, _, said) = await AskAsync(stacks, parameters, Question);
            without.ShouldBe(4);
            if (why is null)
            {
                said.ShouldBeEmpty(); // That it is off is nobody's mistake.
            }
            else
            {
                said.ShouldContain(why);
            }
        }

        model.Requests.Count.ShouldBe(1);
    }

    [PortFact]
    public async Task What_asks_no_question_needs_no_model_and_complains_of_none()
    {
        var folderOfRecording = Path.Combine(EveryHostTests.Root, "recordings", "bad-deployment");
        await using var aws = await AwsRunner.StartAsync(Recording.Open(folderOfRecording), dynamo, queues);
        await using var stacks = await CloudFormationPeer.StartAsync(aws.Settings with { ModelParameter = "/aiops-test/model" });
        await using var parameters = await ParametersPeer.StartAsync();
        parameters.Text = "nothing that is JSON";
        foreach (var words in (string[][])[["tables"], ["report", "payments", "--recording", folderOfRecording]])
        {
            var (code, answer, said) = await AskAsync(stacks, parameters, words);
            code.ShouldBe(0, said);
            answer.ShouldContain(words[0] == "tables" ? "incidents" : "payments");
            said.ShouldBeEmpty();
        }

        parameters.Requests.ShouldBe(0);
        (await AskAsync(stacks, parameters, Question)).Errors.ShouldContain("no JSON");
        parameters.Requests.ShouldBe(1);
    }

    private async Task<(int ExitCode, string Output, string Errors)> AskAsync(
        CloudFormationPeer stacks, ParametersPeer parameters, params string[] words)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        var program = Path.Combine(AppContext.BaseDirectory, "aiops.dll");
        foreach (var argument in (string[])[program, "ask", .. words, "--stack", CloudFormationPeer.StackName, "--json"])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in new[]
        {
            ("AWS_REGION", "eu-west-1"), ("AWS_ACCESS_KEY_ID", "test"), ("AWS_SECRET_ACCESS_KEY", "test"),
            ("AWS_ENDPOINT_URL_CLOUDFORMATION", stacks.Address.ToString()), ("AWS_ENDPOINT_URL_DYNAMODB", dynamo.Url),
            ("AWS_ENDPOINT_URL_S3", queues.Url), ("AWS_ENDPOINT_URL_SQS", queues.Url), ("AWS_ENDPOINT_URL_SSM", parameters.Address.ToString()),
            ("AIOPS_STATE", folder.FullName),
        })
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1), TimeProvider.System);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}

/// <summary>Its tests need the servers of tests/npm and DuckDB's library.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsEmulatorsAndDuckDbAttribute : NeedsAttribute
{
    public override string? ReasonToSkip
        => new NeedsEmulatorsAttribute().ReasonToSkip ?? (RequireAll || DuckDbLibrary.IsThere ? null : $"needs DuckDB's library. {DuckDbLibrary.Remedy}");
}
