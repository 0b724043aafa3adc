using Aiops.Local.Act;
using Aiops.Pipeline;
using Aiops.Pipeline.Act;

namespace Aiops.Tests.Local.Act;

/// <summary>With programs that every Unix has.</summary>
public sealed class ProcessActionRunnerTests
{
    private readonly ProcessActionRunner runner = new(TimeProvider.System);
    private int started;

    [FactOnUnix]
    public async Task Arguments_arrive_one_by_one_and_no_shell_reads_them()
    {
        var run = await RunAsync(Action("/usr/bin/printf", "%s|", "a b", "; rm -rf /", "$(reboot)", "*", "\"'"));
        run.ShouldBe(new ActionRun(RunOutcome.Succeeded, "a b|; rm -rf /|$(reboot)|*|\"'|", run.EndedAt));
    }

    [FactOnUnix]
    public async Task Nothing_of_our_environment_is_handed_on()
    {
        var action = Action("/usr/bin/env");
        (await RunAsync(action)).Output.ShouldBeEmpty();
        (await RunAsync(action with { Command = action.Command! with { Environment = new Dictionary<string, string> { ["ZONE"] = "a" } } })).Output.ShouldBe("ZONE=a\n");
    }

    [FactOnUnix]
    public async Task A_failure_says_its_exit_code_and_what_it_wrote()
    {
        var run = await RunAsync(Action("/bin/ls", "/does/not/exist"));
        run.Outcome.ShouldBe(RunOutcome.Failed);
        run.Output.ShouldContain("/does/not/exist");
        run.Output.ShouldContain("exit code");
    }

    [FactOnUnix]
    public async Task What_hangs_and_what_floods_is_killed_and_cut()
    {
        var run = await RunAsync(Action("/usr/bin/yes") is var yes ? yes with { Command = yes.Command! with { TimeoutSeconds = 1 } } : yes);
        run.Outcome.ShouldBe(RunOutcome.Failed);
        run.Output.ShouldContain("killed after 1 s");
        run.Output.Length.ShouldBeLessThan(70_000);
    }

    [FactOnUnix]
    public async Task What_ended_well_is_a_success_though_a_child_of_it_holds_the_pipes()
    {
        var run = await RunAsync(Action("/bin/sh", "-c", "echo done; sleep 20 &"));
        run.Outcome.ShouldBe(RunOutcome.Succeeded, run.Output);
        run.Output.ShouldBe("done\n");
    }

    [FactOnUnix]
    public async Task A_program_that_is_not_there_was_certainly_not_started()
        => (await runner.StartAsync(Prepared(Action("/does/not/exist")), "ACT-1", false, default)).ShouldBeOfType<StartResult.NotStarted>();

    [FactOnUnix]
    public async Task A_start_that_another_process_may_have_made_is_not_made_again()
    {
        (await runner.StartAsync(Prepared(Action("/bin/ls")), "ACT-1", again: true, default)).ShouldBeOfType<StartResult.Unknown>();
        (await runner.StatusAsync("ACT-1", default))!.Outcome.ShouldBe(RunOutcome.Unknown);
    }

    [FactOnUnix]
    public async Task The_same_request_is_started_once()
    {
        using var folder = new TemporaryFolder();
        var made = folder.File("made");
        var action = Prepared(Action("/bin/mkdir", made));
        await runner.StartAsync(action, "ACT-1", false, default);
        await runner.StartAsync(action, "ACT-1", true, default);
        (await EndOfAsync("ACT-1")).Outcome.ShouldBe(RunOutcome.Succeeded); // A second mkdir would fail.
    }

    [FactOnUnix]
    public async Task A_dry_run_uses_its_own_arguments_and_without_them_says_what_would_run()
    {
        var action = Action("/bin/echo", "real");
        (await runner.DryRunAsync(Prepared(action), default)).Output.ShouldContain("/bin/echo real");
        var result = await runner.DryRunAsync(Prepared(action with { Command = action.Command! with { DryRunArguments = ["only", "looking"] } }), default);
        result.ShouldBe(new DryRunResult(true, "only looking\n"));
    }

    private async Task<ActionRun> RunAsync(AllowedAction action)
    {
        var id = $"ACT-{++started}";
        (await runner.StartAsync(Prepared(action), id, false, default)).ShouldBe(new StartResult.Started(id));
        return await EndOfAsync(id);
    }

    private async Task<ActionRun> EndOfAsync(string id)
    {
        while (true)
        {
            if (await runner.StatusAsync(id, default) is { } run)
            {
                return run;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, default);
        }
    }

    private static AllowedAction Action(string executable, params string[] arguments) => new()
    {
        Id = "test",
        Title = "A test",
        MaxRisk = ActionRisk.Low,
        Components = ["*"],
        Command = new AllowedCommand { Executable = executable, Arguments = arguments, TimeoutSeconds = 60 },
    };

    private static PreparedAction Prepared(AllowedAction action)
        => PreparedAction.Prepare(action, new Dictionary<string, string>()).ShouldBeOfType<Preparation.Ready>().Action;

    private sealed class FactOnUnixAttribute : FactAttribute
    {
        public FactOnUnixAttribute() => Skip = OperatingSystem.IsWindows() ? "uses Unix programs" : null;
    }
}
