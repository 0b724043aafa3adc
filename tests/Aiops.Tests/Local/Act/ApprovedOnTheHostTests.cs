using System.Text.Json;
using Aiops.Local.Hosting;
using Aiops.Local.Recordings;
using Aiops.Local.Storage;
using Aiops.Pipeline;
using Aiops.Pipeline.Act;
using Aiops.Pipeline.Recommend;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Tests.Local.Act;

/// <summary>A recorded incident whose own recommendation is released on the embedded host, with a real program.</summary>
public sealed class ApprovedOnTheHostTests : IDisposable
{
    private const string AllowList = """
        { "actions": [ {
            "id": "on-demand", "title": "Switches a table to on-demand capacity", "for": { "playbook": "dynamodb-throttled-table", "step": 3 },
            "maxRisk": "medium", "components": ["carts"],
            "command": { "executable": "/bin/echo", "arguments": ["on demand:", "{table}"], "dryRunArguments": ["would switch", "{table}"] },
            "parameters": { "table": { "from": "component", "pattern": "[a-z-]+" } }, "checkAfterSeconds": 60 } ] }
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_incidents_own_recommendation_is_shown_released_run_and_checked()
    {
        var recording = Recording.Open(Path.Combine(TestPaths.Root, "recordings", "throttled-table"));
        await File.WriteAllTextAsync(folder.File("actions.json"), AllowList);
        var clock = new ReplayClock(recording.Window.Start);
        var options = new LocalHostOptions
        {
            StateFolder = folder.File("state"),
            Telemetry = recording,
            ReplaysRecording = true,
            ActionsFile = folder.File("actions.json"),
            Durability = Durability.ProcessCrash,
        };
        await using var host = await LocalHost.OpenAsync(options, clock, NullLoggerFactory.Instance, default);
        var driver = new HostDriver(host);
        await foreach (var recorded in recording.EventsAsync(default))
        {
            await AdvanceAsync(host, driver, clock, recorded.ReceivedAt!.Value);
            await host.Door.AdmitAsync(recorded.Body.ToArray(), "test", default);
            await driver.ConsumeAllAsync(default);
        }

        await AdvanceAsync(host, driver, clock, recording.Window.End);
        var incident = (await host.Incidents.ListAsync(null, 1, default)).ShouldHaveSingleItem();
        var number = await NumberOfAsync(host, incident.Id, "dynamodb-throttled-table");

        var proposal = new ActionProposal("ACT-1", incident.Id, number, 3, null, new Dictionary<string, string>());
        var proposed = await host.Actions.ProposeAsync(proposal, new ActionCaller("kim", ActionRole.Reviewer, "test"), default);
        proposed.ShouldBeOfType<ActionAnswer.Done>().Request.Component.ShouldBe("carts");
        var shown = (await host.Actions.DryRunAsync("ACT-1", new ActionCaller("kim", ActionRole.Reviewer, "test"), default)).ShouldBeOfType<ActionAnswer.Done>().Request;
        shown.DryRun!.Output.ShouldBe("would switch carts\n");
        var approved = await host.Actions.ApproveAsync("ACT-1", shown.DryRun.Digest, new ActionCaller("ann", ActionRole.Approver, "test"), default);
        approved.ShouldBeOfType<ActionAnswer.Done>();

        ActionRequest now;
        do
        {
            await AdvanceAsync(host, driver, clock, clock.GetUtcNow() + TimeSpan.FromSeconds(15));
            now = (await host.Actions.ShowAsync("ACT-1", default))!;
        }
        while (now.IsActive);

        (now.State, now.Run!.Outcome, now.Run.Output).ShouldBe((ActionState.Closed, RunOutcome.Succeeded, "on demand: carts\n"));
        now.Check!.Statement.ShouldNotBeEmpty();
        (await host.Actions.LogProblemAsync(default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_list_that_can_not_be_used_keeps_the_host_from_opening()
    {
        await File.WriteAllTextAsync(folder.File("actions.json"), AllowList.Replace("/bin/echo", "echo", StringComparison.Ordinal));
        var options = new LocalHostOptions { StateFolder = folder.File("state"), ActionsFile = folder.File("actions.json") };
        await Should.ThrowAsync<ActionAllowListException>(() => LocalHost.OpenAsync(options, TimeProvider.System, NullLoggerFactory.Instance, default));
    }

    private static async Task AdvanceAsync(LocalHost host, HostDriver driver, ReplayClock clock, DateTimeOffset until)
    {
        while (true)
        {
            await driver.SettleDownAsync(default);
            if (await driver.NextDueAsync(default) is not { } due || due > until)
            {
                break;
            }

            clock.AdvanceTo(due);
        }

        clock.AdvanceTo(until);
    }

    private static async Task<int> NumberOfAsync(LocalHost host, string incidentId, string playbook)
    {
        var round = await host.Documents.LatestRoundAsync(incidentId, default);
        var json = await host.Documents.GetAsync(DocumentKeys.Recommendations(incidentId, round), default);
        var recommendations = JsonSerializer.Deserialize(json, RecommendJson.Default.IReadOnlyListRecommendation)!.ToList();
        return recommendations.FindIndex(one => one.Playbook == playbook) + 1;
    }
}
