using System.Text.Json;
using Aiops.Pipeline;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Scopes;
using static Aiops.PortTests.Intake.Alarms;

namespace Aiops.Tests.Pipeline.Intake;

public class ScopeHeadTests
{
    [Fact]
    public void A_head_that_would_outgrow_its_item_leaves_out_those_that_are_quiet_for_longest()
    {
        var incidents = Enumerable.Range(0, 3_000).Select(i => Large(i, Start.AddSeconds(i))).ToList();
        var head = ScopeHead.Of(incidents);

        var bytes = JsonSerializer.SerializeToUtf8Bytes(head, IntakeJson.Default.ScopeHead).Length;
        bytes.ShouldBeLessThanOrEqualTo(ScopeHead.MaxBytes);
        bytes.ShouldBeGreaterThan(ScopeHead.MaxBytes / 2, "the estimate isn't wasteful");
        head.Incidents.Min(i => i.LastEventAt).ShouldBe(Start.AddSeconds(3_000 - head.Incidents.Count), "and no newer one was left out");
    }

    [Theory]
    [InlineData("plain-component")]
    [InlineData("\"quoted\\ and <html> & more\"")]
    [InlineData("Überwachung 監視 🔥")]
    [InlineData("\u0001\n\t")]
    public void The_weight_is_never_below_what_is_written(string text)
    {
        var components = Enumerable.Range(0, IncidentState.MaxComponents).Select(i => text + new string('x', 900) + i).ToList();
        var incidents = Enumerable.Range(0, 50).Select(i => Large(i, Start) with { Components = components, Marks = [.. components.Take(IncidentState.MaxMarks)] });
        JsonSerializer.SerializeToUtf8Bytes(ScopeHead.Of(incidents), IntakeJson.Default.ScopeHead).Length.ShouldBeLessThanOrEqualTo(ScopeHead.MaxBytes);
    }

    [Fact]
    public void Closed_incidents_leave_the_head_and_the_order_is_that_of_their_ids()
        => ScopeHead.Of([Large(2, Start), Large(1, Start), Large(3, Start) with { Status = IncidentStatus.Closed }])
            .Incidents.Select(i => i.Id).ShouldBe(["INC-000000000001", "INC-000000000002"]);

    [Fact]
    public async Task An_incident_left_out_still_takes_what_is_its_own_and_comes_back_with_it()
    {
        var intake = new IntakeBench();
        var id = (await intake.TakeAsync(Firing("cart"))).IncidentId!;
        var snapshot = await intake.Store.LoadAsync("111122223333", new SnapshotRequest(), default);
        (await intake.Store.CommitAsync("111122223333", snapshot.Version, new ScopeChanges { Head = ScopeHead.Empty }, Start, default)).ShouldBeTrue();

        (await intake.TakeAsync(Firing("orders-db", 1))).Outcome.ShouldBe(TriggerOutcome.Opened, "nothing new is correlated with it");
        (await intake.TakeAsync(Ok("cart", 2))).IncidentId.ShouldBe(id);
        (await intake.Store.FindAsync(id, default))!.Status.ShouldBe(IncidentStatus.Resolved);
        (await intake.Store.LoadAsync("111122223333", new SnapshotRequest(), default)).Head.Incidents.ShouldContain(i => i.Id == id);
        await intake.SweepAsync(40);
        (await intake.Store.FindAsync(id, default))!.Status.ShouldBe(IncidentStatus.Closed);
    }

    // Every member at its longest but the lists.
    private static IncidentState Large(int number, DateTimeOffset last) => new()
    {
        Id = $"INC-{number:D12}",
        Status = IncidentStatus.Resolved,
        OpenedAt = last.AddTicks(-1_234_567),
        LastEventAt = last,
        ResolvedAt = last.AddTicks(1_234_567),
        CloseDueAt = last.AddTicks(1_234_567),
        Priority = SeverityHint.Critical,
        Region = "ap-southeast-11",
        MemberCount = int.MaxValue,
        FiringCount = int.MaxValue,
        LinkedTo = "INC-000000000000",
        Components = ["component"],
        Marks = ["w:component"],
    };
}
