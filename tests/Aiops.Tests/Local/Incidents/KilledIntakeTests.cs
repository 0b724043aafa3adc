using System.Diagnostics;
using Aiops.CrashHost;
using Aiops.Local.Incidents;
using Aiops.Local.Storage;
using Aiops.Pipeline.Intake;

namespace Aiops.Tests.Local.Incidents;

/// <summary>Processes that take in one storm are killed (SIGKILL) at random moments, one at a time or two together.</summary>
public sealed class KilledIntakeTests : IDisposable
{
    private const int Rounds = 16;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Two_incidents_each_analysed_once_and_every_alarm_in_one_of_them_however_often_the_process_is_killed()
    {
        var path = folder.File("aiops.db");
        Random random = new(20260314);
        HashSet<string> done = [];
        for (var round = 0; round < Rounds; round++)
        {
            var workers = Enumerable.Range(0, 1 + (round % 2)).Select(worker => (Seed: (round * 2) + worker, Lines: random.Next(1, 60)));
            foreach (var told in await Task.WhenAll(workers.Select(worker => RunAsync(path, worker.Seed, worker.Lines))))
            {
                done.UnionWith(told);
            }
        }

        await using (var database = await SqliteDatabase.OpenAsync(path, SqliteDatabaseOptions.Default, default))
        {
            var halfway = await SqliteIncidentStore.OpenAsync(database, default);
            done.Except(await DecidedAsync(halfway)).ShouldBeEmpty("what was told to be done is on the disk");
        }

        (await RunAsync(path, seed: 999, killAfter: int.MaxValue)).Count.ShouldBe(IntakeWorker.Storm.Count);

        await using var after = await SqliteDatabase.OpenAsync(path, SqliteDatabaseOptions.Default, default);
        var store = await SqliteIncidentStore.OpenAsync(after, default);
        var incidents = await store.ListAsync(null, int.MaxValue, default);
        incidents.Select(i => (i.MemberCount, i.Components.Count, i.ExecutionStarted)).ShouldBe([(200, 10, true), (200, 10, true)]);
        Directory.GetFiles(IntakeWorker.ExecutionsOf(path)).Select(Path.GetFileName).Order().ShouldBe(incidents.Select(i => i.Id).Order());
        var decisions = await store.ListDecisionsAsync(new DecisionFilter { Max = int.MaxValue }, default);
        decisions.Count(d => d.Outcome == TriggerOutcome.Opened).ShouldBe(2);
        decisions.Count(d => d.Outcome == TriggerOutcome.Joined).ShouldBe(398);
        decisions.Count(d => d.Outcome == TriggerOutcome.Duplicate).ShouldBe(400, "the second path of each");
    }

    private static async Task<HashSet<string>> DecidedAsync(IIncidentStore store)
        => [.. (await store.ListDecisionsAsync(new DecisionFilter { Max = int.MaxValue }, default)).Select(d => d.Trigger.SourceId)];

    private static async Task<HashSet<string>> RunAsync(string path, int seed, int killAfter)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "exec", typeof(IntakeWorker).Assembly.Location, "intake", path, $"{seed}" },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        HashSet<string> done = [];
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            done.Add(line.Split(' ')[1]);
            if (done.Count == killAfter)
            {
                process.Kill();
            }
        }

        await process.WaitForExitAsync();
        (await process.StandardError.ReadToEndAsync()).ShouldBeEmpty();
        return done;
    }
}
