using System.Runtime.CompilerServices;
using Aiops.Analysis.RootCauses;
using Aiops.Local.Hosting;
using Aiops.Local.Import;
using Aiops.Local.Recordings;
using Aiops.Pipeline;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Intake.Formats;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Accuracy.RootCauses;

/// <summary>
/// Makes the engine's question of a recording by the code of the pipeline itself: importer, event reader, context step,
/// context documents. What is left out decides nothing about the first analysis: queue, intake's correlation, workflow, ticket.
/// </summary>
internal static class CaseReader
{
    private const int Round = 1;

    private static readonly TimeSpan Settle = new LocalHostOptions { StateFolder = "" }.Settle;

    /// <summary>The cases of a folder of somebody else's data, one after the other; none is kept.</summary>
    /// <exception cref="MissingDataException">The folder isn't there, or a case has no label or no alarm.</exception>
    public static async IAsyncEnumerable<LabelledCase> ReadAllAsync(
        IRecordingImporter importer, string directory, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!Directory.Exists(directory))
        {
            throw new MissingDataException($"{directory} does not exist: expected the {importer.Name} data.");
        }

        await foreach (var imported in importer.ImportAsync(directory, name => new MemoryFiles(name), cancellationToken))
        {
            yield return await ReadAsync(Recording.Open(imported.Files), cancellationToken);
        }
    }

    /// <summary>The case as its first analysis sees it, the time of settling after the first alarm.</summary>
    /// <exception cref="MissingDataException">The recording has no truth, or no event that fires.</exception>
    public static async Task<LabelledCase> ReadAsync(Recording recording, CancellationToken cancellationToken)
    {
        var truth = TruthOf(recording);
        var alarm = await AlarmOfAsync(recording, cancellationToken)
            ?? throw new MissingDataException($"{recording.Manifest.Name} has no alarm: expected an event that fires.");
        var sources = new ContextSources
        {
            Metrics = recording.Metrics,
            Logs = recording.Logs,
            Traces = recording.Traces,
            Topology = recording.Topology,
            Changes = recording.Changes,
            Windows = RecordedWindowHints.For(recording, alarm.Clock),
        };
        return new LabelledCase(recording.Manifest.Name, await AskAsync(sources, alarm, cancellationToken), truth);
    }

    /// <exception cref="MissingDataException">The recording doesn't say what was wrong.</exception>
    public static RecordingTruth TruthOf(Recording recording) => RecordingTruth.Read(recording.Files)
        ?? throw new MissingDataException($"{recording.Manifest.Name} has no label: expected the root cause that scoring needs.");

    /// <summary>The incident that the first firing event opens, and when a replay analyses it; null when none fires.</summary>
    public static async Task<Alarm?> AlarmOfAsync(Recording recording, CancellationToken cancellationToken)
    {
        var reader = new EventReader();
        var now = recording.Window.Start;
        await foreach (var recorded in recording.EventsAsync(cancellationToken))
        {
            now = recorded.ReceivedAt is { } received && received > now ? received : now;
            if (reader.Read(recorded.Body, now) is ReadEvent.Triggers triggers
                && triggers.Items.FirstOrDefault(item => item.Condition == TriggerCondition.Firing) is { } trigger)
            {
                var settled = trigger.OccurredAt + Settle;
                settled = settled.AddTicks(-(settled.UtcTicks % TimeSpan.TicksPerSecond)); // As the workflow waits.
                return new Alarm(IncidentOf(trigger), new ReplayClock(settled > now ? settled : now));
            }
        }

        return null;
    }

    /// <summary>What the engine is asked about the alarm, given the sources.</summary>
    public static async Task<RootCauseCase> AskAsync(ContextSources sources, Alarm alarm, CancellationToken cancellationToken)
    {
        var (incident, clock) = alarm;
        var incidents = new OneIncident(incident);
        var documents = new MemoryDocuments();
        var step = new GatherContextStep(incidents, documents, sources, clock, NullLogger<GatherContextStep>.Instance);
        foreach (var source in Enum.GetValues<ContextSource>())
        {
            await step.RunAsync(new GatherContextInput(incident.Id, source, Round), cancellationToken);
        }

        var fallback = AnalysisWindows.For(incident, clock.GetUtcNow());
        var context = await new ContextDocuments(documents).ReadAsync(incident.Id, Round, fallback, cancellationToken);
        return FindRootCauseStep.CaseOf(incident, context);
    }

    private static Incident IncidentOf(Trigger trigger) => new()
    {
        Id = "INC-1",
        Scope = "local",
        Status = IncidentStatus.Open,
        Title = trigger.Title,
        OpenedAt = trigger.OccurredAt,
        LastEventAt = trigger.OccurredAt,
        First = trigger,
        Components = trigger.Component is { } component ? [component] : [],
    };

    private sealed class OneIncident(Incident incident) : IIncidents
    {
        public Task<Incident> GetAsync(string id, CancellationToken cancellationToken) => Task.FromResult(incident);

        public Task<IReadOnlyList<Trigger>> MembersAsync(string id, CancellationToken cancellationToken)
            => Task.FromResult<IReadOnlyList<Trigger>>([incident.First]);
    }

    private sealed class MemoryDocuments : IDocumentStore
    {
        private readonly SortedDictionary<string, byte[]> documents = new(StringComparer.Ordinal);

        public Task PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
        {
            documents[key] = content.ToArray();
            return Task.CompletedTask;
        }

        public Task<byte[]?> GetAsync(string key, CancellationToken cancellationToken)
            => Task.FromResult(documents.GetValueOrDefault(key));

        public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken)
            => Task.FromResult<IReadOnlyList<string>>(
                [.. documents.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal))]);
    }
}

/// <summary>What opened an incident, and the time of its first analysis.</summary>
internal sealed record Alarm(Incident Incident, TimeProvider Clock)
{
    /// <summary>The same alarm at another time, analysed as long after it.</summary>
    public Alarm Moved(TimeSpan by) => new(
        Incident with
        {
            OpenedAt = Incident.OpenedAt + by,
            LastEventAt = Incident.LastEventAt + by,
            First = Incident.First with { OccurredAt = Incident.First.OccurredAt + by },
        },
        new ReplayClock(Clock.GetUtcNow() + by));
}
