using System.Collections.Concurrent;
using System.IO.Compression;
using Aiops.Local.Hosting;
using Aiops.Local.Models;
using Aiops.Local.Recordings;
using Aiops.Pipeline;
using Aiops.Pipeline.Reason.Models;
using Aiops.ScriptedModel;

namespace Aiops.Reason.Tests.Runs;

/// <summary>A whole host whose model is away, and comes back.</summary>
public sealed class OutageTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("aiops-outage-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task When_the_model_is_back_the_incident_comes_round_again_and_its_comment_is_edited_in_place()
    {
        var away = true;
        await using var server = await ScriptedModelServer.StartAsync(request
            => away ? new ScriptedReply.ServerError(RetryAfter: "0")
                : request.System.Length == 0 ? ScriptedReply.Say("yes") // Whether it is back.
                : ScriptedReply.Say(ThousandRunsTests.Json(Analyst.Answer(BriefReading.Of(request)))));
        using var client = new OpenAiChatClient(new OpenAiOptions { Model = "test-model", Endpoint = server.OpenAiBase, Time = TimeProvider.System });
        var recording = Recording.Open(StillFiring(Path.Combine(AnalysedIncidents.Root, "recordings", "bad-deployment")));
        await using var session = await ReplaySession.OpenAsync(recording, Path.Combine(folder, "state"), new ModelAccess(client, ThousandRunsTests.Settings("test-model")) { Clock = new Hurried() }, default);

        var replayed = await session.RunAsync(default);
        var id = replayed.Reports[0].Incident.Id;
        var before = await session.Host.Tickets.GetAsync(id, default);
        (await session.Host.ModelReturn!.RunWhenDueAsync(default)).ShouldBe(0); // It looked, and the model is still away.
        away = false;
        (await session.Host.ModelReturn.RunWhenDueAsync(default)).ShouldBe(1);
        await new HostDriver(session.Host).SettleDownAsync(default);

        before!.Comment!.ShouldContain("the figures stand alone");
        var after = await session.Host.Tickets.GetAsync(id, default);
        after!.Id.ShouldBe(before.Id);
        after.Comment!.ShouldContain("each sentence was checked");
        after.Comment!.ShouldContain("analysis 2");
        (await session.Host.Documents.LatestRoundAsync(id, default)).ShouldBe(2);
        var asked = server.Requests.Count;
        (await session.Host.ModelReturn.RunWhenDueAsync(default)).ShouldBe(0);
        server.Requests.Count.ShouldBe(asked); // Nobody waits: nobody is asked.
    }

    [Theory]
    [InlineData(250_000, 21_600)]
    [InlineData(10_000_000, 80)]
    public async Task Analyses_that_run_at_once_never_exceed_the_days_cap(long tokens, int seconds)
    {
        ConcurrentQueue<ModelSpend> during = new();
        IModelBudget? budget = null;
        var day = ModelReservation.DayAccount(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));
        var random = new Random(7);
        await using var server = await ScriptedModelServer.StartAsync(request =>
        {
            during.Enqueue(budget!.SpentAsync(day, default).GetAwaiter().GetResult()); // What others reserved included.
            lock (random)
            {
                return ScriptedReply.Say(ThousandRunsTests.Json(Analyst.Answer(BriefReading.Of(request))), random.Next(100, 20_000), random.Next(10, 4_000));
            }
        });
        await using var host = await LocalHost.OpenAsync(new LocalHostOptions { StateFolder = Path.Combine(folder, "budget") }, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance, default);
        var incidents = new AnalysedIncidents();
        await incidents.InitializeAsync();
        try
        {
            using var client = new OpenAiChatClient(new OpenAiOptions { Model = "test-model", Endpoint = server.OpenAiBase, Time = TimeProvider.System });
            var cap = new ModelSpend(2_000, tokens, 4 * tokens, TimeSpan.FromSeconds(seconds));
            budget = host.Budget;
            var settings = ThousandRunsTests.Settings("test-model") with { Limits = new ModelLimits { PerDay = cap } };
            var runs = await Task.WhenAll(Enumerable.Range(0, 48).Select(run => Task.Run(() => incidents.All[run % incidents.All.Count].ReasonAsync(client, settings, host.Budget))));

            during.ShouldAllBe(one => one.IsWithin(cap));
            var spent = await host.Budget.SpentAsync(day, default);
            spent.IsWithin(cap).ShouldBeTrue($"{spent}");
            spent.ShouldBe(runs.Aggregate(ModelSpend.Zero, (sum, run) => sum + run.Reasoning.Spent));
            runs.ShouldContain(run => run.Reasoning.Failure == ModelFailure.Capped);
            runs.ShouldContain(run => run.Reasoning.Explains);
        }
        finally
        {
            await incidents.DisposeAsync();
        }
    }

    /// <summary>The recording without its end: what fired and didn't recover.</summary>
    private string StillFiring(string recorded)
    {
        var copy = Directory.CreateDirectory(Path.Combine(folder, "recording")).FullName;
        foreach (var file in Directory.EnumerateFiles(recorded).Where(file => !file.EndsWith("events.jsonl.gz", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        using var events = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(recorded, "events.jsonl.gz")), CompressionMode.Decompress));
        File.WriteAllLines(Path.Combine(copy, "events.jsonl"), events.ReadToEnd().Split('\n').Take(5));
        return copy;
    }

    // Each look at it is an hour later, and a timer rings at once: nobody waits in a test for a pause to end.
    private sealed class Hurried : TimeProvider
    {
        private long looks;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddYears(56).AddHours(Interlocked.Increment(ref looks));

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
            => TimeProvider.System.CreateTimer(callback, state, dueTime > TimeSpan.FromSeconds(5) || dueTime < TimeSpan.Zero ? dueTime : TimeSpan.Zero, period);
    }
}
