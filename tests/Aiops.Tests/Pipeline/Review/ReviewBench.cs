using System.Text.Json;
using Aiops.Analysis;
using Aiops.Local.Hosting;
using Aiops.Local.Storage;
using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.Learn;
using Aiops.Pipeline.Recommend;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Tests.Pipeline.Review;

/// <summary>The embedded host with a ticket system in which kim may review and lee may not.</summary>
internal sealed class ReviewBench : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder;

    private ReviewBench(TemporaryFolder folder, ReplayClock clock, LocalHost host, FakeTickets tickets)
        => (this.folder, Clock, Host, Tickets, Driver) = (folder, clock, host, tickets, new HostDriver(host));

    public ReplayClock Clock { get; }

    public LocalHost Host { get; }

    public HostDriver Driver { get; }

    public FakeTickets Tickets { get; }

    public static async Task<ReviewBench> StartAsync()
    {
        var place = new TemporaryFolder();
        var clock = new ReplayClock(Start);
        FakeTickets? tickets = null;
        var options = new LocalHostOptions
        {
            StateFolder = place.File("state"),
            Durability = Durability.ProcessCrash,
            Foreign = (ledger, _) =>
            {
                tickets = new FakeTickets(ledger);
                return new ForeignTickets { Tickets = tickets, Replies = tickets, Reviewers = ["kim"], Notices = [tickets] };
            },
        };
        return new ReviewBench(place, clock, await LocalHost.OpenAsync(options, clock, NullLoggerFactory.Instance, default), tickets!);
    }

    /// <summary>An alarm of the service now; its incident is open and settles.</summary>
    public async Task<string> AlarmAsync(string service)
    {
        var known = (await Host.Incidents.ListAsync(null, 10_000, default)).Select(one => one.Id).ToHashSet();
        var json = $$"""{"incidentId":"{{service}}","action":"created","timestamp":"{{Clock.GetUtcNow():O}}","title":"{{service}} is slow","service":"{{service}}","priority":"HIGH"}""";
        await Host.Door.AdmitAsync(System.Text.Encoding.UTF8.GetBytes(json), "test", default);
        await Driver.ConsumeAllAsync(default);
        return (await Host.Incidents.ListAsync(null, 10_000, default)).Single(one => !known.Contains(one.Id)).Id;
    }

    /// <summary>Until the workflows wait for a review, with two hypotheses and two actions to review.</summary>
    public async Task AnalyseAsync(params IReadOnlyList<string> incidents)
    {
        Clock.AdvanceTo(Clock.GetUtcNow() + TimeSpan.FromMinutes(10));
        await Driver.SettleDownAsync(default);
        foreach (var incident in incidents)
        {
            await Host.Documents.PutAsync(DocumentKeys.Diagnosis(incident, 1), JsonSerializer.SerializeToUtf8Bytes(Diagnosis, DiagnosisJson.Default.Diagnosis), default);
            await Host.Documents.PutAsync(
                DocumentKeys.Recommendations(incident, 1), JsonSerializer.SerializeToUtf8Bytes(Actions, RecommendJson.Default.IReadOnlyListRecommendation), default);
        }
    }

    /// <summary>Another analysis, whose comment may have stood from the time on, with this first cause and action.</summary>
    public async Task AnalyseAnewAsync(string incident, int round, DateTimeOffset from, string component, string playbook)
    {
        var classification = (await Host.Documents.GetAsync(DocumentKeys.Classification(incident, 1), default)).ShouldNotBeNull();
        await Host.Documents.PutAsync(DocumentKeys.Classification(incident, round), classification, default);
        var diagnosis = Diagnosis with { Hypotheses = [Diagnosis.Hypotheses[0] with { Component = component }] };
        await Host.Documents.PutAsync(DocumentKeys.Diagnosis(incident, round), JsonSerializer.SerializeToUtf8Bytes(diagnosis, DiagnosisJson.Default.Diagnosis), default);
        await Host.Documents.PutAsync(
            DocumentKeys.Recommendations(incident, round), JsonSerializer.SerializeToUtf8Bytes<IReadOnlyList<Recommendation>>([Action(playbook)], RecommendJson.Default.IReadOnlyListRecommendation), default);
        await Host.Documents.PutAsync(DocumentKeys.Commented(incident, round), JsonSerializer.SerializeToUtf8Bytes(new Commented(from), CommentJson.Default.Commented), default);
    }

    /// <summary>What a person wrote is read, and what it brings about is done.</summary>
    public async Task<string> ReplyAsync(string incident, string author, string text)
    {
        Clock.AdvanceTo(Clock.GetUtcNow() + TimeSpan.FromSeconds(1));
        var id = Tickets.Write(incident, author, text, Clock.GetUtcNow());
        await Host.TicketReviews!.ReadAsync(incident, default);
        await Driver.SettleDownAsync(default);
        return Tickets.Answers.GetValueOrDefault(id, "");
    }

    public async Task<Outcome?> OutcomeAsync(string incident)
        => await Host.Documents.GetAsync(DocumentKeys.Outcome(incident), default) is { } json ? JsonSerializer.Deserialize(json, LearnJson.Default.Outcome) : null;

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        folder.Dispose();
    }

    private static Provenance From => new("metrics", "q", new TimeWindow(Start, Start + TimeSpan.FromMinutes(1)));

    private static Diagnosis Diagnosis => new()
    {
        Hypotheses =
        [
            new Hypothesis { Rank = 1, Component = "checkout-db", Statement = "connections ran out", Kind = CauseKind.Saturation, Confidence = 0.6, Role = SuspectRole.Cause, For = ["E1"], Against = ["E2"], WouldDisprove = "free connections" },
            new Hypothesis { Rank = 2, Component = "search", Statement = "it is slow", Kind = CauseKind.Latency, Confidence = 0.2, Role = SuspectRole.Symptom },
        ],
        Evidence =
        [
            new Evidence { Id = "E1", Kind = EvidenceKind.Metric, Component = "checkout-db", Statement = "connections at <b>100 %</b> password=hunter2hunter2", Provenance = From },
            new Evidence { Id = "E2", Kind = EvidenceKind.Log, Component = "checkout", Statement = "no refusals", Provenance = From },
        ],
    };

    private static IReadOnlyList<Recommendation> Actions => [Action("raise-pool"), Action("restart-db")];

    private static Recommendation Action(string playbook) => new()
    {
        Playbook = playbook,
        Title = $"Do {playbook}",
        Hypothesis = 1,
        Because = "it fits",
        Steps = [],
        Risk = ActionRisk.Low,
        RiskReason = "-",
        Rollback = "-",
        Check = "-",
    };
}
