using System.CommandLine;
using Aiops.Cli.Output;
using Aiops.Pipeline;
using Aiops.Pipeline.Learn;
using Aiops.Pipeline.Masking;
using Spectre.Console;

namespace Aiops.Cli.Commands;

/// <summary><c>aiops kb …</c>: what was learned from reviews and what was added, of a state folder or with <c>--stack</c> of a deployed stack.</summary>
internal static class KbCommand
{
    private static readonly Argument<string> Id = new("INCIDENT") { Description = "The id of the incident that the case was learned from." };
    private static readonly Option<string?> Component = new("--component") { Description = "The true cause's component." };
    private static readonly Option<string?> Cause = new("--cause") { Description = "What it was, in a sentence." };
    private static readonly Option<string[]> Helped = new("--helped") { Description = "A playbook that helped; may be given again, and replaces all that was said before." };

    public static Command Create(CommandEnvironment environment)
    {
        var list = new Command("list", "Cases as they stand, taken-back ones included.");
        list.SetAction((parsed, ct) => ListAsync(parsed, environment, ct));
        var show = new Command("show", "One case: what it was, what helped, what it is compared by.") { Id };
        show.SetAction((parsed, ct) => ShowAsync(parsed, environment, ct));
        var history = new Command("history", "Every version of a case: who said what, and when.") { Id };
        history.SetAction((parsed, ct) => HistoryAsync(parsed, environment, ct));
        var revise = new Command("revise", "Corrects a case by hand; what it said before stays in its history.") { Id, Component, Cause, Helped };
        revise.SetAction((parsed, ct) => ReviseAsync(parsed, environment, ct));
        var revoke = new Command("revoke", "Takes a case back: it answers nothing any more, from the next comparison on.") { Id };
        revoke.SetAction((parsed, ct) => RevokeAsync(parsed, environment, ct));
        Command[] others = [KbSearchCommand.Create(environment), .. KbDocumentCommands.Create(environment), .. KbExchangeCommands.Create(environment)];
        var kb = new Command("kb", "What is known: reviewed cases, runbooks and post-mortems.") { list, show, history, revise, revoke };
        foreach (var other in others)
        {
            kb.Subcommands.Add(other);
        }

        return kb;
    }

    /// <summary>Who changes what is known by this command.</summary>
    public static KnowledgeChange ChangeBy(CommandEnvironment environment, ChangeOrigin origin)
        => new(origin, Environment.UserName, environment.Time.GetUtcNow());

    /// <summary>For people, on one line, without secrets and without codes that a terminal would obey.</summary>
    public static string Line(string? text)
        => text is null ? "" : Markup.Escape(string.Concat(SecretMask.Mask(text).Select(letter => char.IsControl(letter) ? ' ' : letter)));

    private static async Task<int> ListAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        await using var stores = await CommonOptions.OpenStoresAsync(parsed, environment, cancellationToken);
        var cases = (await stores.Cases.SnapshotAsync(stores.KnowledgeScope, cancellationToken)).Records
            .OrderByDescending(one => one.Case.OpenedAt).ThenBy(one => one.Case.IncidentId, StringComparer.Ordinal);
        if (parsed.GetValue(CommonOptions.Json))
        {
            return environment.PrintJson([.. cases], CliJson.Default.ListCaseRecord);
        }

        var table = new Table().AddColumns("incident", "status", "version", "since", "cause", "title").Border(TableBorder.Rounded);
        foreach (var one in cases)
        {
            table.AddRow(
                Line(one.Case.IncidentId), Word(one.Status), $"{one.Version}", $"{one.Case.OpenedAt:yyyy-MM-dd}", CauseOf(one), Line(one.Case.Title));
        }

        environment.Console.Write(table);
        return ExitCodes.Ok;
    }

    private static async Task<int> ShowAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        await using var stores = await CommonOptions.OpenStoresAsync(parsed, environment, cancellationToken);
        var found = await stores.Cases.FindAsync(stores.KnowledgeScope, parsed.GetValue(Id)!, cancellationToken) ?? throw NoCase(parsed);
        if (parsed.GetValue(CommonOptions.Json))
        {
            return environment.PrintJson(found, CliJson.Default.CaseRecord);
        }

        var (console, past) = (environment.Console, found.Case);
        console.MarkupLine($"[bold]{Line(past.IncidentId)}[/] {Line(past.Title)}");
        console.MarkupLine($"{Word(found.Status)}, version {found.Version}, of {past.OpenedAt.UtcDateTime:u}");
        console.MarkupLine($"{Word(past.Verdict)} by {Line(past.Reviewer ?? "nobody named")}{(past.ReviewedAt is { } at ? $" at {at.UtcDateTime:u}" : "")}{(past.Round > 0 ? $", round {past.Round}" : "")}");
        console.MarkupLine($"cause: {CauseOf(found)}{(past.Cause is { } cause ? $": {Line(cause)}" : "")}");
        console.MarkupLine($"helped: {(past.Helped is { Count: > 0 } helped ? Line(string.Join(", ", helped)) : "nothing named")}");
        console.MarkupLine($"compared by: {Line($"{past.Fingerprint.Kind}; {string.Join(", ", past.Fingerprint.Components.Concat(past.Fingerprint.Metrics).Concat(past.Fingerprint.Changes).Concat(past.Fingerprint.Shape))}")}");
        return ExitCodes.Ok;
    }

    private static async Task<int> HistoryAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        await using var stores = await CommonOptions.OpenStoresAsync(parsed, environment, cancellationToken);
        var versions = await stores.Cases.HistoryAsync(stores.KnowledgeScope, parsed.GetValue(Id)!, cancellationToken);
        if (versions.Count == 0)
        {
            throw NoCase(parsed);
        }

        if (parsed.GetValue(CommonOptions.Json))
        {
            return environment.PrintJson([.. versions], CliJson.Default.ListCaseRecord);
        }

        var table = new Table().AddColumns("version", "status", "came by", "who", "when", "cause", "in words").Border(TableBorder.Rounded);
        foreach (var one in versions)
        {
            table.AddRow(
                $"{one.Version}", Word(one.Status), one.Change is { } change ? Word(change.Origin) : "", Line(one.Change?.By),
                one.Change is { } dated ? $"{dated.At.UtcDateTime:u}" : "", CauseOf(one), Line(one.Case.Cause));
        }

        environment.Console.Write(table);
        return ExitCodes.Ok;
    }

    private static async Task<int> ReviseAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        var (component, cause, helped) = (parsed.GetValue(Component), parsed.GetValue(Cause), parsed.GetValue(Helped) ?? []);
        if (component is null && cause is null && helped.Length == 0)
        {
            throw new UserErrorException(ExitCodes.Usage, "Nothing is said to be revised.", "Name --component, --cause or --helped.");
        }

        await using var stores = await CommonOptions.OpenStoresAsync(parsed, environment, cancellationToken);
        var revised = await stores.Cases.ReviseAsync(
            stores.KnowledgeScope,
            parsed.GetValue(Id)!,
            past => past with
            {
                Verdict = component is not null && component != past.Component ? Verdict.Corrected : past.Verdict,
                Component = component ?? past.Component,
                Cause = cause is null ? past.Cause : SecretMask.Mask(cause),
                Helped = helped.Length == 0 ? past.Helped : helped,
            },
            ChangeBy(environment, ChangeOrigin.Revision),
            cancellationToken) ?? throw NoCase(parsed);
        if (parsed.GetValue(CommonOptions.Json))
        {
            return environment.PrintJson(revised, CliJson.Default.CaseRecord);
        }

        environment.Console.MarkupLine($"{Line(revised.Case.IncidentId)} is of version {revised.Version} now.");
        return ExitCodes.Ok;
    }

    private static async Task<int> RevokeAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        await using var stores = await CommonOptions.OpenStoresAsync(parsed, environment, cancellationToken);
        return await stores.Cases.RevokeAsync(
            stores.KnowledgeScope, parsed.GetValue(Id)!, ChangeBy(environment, ChangeOrigin.Revocation), cancellationToken) is null
            ? throw NoCase(parsed)
            : environment.PrintCount("revoked", 1, parsed);
    }

    private static string CauseOf(CaseRecord one)
        => one.Case.Verdict == Verdict.Rejected ? one.Case.Named is { } named ? $"not {Line(named)}" : "not known" : Line(one.Case.Component ?? "not named");

    private static string Word(Enum name) => name.ToString().ToLowerInvariant();

    private static UserErrorException NoCase(ParseResult parsed)
        => new(ExitCodes.NotFound, $"There is no case of {parsed.GetValue(Id)}.", "`aiops kb list` shows them.");
}
