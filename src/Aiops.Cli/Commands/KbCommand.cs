using System.CommandLine;
using Aiops.Cli.Output;
using Aiops.Cli.Stores;
using Spectre.Console;

namespace Aiops.Cli.Commands;

/// <summary><c>aiops --stack NAME kb list|show|revoke</c>: the reviewed cases that later incidents are compared with.</summary>
internal static class KbCommand
{
    private static readonly Argument<string> Id = new("INCIDENT") { Description = "The id of the incident that the case was learned from." };

    public static Command Create(CommandEnvironment environment)
    {
        var list = new Command("list", "Cases as they stand, taken-back ones included.");
        list.SetAction((parsed, ct) => ListAsync(parsed, environment, ct));
        var show = new Command("show", "One case: what it was, what helped, what it is compared by.") { Id };
        show.SetAction((parsed, ct) => ShowAsync(parsed, environment, ct));
        var revoke = new Command("revoke", "Takes a case back: it answers nothing any more, from the next comparison on.") { Id };
        revoke.SetAction((parsed, ct) => RevokeAsync(parsed, environment, ct));
        return new Command("kb", "The reviewed cases of a deployed stack.") { list, show, revoke };
    }

    private static async Task<int> ListAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        await using var stores = await OpenAsync(parsed, environment, cancellationToken);
        var cases = (await stores.CasesAsync(cancellationToken)).Records.OrderByDescending(one => one.Case.OpenedAt).ThenBy(one => one.Case.IncidentId, StringComparer.Ordinal);
        if (parsed.GetValue(CommonOptions.Json))
        {
            return environment.PrintJson([.. cases], CliJson.Default.ListCaseRecord);
        }

        var table = new Table().AddColumns("incident", "status", "version", "since", "cause", "title").Border(TableBorder.Rounded);
        foreach (var one in cases)
        {
            table.AddRow(
                one.Case.IncidentId, one.Status.ToString().ToLowerInvariant(), $"{one.Version}", $"{one.Case.OpenedAt:yyyy-MM-dd}",
                Markup.Escape(one.Case.Component ?? ""), Markup.Escape(one.Case.Title));
        }

        environment.Console.Write(table);
        return ExitCodes.Ok;
    }

    private static async Task<int> ShowAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        await using var stores = await OpenAsync(parsed, environment, cancellationToken);
        var found = (await stores.CasesAsync(cancellationToken)).Records.FirstOrDefault(one => one.Case.IncidentId == parsed.GetValue(Id)) ?? throw NoCase(parsed);
        if (parsed.GetValue(CommonOptions.Json))
        {
            return environment.PrintJson(found, CliJson.Default.CaseRecord);
        }

        var console = environment.Console;
        console.MarkupLineInterpolated($"[bold]{found.Case.IncidentId}[/] {found.Case.Title}");
        console.MarkupLineInterpolated($"{found.Status.ToString().ToLowerInvariant()}, version {found.Version}, of {found.Case.OpenedAt:u}");
        console.MarkupLineInterpolated($"cause: {found.Case.Component ?? "not named"}{(found.Case.Cause is { } cause ? $": {cause}" : "")}");
        console.MarkupLineInterpolated($"helped: {(found.Case.Helped is { Count: > 0 } helped ? string.Join(", ", helped) : "nothing named")}");
        console.MarkupLineInterpolated($"compared by: {found.Case.Fingerprint.Kind}; {string.Join(", ", found.Case.Fingerprint.Components.Concat(found.Case.Fingerprint.Metrics))}");
        return ExitCodes.Ok;
    }

    private static async Task<int> RevokeAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        await using var stores = await OpenAsync(parsed, environment, cancellationToken);
        if (!await stores.RevokeAsync(parsed.GetValue(Id)!, cancellationToken))
        {
            throw NoCase(parsed);
        }

        return environment.PrintCount("revoked", 1, parsed);
    }

    private static async Task<StackStores> OpenAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
        => parsed.GetValue(CommonOptions.Stack) is { } stack
            ? await StackStores.OpenAsync(stack, environment, cancellationToken)
            : throw new UserErrorException(ExitCodes.Usage, "In this version the cases of a deployed stack alone can be looked through.", "Name it: aiops --stack NAME kb list.");

    private static UserErrorException NoCase(ParseResult parsed)
        => new(ExitCodes.NotFound, $"There is no case of {parsed.GetValue(Id)}.", "`aiops --stack NAME kb list` shows them.");
}
