using Aiops.Pipeline;
using Aiops.Pipeline.Act;
using static Aiops.Tests.Pipeline.Act.ActWorld;

namespace Aiops.Tests.Pipeline.Act;

public sealed class ActionDeskTests : IAsyncLifetime
{
    private ActWorld world = null!;

    public async Task InitializeAsync() => world = await NewAsync();

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task Without_a_list_nothing_can_be_asked_for()
    {
        world.Allowed = ActionAllowList.Off;
        Refusal(await world.Desk.ProposeAsync(Proposal(), Ann, default)).ShouldContain("are off");
        Refusal(await world.Desk.DryRunAsync("ACT-1", Ann, default)).ShouldContain("are off");
        Refusal(await world.Desk.ApproveAsync("ACT-1", "", Ann, default)).ShouldContain("are off");
        (await world.Store.LogAsync(default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_proposed_is_filled_from_the_incident_and_runs_nothing()
    {
        var request = await world.ProposedAsync();
        request.State.ShouldBe(ActionState.Proposed);
        request.Parameters["service"].ShouldBe("checkout");
        world.Runner.Starts.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("11")]
    [InlineData("2; rm -rf /")]
    [InlineData("$(reboot)")]
    [InlineData("2\n3")]
    [InlineData("--force")]
    public async Task A_parameter_past_its_rule_is_refused_at_the_door(string count)
        => Refusal(await world.Desk.ProposeAsync(Proposal(count), Kim, default)).ShouldContain("count");

    [Fact]
    public async Task What_the_list_takes_from_the_incident_nobody_else_gives()
    {
        var proposal = Proposal() with { Parameters = new Dictionary<string, string> { ["count"] = "4", ["service"] = "payments-db" } };
        Request(await world.Desk.ProposeAsync(proposal, Kim, default)).Parameters["service"].ShouldBe("checkout");
    }

    [Fact]
    public async Task A_parameter_that_nobody_knows_is_refused()
    {
        var proposal = Proposal() with { Parameters = new Dictionary<string, string> { ["count"] = "2", ["sudo"] = "yes" } };
        Refusal(await world.Desk.ProposeAsync(proposal, Kim, default)).ShouldContain("sudo");
        Refusal(await world.Desk.ProposeAsync(Proposal() with { Parameters = new Dictionary<string, string>() }, Kim, default)).ShouldContain("count isn't given");
    }

    [Fact]
    public async Task A_step_that_is_not_listed_is_refused()
    {
        Refusal(await world.Desk.ProposeAsync(Proposal(step: 1), Kim, default)).ShouldContain("Nothing on the allow-list");
        Refusal(await world.Desk.ProposeAsync(Proposal(step: 3), Kim, default)).ShouldContain("no recommendation");
        Refusal(await world.Desk.ProposeAsync(Proposal() with { Recommendation = 0 }, Kim, default)).ShouldContain("no recommendation");
    }

    [Fact]
    public async Task A_risk_above_the_listed_one_is_refused()
    {
        await world.RecommendAsync(ActionRisk.High);
        Refusal(await world.Desk.ProposeAsync(Proposal(), Kim, default)).ShouldContain("risk high");
    }

    [Fact]
    public async Task Another_component_than_the_listed_ones_is_refused()
    {
        world.Incidents = OneIncident.Of("orders", Alarm);
        Refusal(await world.Desk.ProposeAsync(Proposal(), Kim, default)).ShouldContain("not for orders");
    }

    [Fact]
    public async Task A_tag_that_the_alarm_lacks_is_refused()
    {
        world.Allowed = Read(Scale.Replace("\"components\"", "\"tags\": { \"team\": \"shop\" }, \"components\"", StringComparison.Ordinal));
        Refusal(await world.Desk.ProposeAsync(Proposal(), Kim, default)).ShouldContain("not for checkout");
    }

    [Fact]
    public async Task A_document_is_not_run_by_a_host_that_can_not()
    {
        await world.RecommendAsync(ActionRisk.Low, document: "ShopScaleOut");
        world.Allowed = Read("""{ "actions": [ { "id": "doc", "title": "A document", "maxRisk": "high", "components": ["*"], "document": { "name": "ShopScaleOut" } } ] }""");
        Refusal(await world.Desk.ProposeAsync(Proposal() with { Parameters = new Dictionary<string, string>() }, Kim, default)).ShouldContain("This host can't run doc");
    }

    [Fact]
    public async Task A_request_id_can_not_take_the_name_of_an_incidents_workflow()
        => Refusal(await world.Desk.ProposeAsync(Proposal(id: "INC-1"), Kim, default)).ShouldContain("ACT-");

    [Fact]
    public async Task The_same_request_twice_is_one_and_another_under_its_id_is_refused()
    {
        await world.ProposedAsync();
        Request(await world.Desk.ProposeAsync(Proposal(), Kim, default)).Version.ShouldBe(1);
        Refusal(await world.Desk.ProposeAsync(Proposal(count: "5"), Kim, default)).ShouldContain("is another request");
        (await world.Store.LogAsync(default)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task One_action_at_a_time_until_it_has_lain_for_too_long()
    {
        await world.ProposedAsync();
        Refusal(await world.Desk.ProposeAsync(Proposal(id: "ACT-2"), Kim, default)).ShouldContain("under way");
        world.Time.Advance(ActionDesk.Fresh);
        Refusal(await world.Desk.ProposeAsync(Proposal(id: "ACT-2"), Kim, default)).ShouldContain("under way");
        world.Time.Advance(TimeSpan.FromTicks(1));
        Request(await world.Desk.ProposeAsync(Proposal(id: "ACT-2"), Kim, default)).Id.ShouldBe("ACT-2");
        (await world.NowAsync()).State.ShouldBe(ActionState.Expired);
    }

    [Fact]
    public async Task Roles_end_where_they_end()
    {
        Refusal(await world.Desk.ProposeAsync(Proposal(), new ActionCaller("eve", ActionRole.Reader, "test"), default)).ShouldContain("no reviewer");
        var shown = await world.ShownAsync();
        Refusal(await world.Desk.ApproveAsync("ACT-1", shown.DryRun!.Digest, new ActionCaller("max", ActionRole.Reviewer, "test"), default)).ShouldContain("no approver");
        Refusal(await world.Desk.RefuseAsync("ACT-1", "no", new ActionCaller("eve", ActionRole.Reader, "test"), default)).ShouldContain("no reviewer");
    }

    [Fact]
    public async Task Whoever_proposed_may_approve_only_where_one_person_is_enough()
    {
        var shown = await world.ShownAsync();
        var kim = Kim with { Role = ActionRole.Approver };
        Refusal(await world.Desk.ApproveAsync("ACT-1", shown.DryRun!.Digest, kim, default)).ShouldContain("kim proposed it");
        world.Allowed = world.Allowed with { TwoPersons = false };
        Request(await world.Desk.ApproveAsync("ACT-1", shown.DryRun.Digest, kim, default)).State.ShouldBe(ActionState.Approved);
    }

    [Fact]
    public async Task Nothing_is_approved_without_its_dry_run()
    {
        await world.ProposedAsync();
        Refusal(await world.Desk.ApproveAsync("ACT-1", "", Ann, default)).ShouldContain("No dry run");
        Refusal(await world.Desk.ApproveAsync("ACT-9", "", Ann, default)).ShouldContain("no action ACT-9");
    }

    [Fact]
    public async Task A_dry_run_that_says_something_else_now_must_be_seen_again()
    {
        var first = await world.ShownAsync();
        world.Runner.DryRun = _ => new DryRunResult(true, "would delete everything");
        var second = Request(await world.Desk.DryRunAsync("ACT-1", Kim, default));
        second.DryRun!.Digest.ShouldNotBe(first.DryRun!.Digest);
        Refusal(await world.Desk.ApproveAsync("ACT-1", first.DryRun.Digest, Ann, default)).ShouldContain("isn't the dry run");
    }

    [Fact]
    public async Task A_dry_run_that_failed_can_not_be_approved()
    {
        await world.ShownAsync();
        world.Runner.DryRun = _ => new DryRunResult(false, "no such service");
        Refusal(await world.Desk.DryRunAsync("ACT-1", Kim, default)).ShouldContain("no such service");
        Refusal(await world.Desk.ApproveAsync("ACT-1", "", Ann, default)).ShouldContain("No dry run");
    }

    [Fact]
    public async Task What_a_dry_run_says_is_masked()
    {
        world.Runner.DryRun = _ => new DryRunResult(true, "login with password=hunter2hunter2");
        (await world.ShownAsync()).DryRun!.Output.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task A_dry_run_holds_for_a_quarter_of_an_hour()
    {
        var shown = await world.ShownAsync();
        world.Time.Advance(ActionDesk.Fresh + TimeSpan.FromTicks(1));
        Refusal(await world.Desk.ApproveAsync("ACT-1", shown.DryRun!.Digest, Ann, default)).ShouldContain("older than 15 minutes");
        var again = Request(await world.Desk.DryRunAsync("ACT-1", Kim, default));
        world.Time.Advance(ActionDesk.Fresh);
        Request(await world.Desk.ApproveAsync("ACT-1", again.DryRun!.Digest, Ann, default)).State.ShouldBe(ActionState.Approved);
    }

    [Fact]
    public async Task Many_approvals_at_once_start_it_once()
    {
        var shown = await world.ShownAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => world.Desk.ApproveAsync("ACT-1", shown.DryRun!.Digest, Ann with { Name = $"ann{i}" }, default)));
        answers.OfType<ActionAnswer.Done>().Count().ShouldBe(1);
        await world.RunAsync();
        world.Runner.Starts.ShouldBe(["ACT-1 /opt/scale --service checkout --count=4"]);
    }

    [Fact]
    public async Task What_was_refused_is_not_approved_any_more()
    {
        var shown = await world.ShownAsync();
        Request(await world.Desk.RefuseAsync("ACT-1", "wrong service", Kim, default)).State.ShouldBe(ActionState.Refused);
        Refusal(await world.Desk.ApproveAsync("ACT-1", shown.DryRun!.Digest, Ann, default)).ShouldContain("is refused");
    }
}
