using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aiops.Aws.Tests.Emulators;
using Aiops.Local.Recordings;
using Aiops.PortTests.Running;
using Aiops.Scenarios.Running;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Aiops.Scenarios;

/// <summary><c>aiops mcp --stack</c> as an agent's client starts it: a process of its own, told by the AWS environment where to look.</summary>
[NeedsEmulators]
public sealed class StackToolsTests(DynamoServer dynamo, QueueAndBucketServer queues)
    : IClassFixture<DynamoServer>, IClassFixture<QueueAndBucketServer>, IAsyncLifetime
{
    private const string Reviewer = "rV3-reviewer-token-0123456789abcde";
    private const string Reader = "rV3-reader-token-0123456789abcdef";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("aiops-mcp-stack-");
    private AwsRunner aws = null!;
    private CloudFormationPeer stacks = null!;
    private ToldIncident told = null!;

    private string Tokens => Path.Combine(folder.FullName, "tokens.json");

    private string Id => told.Incident.Id;

    public async Task InitializeAsync()
    {
        if (new NeedsEmulatorsAttribute().ReasonToSkip is not null)
        {
            return;
        }

        var recording = Recording.Open(Path.Combine(EveryHostTests.Root, "recordings", "bad-deployment"));
        aws = await AwsRunner.StartAsync(recording, dynamo, queues);
        told = (await RecordedIncident.TellAsync(aws, recording)).ShouldHaveSingleItem();
        stacks = await CloudFormationPeer.StartAsync(aws.Settings);
        await File.WriteAllTextAsync(Tokens, new JsonArray(Holder("Rev", Reviewer, "reviewer"), Holder("Rea", Reader, "reader")).ToJsonString());
    }

    public async Task DisposeAsync()
    {
        if (new NeedsEmulatorsAttribute().ReasonToSkip is null)
        {
            await stacks.DisposeAsync();
            await aws.DisposeAsync();
        }

        folder.Delete(recursive: true);
    }

    [PortFact]
    public async Task An_agent_reads_a_stack_s_incident_as_it_reads_a_folder_s()
    {
        await using var client = await ConnectAsync(token: null);
        var tools = (await client.ListToolsAsync()).Select(tool => tool.Name).ToList();
        new[] { "list_incidents", "get_report", "query_metrics", "get_evidence", "similar_cases", "search_knowledge", "explain_grouping" }.ShouldBeSubsetOf(tools);
        tools.ShouldNotContain("review_incident");

        var listed = (await AskAsync(client, "list_incidents")).GetProperty("incidents").EnumerateArray().ShouldHaveSingleItem();
        listed.GetProperty("id").GetString().ShouldBe(Id);
        listed.GetProperty("suspect").GetString().ShouldBe("payments");
        listed.GetProperty("reviewed").GetString().ShouldBe("confirmed");

        var report = await AskAsync(client, "get_report", ("incidentId", Id));
        report.GetProperty("comment").GetString().ShouldBe(told.Comment);
        var cited = report.GetProperty("hypotheses")[0].GetProperty("for")[0];
        var evidence = await AskAsync(client, "get_evidence", ("incidentId", Id), ("evidenceId", cited.GetProperty("id").GetString()!));
        evidence.GetProperty("evidence").GetProperty("statement").GetString().ShouldBe(cited.GetProperty("statement").GetString());

        (await AskAsync(client, "query_metrics", ("incidentId", Id), ("component", "payments"))).GetProperty("total").GetInt32().ShouldBeGreaterThan(0);
        (await AskAsync(client, "query_changes", ("incidentId", Id))).GetProperty("entries")[0].GetProperty("component").GetString().ShouldBe("payments");
        (await AskAsync(client, "explain_grouping", ("incidentId", Id))).GetProperty("decisions").GetArrayLength().ShouldBe(Math.Min(told.Decisions.Count, 20));
        (await AskAsync(client, "similar_cases", ("incidentId", Id))).TryGetProperty("cases", out _).ShouldBeTrue();
        (await AskAsync(client, "search_knowledge", ("text", "payments release"))).GetProperty("found")[0].GetProperty("id").GetString().ShouldBe(Id, "it was confirmed, and is a case");

        var text = (await client.ReadResourceAsync($"aiops://incidents/{Id}/report")).Contents.OfType<TextResourceContents>().ShouldHaveSingleItem().Text;
        text.ShouldContain("payments");
    }

    [PortTheory]
    [InlineData(null)]
    [InlineData(Reader)]
    public async Task Without_a_reviewer_s_token_no_review_reaches_the_stack(string? token)
    {
        await using var client = await ConnectAsync(token);
        (await client.ListToolsAsync()).ShouldNotContain(tool => tool.Name == "review_incident");
        (await ReviewAsync(client)).IsError.ShouldBe(true);
        await aws.AdvanceAsync(aws.Now);
        (await AskAsync(client, "list_incidents")).GetProperty("incidents")[0].GetProperty("reviewed").GetString().ShouldBe("confirmed");
    }

    [PortFact]
    public async Task A_reviewer_s_review_goes_through_the_stack_s_own_workflow_and_is_what_it_knows_from_then_on()
    {
        await using var client = await ConnectAsync(Reviewer);
        var given = await ReviewAsync(client);
        given.IsError.ShouldNotBe(true, Text(given));
        given.StructuredContent!.Value.GetProperty("result").GetProperty("reviewer").GetString().ShouldBe("Rev");
        await aws.AdvanceAsync(aws.Now); // The workflow that it started goes on.
        (await AskAsync(client, "list_incidents")).GetProperty("incidents")[0].GetProperty("reviewed").GetString().ShouldBe("corrected");
        (await AskAsync(client, "search_knowledge", ("text", "inventory"))).GetProperty("found")[0].GetProperty("id").GetString().ShouldBe(Id);
    }

    private async Task<McpClient> ConnectAsync(string? token)
    {
        Dictionary<string, string?> environment = new()
        {
            ["AWS_REGION"] = "eu-west-1",
            ["AWS_ACCESS_KEY_ID"] = "test",
            ["AWS_SECRET_ACCESS_KEY"] = "test",
            ["AWS_ENDPOINT_URL_CLOUDFORMATION"] = stacks.Address.ToString(),
            ["AWS_ENDPOINT_URL_DYNAMODB"] = dynamo.Url,
            ["AWS_ENDPOINT_URL_S3"] = queues.Url,
            ["AWS_ENDPOINT_URL_SQS"] = queues.Url,
            ["AWS_ENDPOINT_URL_SFN"] = aws.Workflows.ToString(),
            ["AIOPS_MCP_TOKEN"] = token,
        };
        return await McpClient.CreateAsync(new StdioClientTransport(new StdioClientTransportOptions
        {
            Command = "dotnet",
            Arguments = [Path.Combine(AppContext.BaseDirectory, "aiops.dll"), "mcp", "--stack", CloudFormationPeer.StackName, "--tokens", Tokens],
            EnvironmentVariables = environment,
        }));
    }

    private Task<CallToolResult> ReviewAsync(McpClient client) => CallAsync(
        client, "review_incident", ("incidentId", Id), ("verdict", "corrected"), ("round", 1), ("component", "inventory"),
        ("cause", "inventory held a lock"));

    private static async Task<JsonElement> AskAsync(McpClient client, string tool, params (string Name, object Value)[] arguments)
    {
        var result = await CallAsync(client, tool, arguments);
        result.IsError.ShouldNotBe(true, Text(result));
        return result.StructuredContent!.Value.GetProperty("result");
    }

    private static async Task<CallToolResult> CallAsync(McpClient client, string tool, params (string Name, object Value)[] arguments)
        => await client.CallToolAsync(tool, arguments.ToDictionary(one => one.Name, one => (object?)one.Value));

    private static string Text(CallToolResult result) => string.Join('\n', result.Content.OfType<TextContentBlock>().Select(block => block.Text));

    private static JsonObject Holder(string name, string token, string role) => new()
    {
        ["name"] = name,
        ["roles"] = new JsonArray(role),
        ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token))),
    };
}
