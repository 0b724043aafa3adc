using System.Diagnostics;
using System.Text.Json.Nodes;
using Aiops.Aws;
using Aiops.Aws.Tests.Emulators;
using Aiops.Local.Recordings;
using Aiops.PortTests.Running;
using Aiops.Scenarios.Running;

namespace Aiops.Scenarios;

/// <summary>The command as a person runs it on a deployed stack: a process of its own, told by the AWS environment where to look.</summary>
[NeedsEmulators]
public sealed class DeployedStackTests(DynamoServer dynamo, QueueAndBucketServer queues) : IClassFixture<DynamoServer>, IClassFixture<QueueAndBucketServer>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [PortFact]
    public async Task People_look_into_a_stack_as_they_do_into_a_folder()
    {
        var recording = Recording.Open(Path.Combine(EveryHostTests.Root, "recordings", "bad-deployment"));
        await using var aws = await AwsRunner.StartAsync(recording, dynamo, queues);
        var told = (await RecordedIncident.TellAsync(aws, recording)).ShouldHaveSingleItem();
        await using var stacks = await CloudFormationPeer.StartAsync(aws.Settings);

        var listed = JsonNode.Parse(await RunAsync(stacks, "incidents", "list"))!.AsArray().ShouldHaveSingleItem()!;
        ((string?)listed["id"]).ShouldBe(told.Incident.Id);
        var shown = JsonNode.Parse(await RunAsync(stacks, "incidents", "show", told.Incident.Id))!;
        ((string?)shown["comment"]).ShouldBe(told.Comment);
        ((string)shown["ticket"]!["reportPath"]!).ShouldStartWith("https://eu-west-1.console.aws.amazon.com/s3/object/");
        JsonNode.Parse(await RunAsync(stacks, "explain", told.Incident.Id))!.AsArray().Count.ShouldBe(told.Decisions.Count);
        ((int)JsonNode.Parse(await RunAsync(stacks, "queue", "status"))!["urgent"]!["visible"]!).ShouldBe(0);
        (await RunAsync(stacks, "queue", "dead-letters")).Trim().ShouldBe("[]");

        var learned = JsonNode.Parse(await RunAsync(stacks, "kb", "list"))!.AsArray().ShouldHaveSingleItem()!;
        ((string?)learned["case"]!["incidentId"], (string?)learned["status"]).ShouldBe((told.Incident.Id, "current"));
        await RunAsync(stacks, "kb", "revoke", told.Incident.Id);
        ((string?)JsonNode.Parse(await RunAsync(stacks, "kb", "show", told.Incident.Id))!["status"]).ShouldBe("revoked");
        (await StartAsync(stacks.Address, CloudFormationPeer.StackName, "kb", "revoke", "INC-NONE")).ExitCode.ShouldBe(4);
    }

    [PortFact]
    public async Task A_runbook_that_somebody_adds_to_a_stack_is_in_the_next_comment_until_it_is_removed()
    {
        var recording = Recording.Open(Path.Combine(EveryHostTests.Root, "recordings", "bad-deployment"));
        await using var aws = await AwsRunner.StartAsync(recording, dynamo, queues);
        await using var stacks = await CloudFormationPeer.StartAsync(aws.Settings);
        var folder = Directory.CreateTempSubdirectory("aiops-runbooks-");
        try
        {
            var (file, exported) = (Path.Combine(folder.FullName, "payments.md"), Path.Combine(folder.FullName, "exported"));
            await File.WriteAllTextAsync(file, "# Payments\n\n## Payments fails\n\nWhen payments errors rise after a deployment, roll it back.");
            ((int)JsonNode.Parse(await RunAsync(stacks, "kb", "add", file))!["added"]!).ShouldBe(1);
            ((int)JsonNode.Parse(await RunAsync(stacks, "kb", "add", file))!["added"]!).ShouldBe(0);
            JsonNode.Parse(await RunAsync(stacks, "kb", "search", "payments", "errors"))!.AsArray().Count.ShouldBe(1);
            var told = (await RecordedIncident.TellAsync(aws, recording)).ShouldHaveSingleItem();
            told.Comment!.ShouldContain("### Runbooks");
            told.Comment!.ShouldContain("**Payments › Payments fails** (payments.md;");

            ((int)JsonNode.Parse(await RunAsync(stacks, "kb", "export", exported))!["exported"]!).ShouldBe(2, "the runbook, and the case of the review");
            await RunAsync(stacks, "kb", "remove", "payments.md");
            ((string?)JsonNode.Parse(await RunAsync(stacks, "kb", "documents"))!.AsArray().ShouldHaveSingleItem()!["status"]).ShouldBe("revoked");
            JsonNode.Parse(await RunAsync(stacks, "kb", "search", "roll", "back"))!.AsArray().ShouldAllBe(hit => (string?)hit!["id"] != "payments.md");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [PortFact]
    public async Task A_stack_that_is_not_there_is_named_with_what_to_do()
    {
        await using var stacks = await CloudFormationPeer.StartAsync(new AwsHostSettings { Environment = "e", Table = "t", DocumentsBucket = "b" });
        var (exitCode, output) = await StartAsync(stacks.Address, "aiops-prod", "incidents", "list");
        exitCode.ShouldBe(4);
        ((string)JsonNode.Parse(output)!["error"]!).ShouldContain("aiops-prod");
        ((string)JsonNode.Parse(output)!["remedy"]!).ShouldContain("AWS_REGION");
    }

    private async Task<string> RunAsync(CloudFormationPeer stacks, params string[] arguments)
    {
        var (exitCode, output) = await StartAsync(stacks.Address, CloudFormationPeer.StackName, arguments);
        exitCode.ShouldBe(0, output);
        return output;
    }

    private async Task<(int ExitCode, string Output)> StartAsync(Uri stacks, string stack, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "aiops.dll"), "--stack", stack, .. arguments, "--json"])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in new[]
        {
            ("AWS_REGION", "eu-west-1"), ("AWS_ACCESS_KEY_ID", "test"), ("AWS_SECRET_ACCESS_KEY", "test"),
            ("AWS_ENDPOINT_URL_CLOUDFORMATION", stacks.ToString()), ("AWS_ENDPOINT_URL_DYNAMODB", dynamo.Url),
            ("AWS_ENDPOINT_URL_S3", queues.Url), ("AWS_ENDPOINT_URL_SQS", queues.Url),
        })
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output is { Length: > 0 } said ? said : await errors);
    }
}
