using System.Text.Json;
using Aiops.Analysis.Telemetry;
using Aiops.Analysis.Topology;
using Aiops.Pipeline;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.GatherContext;
using Aiops.Tests.Analysis;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Tests.Pipeline.FindRootCause;

public class FindRootCauseStepTests
{
    private static readonly AnalysisWindows Windows = new(Samples.Baseline, Samples.Incident);

    private readonly DocumentsInMemory documents = new();
    private readonly OneIncident incidents = OneIncident.Of("web", Samples.Incident.Start.AddMinutes(25), "latency");

    [Fact]
    public async Task A_cause_comes_with_evidence_that_says_its_figures()
    {
        await WriteAsync(ContextSource.Metrics, part => part with
        {
            Metrics =
            [
                Samples.Noise(1, "web", level: 0.2, spread: 0.01, step: 0.3) with { Unit = "s" },
                Samples.Noise(2, "db", level: 0.01, spread: 0.001, step: 0.3) with { Unit = "s", Statistic = "p99" },
            ],
        });
        await WriteAsync(ContextSource.Topology, part => part with { Topology = new ServiceGraph([new Component("db", "AWS::RDS::DBInstance")], [new Call("web", "db")]) });

        var (output, diagnosis) = await RunAsync();
        (output.Decided, output.TopComponent).ShouldBe((true, "db"));
        output.TopConfidence.ShouldBeInRange(0.5, 1);
        var first = diagnosis.Hypotheses[0];
        first.ShouldSatisfyAllConditions(
            h => h.Kind.ShouldBe(CauseKind.Latency),
            h => h.Role.ShouldBe(SuspectRole.Cause),
            h => h.ComponentType.ShouldBe("AWS::RDS::DBInstance"),
            h => h.Statement.ShouldBe("db is slow since 08:20."),
            h => h.WouldDisprove.ShouldNotBeNull(),
            h => h.Onset.ShouldBe(Samples.Incident.Start.AddMinutes(20)));
        diagnosis[first.For[0]].Statement.ShouldMatch(@"^latency \(p99\) of db rose from 10\.1 ms to 31\d ms at 08:20, \d+ robust deviations\.$");
        diagnosis[first.For[0]].Series.ShouldBe("db latency p99");
        diagnosis.Hypotheses[1].Role.ShouldBe(SuspectRole.Symptom);
        diagnosis[diagnosis.Hypotheses[1].Against[0]].Statement.ShouldStartWith("web depends on db, whose trouble explains");
        diagnosis.Evidence.Select(e => e.Id).ShouldBe(Enumerable.Range(1, diagnosis.Evidence.Count).Select(i => $"E{i}"));
    }

    [Fact]
    public async Task Without_any_part_the_answer_is_not_enough_evidence()
    {
        var (output, diagnosis) = await RunAsync();
        (output.Decided, output.TopComponent, output.TopConfidence).ShouldBe((false, null, 0));
        diagnosis.NotEnoughEvidence.ShouldBe("there is no telemetry with a baseline to compare with");
        diagnosis.Hypotheses.ShouldBeEmpty();
        diagnosis.Evidence.ShouldHaveSingleItem().Kind.ShouldBe(EvidenceKind.Alarm);
    }

    [Fact]
    public async Task A_deployment_just_before_names_the_kind()
    {
        await WriteAsync(ContextSource.Metrics, part => part with { Metrics = [Samples.Noise(1, "web", SignalKind.Errors, step: 90)] });
        await WriteAsync(ContextSource.Changes, part => part with
        {
            Changes = [new Change(Samples.Incident.Start.AddMinutes(18), "web", ChangeKind.Deployment, "web 2 deployed")],
        });
        (await RunAsync()).Diagnosis.Hypotheses[0].Kind.ShouldBe(CauseKind.Deployment);
    }

    [Fact]
    public async Task Running_twice_gives_the_same_document()
    {
        await WriteAsync(ContextSource.Metrics, part => part with { Metrics = [Samples.Noise(1, "web", step: 90), Samples.Noise(2, "db", step: 90)] });
        var once = (await RunAsync()).Output;
        var first = await documents.GetAsync(once.Key, CancellationToken.None);
        await RunAsync();
        (await documents.GetAsync(once.Key, CancellationToken.None)).ShouldBe(first);
        once.Key.ShouldBe("incidents/INC-1/diagnosis/0.json");
    }

    private async Task<(FindRootCauseOutput Output, Diagnosis Diagnosis)> RunAsync()
    {
        var step = new FindRootCauseStep(incidents, documents, null, null, new StoppedClock(Samples.Incident.End), NullLogger<FindRootCauseStep>.Instance);
        var output = await step.RunAsync(new FindRootCauseInput("INC-1", 0), CancellationToken.None);
        var document = await documents.GetAsync(output.Key, CancellationToken.None);
        return (output, JsonSerializer.Deserialize(document, DiagnosisJson.Default.Diagnosis)!);
    }

    private Task<string> WriteAsync(ContextSource source, Func<ContextPart, ContextPart> fill) => new ContextDocuments(documents).WriteAsync(
        "INC-1",
        0,
        fill(new ContextPart
        {
            Source = new SourcePart(source, SourceStatus.Complete, new Provenance("test", "everything", Samples.Incident), []),
            Windows = Windows,
        }),
        CancellationToken.None);
}
