using System.Text.Json;
using Aiops.Analysis;
using Aiops.Pipeline;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.Recommend;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Tests.Pipeline.Recommend;

public class RecommendStepTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 14, 10, 17, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_throttled_table_gets_its_playbook_filled_in_from_the_incident()
    {
        var documents = new MemoryDocuments();
        var diagnosis = new Diagnosis
        {
            Hypotheses =
            [
                new Hypothesis
                {
                    Rank = 1, Component = "orders", ComponentType = "AWS::DynamoDB::Table", Statement = "orders is throttled.",
                    Kind = CauseKind.Throttling, Confidence = 0.8, Role = SuspectRole.Cause, Onset = At, For = ["E2"],
                },
            ],
            Evidence =
            [
                new Evidence
                {
                    Id = "E2", Kind = EvidenceKind.Metric, Component = "orders", Statement = "It rose.", Series = "orders ThrottledRequests Sum",
                    Provenance = new Provenance("test", "", new TimeWindow(At, At.AddHours(1))),
                },
            ],
        };
        await documents.PutAsync(
            DocumentKeys.Diagnosis("INC-1", 1), JsonSerializer.SerializeToUtf8Bytes(diagnosis, DiagnosisJson.Default.Diagnosis), default);

        var output = await StepOver(documents).RunAsync(new RecommendInput("INC-1", 1), default);

        var written = JsonSerializer.Deserialize(documents.Content[output.Key], RecommendJson.Default.IReadOnlyListRecommendation)!;
        written.Count.ShouldBe(output.Count);
        written[0].Playbook.ShouldBe("dynamodb-throttled-table");
        written[0].Because.ShouldContain("ThrottledRequests");
        written[0].Steps[0].Command!.ShouldStartWith("aws dynamodb describe-table --region eu-west-1 --table-name orders ");
        written[0].Steps.ShouldContain(step => step.Document != null && step.Document.Parameters["TableName"] == "orders");
    }

    [Fact]
    public async Task No_diagnosis_and_nothing_in_the_alarm_recommend_nothing()
    {
        var documents = new MemoryDocuments();
        var output = await StepOver(documents).RunAsync(new RecommendInput("INC-1", 1), default);
        output.Count.ShouldBe(0);
        documents.Content.ShouldContainKey(output.Key);
    }

    private static RecommendStep StepOver(MemoryDocuments documents) => new(
        new OneIncident(), documents, ((PlaybookLoad.Loaded)PlaybookLibrary.Load(null)).Library, NullLogger<RecommendStep>.Instance);

    private sealed class OneIncident : IIncidents
    {
        private static readonly Trigger First = new()
        {
            Source = TriggerSource.CloudWatch,
            SourceId = "1",
            Subject = "s",
            State = "ALARM",
            Condition = TriggerCondition.Firing,
            OccurredAt = At,
            Title = "checkout-latency",
            Account = "123456789012",
            Region = "eu-west-1",
        };

        public Task<Incident> GetAsync(string id, CancellationToken cancellationToken) => Task.FromResult(new Incident
        {
            Id = id,
            Scope = "local",
            Status = IncidentStatus.Open,
            Title = "t",
            OpenedAt = At,
            LastEventAt = At,
            First = First,
        });

        public Task<IReadOnlyList<Trigger>> MembersAsync(string id, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Trigger>>([First]);
    }

    private sealed class MemoryDocuments : IDocumentStore
    {
        public Dictionary<string, byte[]> Content { get; } = [];

        public Task PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
        {
            Content[key] = content.ToArray();
            return Task.CompletedTask;
        }

        public Task<byte[]?> GetAsync(string key, CancellationToken cancellationToken) => Task.FromResult(Content.GetValueOrDefault(key));

        public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken)
            => Task.FromResult<IReadOnlyList<string>>([.. Content.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)]);
    }
}
