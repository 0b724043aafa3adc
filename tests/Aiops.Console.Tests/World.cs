using Aiops.Local.Hosting;
using Aiops.Local.Recordings;
using Aiops.Local.Storage;
using Aiops.Pipeline;
using Aiops.Pipeline.Reason.Models;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Console.Tests;

/// <summary>
/// A state folder in which recordings were replayed one after the other, and the host that works on it. Its clock stands
/// still at the end of the last one, so that pages don't change by themselves.
/// </summary>
internal sealed class World : IAsyncDisposable
{
    private readonly TestFolder folder = new();
    private readonly CancellationTokenSource stop = new();
    private Task work = Task.CompletedTask;

    private World(ReplayClock clock) => Clock = clock;

    public ReplayClock Clock { get; }

    public LocalHost Host { get; private set; } = null!;

    public string Folder => folder.File("state");

    /// <param name="recordings">In order of time.</param>
    /// <param name="review">Called after each, when its incidents wait for people.</param>
    /// <param name="actionsFile">The allow-list; null where approved actions are off.</param>
    /// <param name="model">Explains the incidents; null for none.</param>
    public static async Task<World> MakeAsync(IReadOnlyList<Recording> recordings, Func<World, Task>? review = null, string? actionsFile = null, ModelAccess? model = null)
    {
        var world = new World(new ReplayClock(recordings[0].Window.Start));
        for (var i = 0; i < recordings.Count; i++)
        {
            world.Clock.AdvanceTo(recordings[i].Window.Start);
            world.Host = await LocalHost.OpenAsync(
                new LocalHostOptions { StateFolder = world.Folder, Telemetry = recordings[i], ReplaysRecording = true, ActionsFile = actionsFile, Model = model, Durability = Durability.ProcessCrash },
                world.Clock, NullLoggerFactory.Instance, default);
            await world.ReplayAsync(recordings[i]);
            if (review is not null)
            {
                await review(world);
                await new HostDriver(world.Host).SettleDownAsync(default);
            }

            if (i < recordings.Count - 1)
            {
                await world.Host.DisposeAsync();
            }
        }

        return world;
    }

    /// <summary>Works as a live host would, but by the clock that stands still.</summary>
    public void Work() => work = Task.Run(async () =>
    {
        var driver = new HostDriver(Host);
        while (!stop.IsCancellationRequested)
        {
            await driver.ConsumeAllAsync(stop.Token);
            await driver.SettleDownAsync(stop.Token);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, stop.Token);
        }
    });

    public async Task<Outcome> SayAsync(Incident incident, Verdict verdict, string? component, string? cause, TimeSpan? mitigated, params string[] helped)
    {
        var outcome = new Outcome
        {
            IncidentId = incident.Id,
            Verdict = verdict,
            Component = component,
            Cause = cause,
            Helped = helped,
            TimeToMitigate = mitigated,
            Reviewer = "Ines Okafor",
            At = Clock.GetUtcNow(),
        };
        await Host.Reviews.TakeAsync(incident, outcome, default);
        return outcome;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Host.DisposeAsync();
        stop.Dispose();
        folder.Dispose();
    }

    private async Task ReplayAsync(Recording recording)
    {
        var driver = new HostDriver(Host);
        await foreach (var recorded in recording.EventsAsync(default))
        {
            await DriveToAsync(driver, recorded.ReceivedAt ?? Clock.GetUtcNow());
            await Host.Door.AdmitAsync(recorded.Body.ToArray(), "recording", default);
            await driver.ConsumeAllAsync(default);
        }

        await DriveToAsync(driver, Clock.GetUtcNow() + TimeSpan.FromMinutes(30));
    }

    private async Task DriveToAsync(HostDriver driver, DateTimeOffset until)
    {
        while (true)
        {
            await driver.SettleDownAsync(default);
            if (await driver.NextDueAsync(default) is not { } due || due > until)
            {
                break;
            }

            Clock.AdvanceTo(due);
        }

        Clock.AdvanceTo(until);
    }
}
