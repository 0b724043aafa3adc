using Aiops.Local.Recordings;
using Aiops.Local.Storage;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Intake.Queue;
using Aiops.Pipeline.Learn;
using Aiops.Pipeline.Reason.Models;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Local.Hosting;

/// <summary>
/// One recording through the whole pipeline by event time: its events go in when they came, and every wait is jumped over.
/// The state folder is emptied first, so that a replay repeats.
/// </summary>
public sealed class ReplaySession : IAsyncDisposable
{
    // Long enough for the settling and every retry of a source, short of the review's two weeks.
    private static readonly TimeSpan Aftermath = TimeSpan.FromMinutes(30);

    private readonly Recording recording;
    private readonly ReplayClock clock;
    private readonly HostDriver driver;

    private ReplaySession(Recording recording, ReplayClock clock, LocalHost host)
        => (this.recording, this.clock, Host, driver) = (recording, clock, host, new HostDriver(host));

    public LocalHost Host { get; }

    public TimeProvider Clock => clock;

    /// <summary>Called for each event that came in.</summary>
    public Action<ConsumedEvent>? Observe { get; set; }

    public static Task<ReplaySession> OpenAsync(Recording recording, string stateFolder, CancellationToken cancellationToken)
        => OpenAsync(recording, stateFolder, model: null, cancellationToken);

    /// <param name="model">Asked by the wall's clock, however fast the replay runs.</param>
    public static async Task<ReplaySession> OpenAsync(Recording recording, string stateFolder, ModelAccess? model, CancellationToken cancellationToken)
    {
        if (Directory.Exists(stateFolder))
        {
            Directory.Delete(stateFolder, recursive: true);
        }

        var time = new ReplayClock(recording.Window.Start);
        var options = new LocalHostOptions { StateFolder = stateFolder, Telemetry = recording, ReplaysRecording = true, Durability = Durability.ProcessCrash, Model = model };
        var host = await LocalHost.OpenAsync(options, time, NullLoggerFactory.Instance, cancellationToken);
        var cases = (await recording.CasesAsync(cancellationToken)).Cases.Select(PastCaseOf).ToList();
        await host.Cases.RecordAsync(
            LocalHost.KnowledgeScope, cases, new KnowledgeChange(ChangeOrigin.Recording, recording.Manifest.Name, time.GetUtcNow()), cancellationToken);

        return new ReplaySession(recording, time, host);
    }

    /// <summary>Feeds every event at its time and waits until nothing but people is waited for.</summary>
    public async Task<ReplayResult> RunAsync(CancellationToken cancellationToken)
    {
        List<ConsumedEvent> consumed = [];
        await foreach (var recorded in recording.EventsAsync(cancellationToken))
        {
            await DriveToAsync(recorded.ReceivedAt ?? clock.GetUtcNow(), cancellationToken);
            await Host.Door.AdmitAsync(recorded.Body.ToArray(), "recording", cancellationToken);
            foreach (var one in await driver.ConsumeAllAsync(cancellationToken))
            {
                consumed.Add(one);
                Observe?.Invoke(one);
            }
        }

        await DriveToAsync(clock.GetUtcNow() + Aftermath, cancellationToken);
        List<IncidentReport> reports = [];
        foreach (var incident in await Host.Incidents.ListAsync(null, int.MaxValue, cancellationToken))
        {
            reports.Add(await Host.Reports.ReadLatestAsync(incident.Id, cancellationToken));
        }

        return new ReplayResult(consumed, reports, Host.Options.StateFolder);
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private async Task DriveToAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        while (true)
        {
            await driver.SettleDownAsync(cancellationToken);
            if (await driver.NextDueAsync(cancellationToken) is not { } due || due > until)
            {
                break;
            }

            clock.AdvanceTo(due);
        }

        clock.AdvanceTo(until);
    }

    private static PastCase PastCaseOf(RecordedCase past) => new(
        past.IncidentId,
        past.Title,
        past.OpenedAt,
        new IncidentFingerprint(past.Kind, past.Components, [], [.. past.Symptoms.SelectMany(symptom => symptom.Split(' '))], []),
        past.Outcome.Cause,
        past.Outcome.Component,
        past.Outcome.Helped)
    {
        Verdict = past.Outcome.Verdict,
        Reviewer = past.Outcome.Reviewer,
        ReviewedAt = past.Outcome.At,
    };
}

/// <summary>What a replay came to.</summary>
/// <param name="Reports">The latest report of each incident, oldest incident first.</param>
public sealed record ReplayResult(IReadOnlyList<ConsumedEvent> Events, IReadOnlyList<IncidentReport> Reports, string StateFolder);
