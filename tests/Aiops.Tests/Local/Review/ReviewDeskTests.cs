using Aiops.Local.Review;
using Aiops.Local.Storage;
using Aiops.Pipeline.Review;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Tests.Local.Review;

public sealed class ReviewDeskTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("aiops-review-").FullName;
    private readonly Workflow workflow = new();
    private SqliteDatabase database = null!;
    private SqliteReviewDesk desk = null!;
    private ReviewStep step = null!;

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync()
    {
        database = await SqliteDatabase.OpenAsync(Path.Combine(folder, "aiops.db"), new SqliteDatabaseOptions(), None);
        await database.EnsureSchemaAsync(SqliteReviewDesk.Schema, None);
        desk = new SqliteReviewDesk(database);
        step = new ReviewStep(desk, workflow, NullLogger<ReviewStep>.Instance);
    }

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_signal_that_comes_while_no_token_is_out_waits_for_one()
    {
        (await step.SignalAsync("INC-1", Signal(ReviewSignalKind.Changed), None)).ShouldBeFalse();
        (await step.RunAsync(new ReviewInput("INC-1", 1, "token-1"), None)).Waiting.ShouldBeFalse();
        workflow.Answered.ShouldBe([("token-1", "changed")]);
        (await desk.DeliverableAsync(None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_signal_answers_a_waiting_token_once()
    {
        (await step.RunAsync(new ReviewInput("INC-1", 1, "token-1"), None)).Waiting.ShouldBeTrue();
        (await step.SignalAsync("INC-1", Signal(ReviewSignalKind.Reviewed), None)).ShouldBeTrue();
        await step.DeliverAllAsync(None);
        workflow.Answered.ShouldBe([("token-1", "reviewed")]);
    }

    [Theory]
    [InlineData(ReviewSignalKind.Changed, ReviewSignalKind.Reviewed, "reviewed")]
    [InlineData(ReviewSignalKind.Reviewed, ReviewSignalKind.Changed, "reviewed")]
    [InlineData(ReviewSignalKind.Changed, ReviewSignalKind.Resolved, "resolved")]
    public async Task Of_two_that_wait_the_one_that_settles_more_is_delivered(ReviewSignalKind first, ReviewSignalKind second, string delivered)
    {
        await step.SignalAsync("INC-1", Signal(first), None);
        await step.SignalAsync("INC-1", Signal(second), None);
        await step.RunAsync(new ReviewInput("INC-1", 1, "token-1"), None);
        workflow.Answered.ShouldBe([("token-1", delivered)]);
    }

    [Fact]
    public async Task Dying_between_leaving_and_sending_leaves_it_for_the_sweep()
    {
        await desk.LayDownAsync("INC-1", "token-1", None);
        await desk.LeaveAsync("INC-1", Signal(ReviewSignalKind.Resolved), None); // And then the process was gone.
        (await step.DeliverAllAsync(None)).ShouldBe(1);
        workflow.Answered.ShouldBe([("token-1", "resolved")]);
    }

    [Fact]
    public async Task A_signal_to_a_stale_token_stays_for_the_next_one()
    {
        await step.RunAsync(new ReviewInput("INC-1", 1, "stale"), None);
        workflow.Refuse = true;
        (await step.SignalAsync("INC-1", Signal(ReviewSignalKind.Changed), None)).ShouldBeFalse();
        workflow.Refuse = false;
        await step.RunAsync(new ReviewInput("INC-1", 2, "fresh"), None);
        workflow.Answered.ShouldBe([("fresh", "changed")]);
    }

    private static ReviewSignal Signal(ReviewSignalKind kind) => new() { Signal = kind };

    private sealed class Workflow : IWorkflowCallbacks
    {
        public bool Refuse { get; set; }

        public List<(string Token, string Signal)> Answered { get; } = [];

        public Task<bool> SendTaskSuccessAsync(string taskToken, string outputJson, CancellationToken cancellationToken)
        {
            if (!Refuse)
            {
                Answered.Add((taskToken, System.Text.Json.Nodes.JsonNode.Parse(outputJson)!["signal"]!.GetValue<string>()));
            }

            return Task.FromResult(!Refuse);
        }
    }
}
