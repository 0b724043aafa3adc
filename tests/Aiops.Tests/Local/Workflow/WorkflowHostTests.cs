using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Aiops.Local.Hosting;
using Aiops.Local.Storage;
using Aiops.Local.Workflow;
using Aiops.Pipeline.GatherContext.Sources;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Tests.Local.Workflow;

/// <summary>The real incident workflow with stages that only note that they were called.</summary>
public sealed class WorkflowHostTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 14, 10, 17, 0, TimeSpan.Zero);
    private const string Input = """{"incidentId":"INC-1","round":1,"maxRounds":3,"settleUntil":"2026-03-14T10:18:00Z"}""";

    private readonly TemporaryFolder folder = new();
    private readonly ReplayClock clock = new(Start);
    private readonly ConcurrentQueue<string> calls = [];
    private readonly ConcurrentDictionary<string, Exception> failing = new();
    private SqliteDatabase database = null!;
    private string? token;

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync()
    {
        database = await SqliteDatabase.OpenAsync(Path.Combine(folder.Path, "aiops.db"), new SqliteDatabaseOptions(), None);
        await database.EnsureSchemaAsync(WorkflowHost.Schema, None);
    }

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task An_incident_goes_through_every_stage_in_order_and_waits_for_its_review()
    {
        await using var host = NewHost();
        await host.StartAsync("INC-1", Input, None);
        await DriveAsync(host, Start.AddMinutes(5));
        calls.Where(call => !call.StartsWith("GatherContext", StringComparison.Ordinal))
            .ShouldBe(["Classify", "FindRootCause", "Reason", "Recommend", "Comment", "Review"]);
        calls.Where(call => call.StartsWith("GatherContext", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ShouldBe([
            "GatherContext changes", "GatherContext logs", "GatherContext metrics", "GatherContext objectives",
            "GatherContext pastIncidents", "GatherContext topology", "GatherContext traces",
        ]);
        (await host.FindAsync("INC-1", None))!.Status.ShouldBe("RUNNING");
    }

    [Fact]
    public async Task The_settling_is_waited_for_and_not_a_second_longer()
    {
        await using var host = NewHost();
        await host.StartAsync("INC-1", Input, None);
        await DriveAsync(host, Start.AddSeconds(59));
        calls.ShouldBeEmpty();
        await DriveAsync(host, Start.AddSeconds(60));
        calls.ShouldContain("Classify");
    }

    [Fact]
    public async Task A_review_ends_the_waiting_and_teaches()
    {
        await using var host = NewHost();
        await host.StartAsync("INC-1", Input, None);
        await DriveAsync(host, Start.AddMinutes(5));
        (await host.SendTaskSuccessAsync(token!, """{"signal":"reviewed"}""", None)).ShouldBeTrue();
        (await host.SendTaskSuccessAsync(token!, """{"signal":"reviewed"}""", None)).ShouldBeFalse("it has its answer");
        await DriveAsync(host, Start.AddMinutes(6));
        calls.Last().ShouldBe("Learn reviewed");
        (await host.FindAsync("INC-1", None))!.Status.ShouldBe("SUCCEEDED");
    }

    [Fact]
    public async Task Nobody_answering_for_fourteen_days_ends_it_unreviewed_and_costs_no_time()
    {
        await using var host = NewHost();
        await host.StartAsync("INC-1", Input, None);
        await DriveAsync(host, Start.AddDays(14));
        calls.Last().ShouldBe("Review");
        await DriveAsync(host, Start.AddDays(14).AddMinutes(2));
        calls.Last().ShouldBe("Learn unreviewed");
    }

    [Fact]
    public async Task A_change_goes_round_again_until_the_rounds_are_used_up()
    {
        await using var host = NewHost();
        await host.StartAsync("INC-1", Input, None);
        for (var signal = 0; signal < 4; signal++)
        {
            await DriveAsync(host, Start.AddMinutes(5 + signal));
            (await host.SendTaskSuccessAsync(token!, """{"signal":"changed"}""", None)).ShouldBeTrue();
        }

        await DriveAsync(host, Start.AddMinutes(10));
        calls.Count(call => call == "FindRootCause").ShouldBe(3, "maxRounds");
        calls.Count(call => call == "Review").ShouldBe(5, "each change lays out a new token");
    }

    [Fact]
    public async Task A_source_that_fails_is_retried_and_then_gone_without()
    {
        failing["GatherContext logs"] = new SourceUnavailableException("throttled");
        await using var host = NewHost();
        await host.StartAsync("INC-1", Input, None);
        await DriveAsync(host, Start.AddMinutes(10));
        calls.Count(call => call == "GatherContext logs").ShouldBe(4, "once, and three retries");
        calls.ShouldContain("Comment");
    }

    [Fact]
    public async Task An_analysis_that_fails_still_leaves_a_comment()
    {
        failing["FindRootCause"] = new InvalidOperationException("our own mistake");
        await using var host = NewHost();
        await host.StartAsync("INC-1", Input, None);
        await DriveAsync(host, Start.AddMinutes(10));
        calls.ShouldContain("Comment");
        calls.ShouldNotContain("Recommend");
    }

    [Fact]
    public async Task A_classification_that_fails_keeps_nobody_from_the_cause()
    {
        failing["Classify"] = new InvalidOperationException("our own mistake");
        await using var host = NewHost();
        await host.StartAsync("INC-1", Input, None);
        await DriveAsync(host, Start.AddMinutes(10));
        calls.ShouldContain("FindRootCause");
        calls.ShouldContain("Comment");
    }

    [Fact]
    public async Task A_store_that_is_busy_for_a_moment_costs_a_retry_and_not_the_comment()
    {
        failing["Comment"] = new DatabaseBusyException("aiops.db", TimeSpan.FromSeconds(30));
        await using var host = NewHost();
        await host.StartAsync("INC-1", Input, None);
        await DriveAsync(host, Start.AddMinutes(1).AddSeconds(2));
        calls.Count(call => call == "Comment").ShouldBeGreaterThanOrEqualTo(1);
        failing.Clear();
        await DriveAsync(host, Start.AddMinutes(10));
        calls.Last().ShouldBe("Review");
    }

    [Fact]
    public async Task An_execution_that_cannot_be_read_fails_alone()
    {
        await using (var first = NewHost())
        {
            await first.StartAsync("INC-0", Input, None);
            await first.StartAsync("INC-1", Input, None);
        }

        await database.WriteAsync(session => { session.Execute("UPDATE workflow_executions SET state = '{' WHERE name = 'INC-0'"); }, None);
        await using var host = NewHost();
        await DriveAsync(host, Start.AddMinutes(5));
        (await host.FindAsync("INC-0", None))!.Status.ShouldBe("FAILED");
        (await host.FindAsync("INC-1", None))!.Status.ShouldBe("RUNNING");
        calls.ShouldContain("Comment");
    }

    [Fact]
    public async Task Starting_it_twice_starts_it_once()
    {
        await using var host = NewHost();
        await host.StartAsync("INC-1", Input, None);
        await DriveAsync(host, Start.AddMinutes(5));
        await host.StartAsync("INC-1", Input, None);
        await DriveAsync(host, Start.AddMinutes(10));
        calls.Count(call => call == "Classify").ShouldBe(1);
    }

    [Fact]
    public async Task The_next_host_takes_up_what_the_last_one_left_wherever_that_was()
    {
        for (var minute = 0; minute < 6; minute++)
        {
            await using var host = NewHost(); // Each lives for one minute of the story.
            if (minute == 0)
            {
                await host.StartAsync("INC-1", Input, None);
            }

            await DriveAsync(host, Start.AddMinutes(minute));
        }

        calls.Count(call => call == "Comment").ShouldBe(1);
        token.ShouldNotBeNull();
        await using var last = NewHost();
        await last.SendTaskSuccessAsync(token, """{"signal":"resolved"}""", None);
        await DriveAsync(last, Start.AddMinutes(7));
        calls.TakeLast(2).ShouldBe(["Comment", "Learn resolved"], "the comment says that it is over");
    }

    private async Task DriveAsync(WorkflowHost host, DateTimeOffset until)
    {
        while (true)
        {
            while (await host.PumpAsync(None) > 0)
            {
                await host.IdleAsync(None);
            }

            if (host.NextDue is not { } due || due > until)
            {
                break;
            }

            clock.AdvanceTo(due);
        }

        clock.AdvanceTo(until);
    }

    private WorkflowHost NewHost()
    {
        var stages = new StageFunctions();
        foreach (var stage in new[] { "Classify", "GatherContext", "FindRootCause", "Reason", "Recommend", "Comment", "Review", "Learn" })
        {
            stages.Add(stage, Note);
        }

        return new WorkflowHost(database, new WorkflowCatalog(stages), stages, clock, NullLogger<WorkflowHost>.Instance);
    }

    private Task<string> Note(string stage, string payload)
    {
        var input = JsonNode.Parse(payload)!;
        var call = stage switch
        {
            "GatherContext" => $"{stage} {input["source"]}",
            "Learn" => $"{stage} {input["review"]!["signal"]}",
            _ => stage,
        };
        calls.Enqueue(call);
        token = input["taskToken"]?.GetValue<string>() ?? token;
        if (failing.TryGetValue(call, out var failure))
        {
            throw failure;
        }

        return Task.FromResult(stage switch
        {
            "Classify" => """{"kind":"errors","severity":"sev2","depth":"full"}""",
            "FindRootCause" => """{"decided":true}""",
            _ => "{}",
        });
    }
}
