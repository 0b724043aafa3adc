using Aiops.Pipeline.Act;

namespace Aiops.Tests.Pipeline.Act;

public sealed class ActionLogTests : IAsyncLifetime
{
    private ActWorld world = null!;
    private IReadOnlyList<ActionLogEntry> log = [];
    private IReadOnlyList<ActionRequest> requests = [];

    public async Task InitializeAsync()
    {
        world = await ActWorld.NewAsync();
        await world.ApprovedAsync();
        await world.RunAsync();
        (log, requests) = (await world.Store.LogAsync(default), await world.Store.ListAsync(null, default));
    }

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public void A_log_as_it_was_written_is_whole() => ActionLog.Problem(log, requests).ShouldBeNull();

    [Fact]
    public void Every_line_that_is_changed_shows()
    {
        for (var i = 0; i < log.Count; i++)
        {
            var entry = log[i];
            ActionLogEntry[] changes =
            [
                entry with { Line = entry.Line with { Who = "eve" } }, entry with { Line = entry.Line with { At = entry.Line.At.AddSeconds(1) } },
                entry with { Line = entry.Line with { What = "did nothing" } }, entry with { Line = entry.Line with { Place = "elsewhere" } },
                entry with { Line = entry.Line with { Digest = "0" } }, entry with { RequestId = "ACT-2" }, entry with { Version = 99 }, entry with { Hash = "" },
            ];
            foreach (var changed in changes)
            {
                ActionLog.Problem([.. log.Take(i), changed, .. log.Skip(i + 1)], requests).ShouldNotBeNull($"line {i + 1}: {changed}");
            }
        }
    }

    [Fact]
    public void Every_line_that_is_taken_out_shows_the_last_one_included()
    {
        for (var i = 0; i < log.Count; i++)
        {
            ActionLog.Problem([.. log.Take(i), .. log.Skip(i + 1)], requests).ShouldNotBeNull($"line {i + 1}");
        }
    }

    [Fact]
    public void A_request_that_no_line_brought_where_it_is_shows()
        => ActionLog.Problem(log, [requests[0] with { State = ActionState.Approved }]).ShouldNotBeNull();

    [Fact]
    public void A_line_whose_hash_was_made_anew_breaks_the_next()
    {
        var forged = ActionLog.Next(null, requests[0] with { Version = 1, State = ActionState.Proposed }, log[0].Line with { Who = "eve" });
        ActionLog.Problem([forged, .. log.Skip(1)], requests).ShouldBe("line 2 isn't what was written");
    }
}
