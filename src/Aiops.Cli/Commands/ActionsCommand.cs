using System.CommandLine;
using Aiops.Cli.Output;
using Aiops.Local.Hosting;
using Aiops.Pipeline.Act;
using Spectre.Console;

namespace Aiops.Cli.Commands;

/// <summary>
/// <c>aiops actions propose|dry-run|approve|refuse|close|list|show|log</c>. Whoever may write the state folder is an approver here,
/// under the operating system's name for them.
/// </summary>
internal static class ActionsCommand
{
    private static readonly Argument<string> Id = new("ACTION") { Description = "The action's id, as `aiops actions list` shows it." };
    private static readonly Argument<string> Incident = new("INCIDENT") { Description = "The incident's id." };
    private static readonly Argument<int> Recommendation = new("RECOMMENDATION") { Description = "Its number in the comment, from 1." };
    private static readonly Argument<int> Step = new("STEP") { Description = "The step's number, from 1." };
    private static readonly Argument<string> Digest = new("DIGEST") { Description = "The digest that the dry run showed." };
    private static readonly Argument<string> Because = new("BECAUSE") { Description = "Why, in a few words." };
    private static readonly Option<string?> OfIncident = new("--incident") { Description = "Only this incident's." };
    private static readonly Option<string?> Allowed = new("--action") { Description = "The allow-list's id, where more than one fits." };
    private static readonly Option<string?> RequestId = new("--id") { Description = "The request's id (default: one of the time); the same id is the same request." };
    private static readonly Option<string[]> Set = new("--set") { Description = "NAME=VALUE of a parameter that the recommendation leaves open." };
    private static readonly Option<bool> Wait = new("--wait") { Description = "Run it here, where no other process works on the folder, and wait for its check." };

    public static Command Create(CommandEnvironment environment)
    {
        var command = new Command("actions", "One recommended action, released by an approver. Off without an allow-list (docs/actions.md).");
        Add("propose", "Asks for one step of a recommendation; nothing runs by it.", ProposeAsync, Incident, Recommendation, Step, Allowed, RequestId, Set);
        Add("dry-run", "Shows what it would do, and the digest to approve.", DryRunAsync, Id);
        Add("approve", "Releases what the dry run showed.", ApproveAsync, Id, Digest, Wait, CommonOptions.Telemetry);
        Add("refuse", "Says no to what isn't approved yet.", RefuseAsync, Id, Because);
        Add("close", "Gives up on one that was started and hangs; how it ended isn't known then.", CloseAsync, Id, Because);
        Add("list", "Actions, newest first.", ListAsync, OfIncident);
        Add("show", "One action: what, by whom, how it ended, whether it helped.", ShowAsync, Id);
        Add("log", "Who did what and when, and whether the log is whole.", LogAsync);
        return command;

        void Add(string name, string says, Func<LocalHost, ParseResult, CommandEnvironment, CancellationToken, Task<int>> run, params Symbol[] symbols)
        {
            var sub = new Command(name, says) { CommonOptions.Actions };
            foreach (var symbol in symbols)
            {
                if (symbol is Argument argument)
                {
                    sub.Arguments.Add(argument);
                }
                else
                {
                    sub.Options.Add((Option)symbol);
                }
            }

            sub.SetAction(async (parsed, ct) =>
            {
                await using var host = await CommonOptions.OpenHostAsync(parsed, environment, ct);
                return host.Actions.IsOff
                    ? throw new UserErrorException(
                        ExitCodes.Usage, "Approved actions are off: nothing may be run.", "Name an allow-list with --actions FILE or $AIOPS_ACTIONS; docs/actions.md says how to write one.")
                    : await run(host, parsed, environment, ct);
            });
            command.Subcommands.Add(sub);
        }
    }

    private static async Task<int> ProposeAsync(LocalHost host, ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        if (await host.Incidents.FindAsync(parsed.GetValue(Incident)!, cancellationToken) is not { } incident)
        {
            throw new UserErrorException(ExitCodes.NotFound, $"There is no incident {parsed.GetValue(Incident)}.", "`aiops incidents list` shows them.");
        }

        var now = environment.Time.GetUtcNow();
        var proposal = new ActionProposal(
            parsed.GetValue(RequestId) ?? $"ACT-{now:yyyyMMdd-HHmmssfff}", incident.Id, parsed.GetValue(Recommendation), parsed.GetValue(Step), parsed.GetValue(Allowed),
            (parsed.GetValue(Set) ?? []).Select(Pair).ToDictionary(StringComparer.Ordinal));
        return Print(await host.Actions.ProposeAsync(proposal, Caller, cancellationToken), parsed, environment);
    }

    private static async Task<int> DryRunAsync(LocalHost host, ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
        => Print(await host.Actions.DryRunAsync(parsed.GetValue(Id)!, Caller, cancellationToken), parsed, environment);

    private static async Task<int> ApproveAsync(LocalHost host, ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        var id = parsed.GetValue(Id)!;
        var answer = await host.Actions.ApproveAsync(id, parsed.GetValue(Digest)!, Caller, cancellationToken);
        if (answer is not ActionAnswer.Done || !parsed.GetValue(Wait))
        {
            return Print(answer, parsed, environment);
        }

        using var hostLock = HostLock.TryTake(host.Options.StateFolder);
        var driver = new HostDriver(host);
        while (true)
        {
            if (hostLock is not null)
            {
                await driver.SettleDownAsync(cancellationToken);
            }

            if (await host.Actions.ShowAsync(id, cancellationToken) is { IsActive: false } ended)
            {
                return Print(new ActionAnswer.Done(ended), parsed, environment);
            }

            await host.Workflow.WokenAsync(TimeSpan.FromMilliseconds(250), cancellationToken);
        }
    }

    private static async Task<int> RefuseAsync(LocalHost host, ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
        => Print(await host.Actions.RefuseAsync(parsed.GetValue(Id)!, parsed.GetValue(Because)!, Caller, cancellationToken), parsed, environment);

    private static async Task<int> CloseAsync(LocalHost host, ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
        => Print(await host.Actions.CloseAsync(parsed.GetValue(Id)!, parsed.GetValue(Because)!, Caller, cancellationToken), parsed, environment);

    private static async Task<int> ListAsync(LocalHost host, ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        var requests = await host.Actions.ListAsync(parsed.GetValue(OfIncident), cancellationToken);
        if (parsed.GetValue(CommonOptions.Json))
        {
            return environment.PrintJson(requests, CliJson.Default.IReadOnlyListActionRequest);
        }

        var table = new Table().AddColumns("action", "incident", "what", "on", "state", "by", "came of it").Border(TableBorder.Rounded);
        foreach (var one in requests)
        {
            table.AddRow(new[]
            {
                one.Id, one.IncidentId, one.Action, one.Component, one.State.ToString().ToLowerInvariant(), one.ApprovedBy ?? one.ProposedBy,
                one.Check?.Result.ToString() ?? one.Run?.Outcome.ToString() ?? "",
            }.Select(Markup.Escape).ToArray());
        }

        environment.Console.Write(table);
        return ExitCodes.Ok;
    }

    private static async Task<int> ShowAsync(LocalHost host, ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
        => await host.Actions.ShowAsync(parsed.GetValue(Id)!, cancellationToken) is { } request
            ? Print(new ActionAnswer.Done(request), parsed, environment)
            : throw new UserErrorException(ExitCodes.NotFound, $"There is no action {parsed.GetValue(Id)}.", "`aiops actions list` shows them.");

    private static async Task<int> LogAsync(LocalHost host, ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        var log = await host.Actions.LogAsync(cancellationToken);
        var problem = await host.Actions.LogProblemAsync(cancellationToken);
        if (parsed.GetValue(CommonOptions.Json))
        {
            environment.PrintJson(new ActionLogOutput(problem is null, problem, log), CliJson.Default.ActionLogOutput);
            return problem is null ? ExitCodes.Ok : ExitCodes.State;
        }

        foreach (var entry in log)
        {
            environment.Console.MarkupLineInterpolated($"{entry.Sequence,4} {entry.Line.At:yyyy-MM-dd HH:mm:ss} {entry.RequestId} {entry.Line.Who} ({entry.Line.Place}) {entry.Line.What} [grey]{entry.Hash[..12]}[/]");
        }

        return problem is null
            ? ExitCodes.Ok
            : throw new UserErrorException(ExitCodes.State, $"The log isn't whole: {problem}.", "Somebody changed the database: compare it with a backup.");
    }

    private static int Print(ActionAnswer answer, ParseResult parsed, CommandEnvironment environment)
    {
        if (answer is not ActionAnswer.Done { Request: var request })
        {
            var refused = (ActionAnswer.Refused)answer;
            throw new UserErrorException(ExitCodes.BadInput, refused.Because, refused.Remedy);
        }

        if (parsed.GetValue(CommonOptions.Json))
        {
            return environment.PrintJson(request, CliJson.Default.ActionRequest);
        }

        var console = environment.Console;
        console.MarkupLineInterpolated($"[bold]{request.Id}[/] {request.Action} on {request.Component} for {request.IncidentId}: {request.State.ToString().ToLowerInvariant()}");
        console.MarkupLineInterpolated($"proposed by {request.ProposedBy} at {request.ProposedAt:u}{(request.ApprovedBy is { } by ? $", approved by {by} at {request.ApprovedAt:u}" : "")}");
        console.MarkupLineInterpolated($"risk {request.Risk.ToString().ToLowerInvariant()}; to undo it: {request.Rollback}");
        if (request.DryRun is { } shown)
        {
            console.WriteLine($"would run: {shown.Line}\n{shown.Output}\ndigest: {shown.Digest}");
        }

        if (request.Run is { } run)
        {
            console.WriteLine($"{run.Outcome}: {run.Output}");
        }

        if ((request.Check?.Statement ?? request.Because) is { } last)
        {
            console.WriteLine(last);
        }

        return ExitCodes.Ok;
    }

    private static ActionCaller Caller => new(Environment.UserName, ActionRole.Approver, $"command line on {Environment.MachineName}");

    private static KeyValuePair<string, string> Pair(string text) => text.Split('=', 2) is [{ Length: > 0 } name, var value]
        ? new(name, value)
        : throw new UserErrorException(ExitCodes.Usage, $"{text} isn't NAME=VALUE.", "Write --set count=2.");
}

/// <param name="Whole">Whether every line is what was written.</param>
internal sealed record ActionLogOutput(bool Whole, string? Problem, IReadOnlyList<ActionLogEntry> Lines);
