using System.Text.Json;
using Aiops.Local.Recordings;
using Aiops.Pipeline;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.GatherContext;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Tests.Pipeline.FindRootCause;

/// <summary>Both steps on the recordings that the demo shows: what was simulated must be found.</summary>
public class RecordedIncidentTests
{
    [Theory]
    [InlineData("bad-deployment", "checkout", "payments", CauseKind.Deployment)]
    [InlineData("database-out-of-connections", "shop-alb", "shop-db", CauseKind.Saturation)]
    [InlineData("service-scaled-to-zero", "shop-alb", "inventory", CauseKind.Unavailable)]
    [InlineData("throttled-table", "cart", "carts", CauseKind.Throttling)]
    [InlineData("nothing-wrong", "storefront", null, CauseKind.Unknown)]
    public async Task The_simulated_fault_is_found(string name, string alarmed, string? cause, CauseKind kind)
    {
        var recording = Recording.Open(Path.Combine(TestPaths.Root, "recordings", name));
        DateTimeOffset? alarmedAt = null;
        await foreach (var one in recording.EventsAsync(CancellationToken.None))
        {
            alarmedAt ??= one.ReceivedAt;
        }

        var incidents = OneIncident.Of(alarmed, alarmedAt!.Value);
        var documents = new DocumentsInMemory();
        var clock = new StoppedClock(recording.Window.End);
        var gather = new GatherContextStep(
            incidents,
            documents,
            new ContextSources
            {
                Metrics = recording.Metrics,
                Logs = recording.Logs,
                Traces = recording.Traces,
                Topology = recording.Topology,
                Changes = recording.Changes,
                Objectives = recording.Objectives,
            },
            clock,
            NullLogger<GatherContextStep>.Instance);
        foreach (var source in Enum.GetValues<ContextSource>())
        {
            await gather.RunAsync(new GatherContextInput("INC-1", source, 0), CancellationToken.None);
        }

        var output = await new FindRootCauseStep(incidents, documents, null, null, clock, NullLogger<FindRootCauseStep>.Instance)
            .RunAsync(new FindRootCauseInput("INC-1", 0), CancellationToken.None);
        var diagnosis = JsonSerializer.Deserialize(await documents.GetAsync(output.Key, CancellationToken.None), DiagnosisJson.Default.Diagnosis)!;
        output.TopComponent.ShouldBe(cause);
        (diagnosis.Hypotheses.Count > 0 ? diagnosis.Hypotheses[0].Kind : CauseKind.Unknown).ShouldBe(kind);
        if (RecordingTruth.Read(recording.Files)?.Onset is { } onset)
        {
            (diagnosis.Onset!.Value - onset).Duration().ShouldBeLessThanOrEqualTo(TimeSpan.FromMinutes(3));
        }
    }
}
