using Aiops.Pipeline;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Deciding;
using Aiops.Pipeline.Intake.Scopes;
using static Aiops.PortTests.Intake.Alarms;

namespace Aiops.Tests.Pipeline.Intake;

public class IncidentDeskTests
{
    private readonly IntakeBench intake = new();

    private IncidentDesk Desk => new(intake.Store, intake.Executions, intake.Clock);

    [Fact]
    public async Task Members_split_off_are_an_incident_of_their_own_and_take_their_alarms_with_them()
    {
        var old = (await intake.TakeAsync(Firing("orders-db", hint: SeverityHint.Low))).IncidentId!;
        await intake.TakeAsync(Firing("cart", 1, hint: SeverityHint.Critical));
        await intake.TakeAsync(Firing("cart", 2, "cpu"));

        var split = (await Desk.SplitAsync(old, [Arn("cart"), Arn("cart", "cpu")], default)).ShouldBeOfType<IncidentEdit.Done>();

        var rest = (await intake.Store.FindAsync(old, default))!;
        (rest.MemberCount, rest.FiringCount, rest.Priority).ShouldBe((1, 1, SeverityHint.Critical));
        rest.Components.ShouldBe(["orders-db"]);
        var moved = (await intake.Store.FindAsync(split.Id, default))!;
        (moved.MemberCount, moved.FiringCount, moved.Priority, moved.LinkedTo, moved.ExecutionStarted)
            .ShouldBe((2, 2, SeverityHint.Critical, old, true));
        moved.Title.ShouldBe("cart-5xx");
        (await intake.Store.ListMembersAsync(old, default)).ShouldHaveSingleItem();
        (await intake.TakeAsync(Ok("cart", 3))).IncidentId.ShouldBe(split.Id);
        (await intake.TakeAsync(Ok("orders-db", 4))).IncidentId.ShouldBe(old);
        (await intake.Store.FindAsync((await intake.TakeAsync(Firing("orders-db", 5))).IncidentId!, default))!.LinkedTo.ShouldBe(old);
    }

    [Fact]
    public async Task A_split_is_refused_where_nothing_would_be_left_or_nothing_moves()
    {
        var id = (await intake.TakeAsync(Firing("orders-db"))).IncidentId!;
        await intake.TakeAsync(Firing("cart", 1));
        await ShouldRefuseAsync(Desk.SplitAsync(id, [Arn("orders-db"), Arn("cart")], default), "has to stay");
        await ShouldRefuseAsync(Desk.SplitAsync(id, [], default), "name the members");
        await ShouldRefuseAsync(Desk.SplitAsync(id, ["stranger"], default), "stranger is no member");
        await ShouldRefuseAsync(Desk.SplitAsync("INC-NONE", ["stranger"], default), "there is no incident INC-NONE");
        await intake.TakeAsync(Ok("cart", 2));
        await ShouldRefuseAsync(Desk.SplitAsync(id, [Arn("cart")], default), "none of them fires");
        await ShouldRefuseAsync(Desk.SplitAsync(id, [Arn("orders-db")], default), "one firing member");
    }

    [Fact]
    public async Task A_link_is_noted_and_nothing_moves()
    {
        var one = (await intake.TakeAsync(Firing("cart"))).IncidentId!;
        var other = (await intake.TakeAsync(Firing("billing"))).IncidentId!;
        (await Desk.LinkAsync(other, one, default)).ShouldBeOfType<IncidentEdit.Done>();
        (await intake.Store.FindAsync(other, default))!.LinkedTo.ShouldBe(one);
        await ShouldRefuseAsync(Desk.LinkAsync(one, other, default), "follows");
        await ShouldRefuseAsync(Desk.LinkAsync(one, one, default), "itself");
        await ShouldRefuseAsync(Desk.LinkAsync(one, "INC-NONE", default), "INC-NONE");
        (await intake.Store.ListMembersAsync(one, default)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_closed_incident_that_is_reopened_takes_alarms_again()
    {
        var id = (await intake.TakeAsync(Firing("cart"))).IncidentId!;
        await ShouldRefuseAsync(Desk.ReopenAsync(id, default), "is open");
        (await Desk.CloseAsync(id, default)).ShouldBeOfType<IncidentEdit.Done>();
        (await intake.IncidentAsync()).Status.ShouldBe(IncidentStatus.Closed);
        (await Desk.ReopenAsync(id, default)).ShouldBeOfType<IncidentEdit.Done>();
        (await intake.TakeAsync(Firing("orders-db", 2))).IncidentId.ShouldBe(id);
        (await intake.Store.ListPendingAsync(10, default)).ShouldHaveSingleItem().Signals.ShouldBe(PendingSignals.Changed);
    }

    [Fact]
    public async Task A_refire_after_its_workflow_closed_a_firing_incident_opens_one_that_follows()
    {
        var id = (await intake.TakeAsync(Firing("cart"))).IncidentId!;
        await Desk.CloseAsync(id, default);
        var next = await intake.TakeAsync(Firing("cart", 5));
        next.Outcome.ShouldBe(TriggerOutcome.Opened);
        (await intake.Store.FindAsync(next.IncidentId!, default))!.LinkedTo.ShouldBe(id);
    }

    private static async Task ShouldRefuseAsync(Task<IncidentEdit> edit, string because)
        => (await edit).ShouldBeOfType<IncidentEdit.Refused>().Reason.ShouldContain(because);
}
