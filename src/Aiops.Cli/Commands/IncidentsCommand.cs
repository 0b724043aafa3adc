using System.CommandLine;
using Aiops.Cli.Output;
using Aiops.Cli.Stores;
using Aiops.Pipeline;
using Aiops.Pipeline.Intake.Deciding;
using Spectre.Console;

namespace Aiops.Cli.Commands;

/// <summary><c>aiops incidents list|show|link|split|reopen</c>.</summary>
internal static class IncidentsCommand
{
    private static readonly Argument<string> Id = new("INCIDENT") { Description = "The incident's id." };
    private static readonly Argument<string> Other = new("EARLIER") { Description = "The incident that it follows." };
    private static readonly Argument<string[]> Subjects = new("SUBJECT")
    {
        Description = "The alarms (as `incidents show` names them) that belong to another incident.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<IncidentStatus?> Status = new("--status") { Description = "Only open, resolved or closed ones." };

    private static readonly Option<int?> Max = new("--max") { Description = "At most so many; all of them without it." };

    public static Command Create(CommandEnvironment environment)
    {
        var list = new Command("list", "Incidents, newest first.") { Status, Max };
        list.SetAction((parsed, ct) => ListAsync(parsed, environment, ct));
        var show = new Command("show", "One incident: its alarms, its ticket, its report.") { Id };
        show.SetAction((parsed, ct) => ShowAsync(parsed, environment, ct));
        var link = new Command("link", "Says that an incident follows an earlier one.") { Id, Other };
        link.SetAction((parsed, ct) => ChangeAsync(parsed, environment, (host, id) => host.Desk.LinkAsync(id, parsed.GetValue(Other)!, ct), ct));
        var split = new Command("split", "Moves alarms that don't belong to an incident into one of their own.") { Id, Subjects };
        split.SetAction((parsed, ct) => ChangeAsync(parsed, environment, (host, id) => host.Desk.SplitAsync(id, parsed.GetValue(Subjects)!, ct), ct));
        var reopen = new Command("reopen", "Opens a resolved incident again.") { Id };
        reopen.SetAction((parsed, ct) => ChangeAsync(parsed, environment, (host, id) => host.Desk.ReopenAsync(id, ct), ct));
        return new Command("incidents", "What is wrong, and what was.") { list, show, link, split, reopen };
    }

    private static async Task<int> ListAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        await using var host = await CommonOptions.OpenStoresAsync(parsed, environment, cancellationToken);
        var incidents = await host.Incidents.ListAsync(parsed.GetValue(Status), parsed.GetValue(Max) ?? int.MaxValue, cancellationToken);
        if (parsed.GetValue(CommonOptions.Json))
        {
            return environment.PrintJson([.. incidents.Select(IncidentLine.Of)], CliJson.Default.ListIncidentLine);
        }

        var table = new Table().AddColumns("incident", "status", "since", "alarms", "title").Border(TableBorder.Rounded);
        foreach (var incident in incidents)
        {
            table.AddRow(
                Markup.Escape(incident.Id),
                $"[{Colours.Of(incident.Status)}]{incident.Status.ToString().ToLowerInvariant()}[/]",
                $"{incident.OpenedAt:yyyy-MM-dd HH:mm}",
                $"{incident.FiringCount} of {incident.MemberCount}",
                Markup.Escape(incident.Title));
        }

        environment.Console.Write(table);
        return ExitCodes.Ok;
    }

    private static async Task<int> ShowAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        await using var host = await CommonOptions.OpenStoresAsync(parsed, environment, cancellationToken);
        var incident = await FindAsync(host, parsed.GetValue(Id)!, cancellationToken);
        var members = await host.Incidents.ListMembersAsync(incident.Id, cancellationToken);
        var ticket = await host.Tickets.GetAsync(incident.Id, cancellationToken);
        if (parsed.GetValue(CommonOptions.Json))
        {
            var shown = new ShownIncident(
                IncidentLine.Of(incident),
                [.. members.Select(member => new ShownMember(member.Subject, member.Trigger.Title, member.Trigger.OccurredAt, member.Firing))],
                ticket is null ? null : new HandledTicket(ticket.Id, ticket.CommentVersion, host.ReportPlace(incident.Id)),
                ticket?.Comment);
            return environment.PrintJson(shown, CliJson.Default.ShownIncident);
        }

        var console = environment.Console;
        console.MarkupLineInterpolated($"[bold]{incident.Id}[/] {incident.Title}");
        console.MarkupLineInterpolated($"{incident.Status.ToString().ToLowerInvariant()} since {incident.OpenedAt:u}, scope {incident.Scope}{(incident.LinkedTo is { } earlier ? $", follows {earlier}" : "")}");
        foreach (var member in members)
        {
            console.MarkupLineInterpolated($"  {(member.Firing ? "[red]firing[/]  " : "[green]resolved[/]")} {member.Trigger.OccurredAt:HH:mm:ss} {member.Trigger.Title} [grey]{member.Subject}[/]");
        }

        if (ticket?.Comment is { } comment)
        {
            console.Write(new Panel(new Markup(MarkdownMarkup.Of(comment))).Header($" ticket {ticket.Id}, comment version {ticket.CommentVersion} ").Expand());
            console.MarkupLineInterpolated($"[bold]Report:[/] {host.ReportPlace(incident.Id)}");
        }

        return ExitCodes.Ok;
    }

    private static async Task<int> ChangeAsync(
        ParseResult parsed, CommandEnvironment environment, Func<IHostStores, string, Task<IncidentEdit>> change, CancellationToken cancellationToken)
    {
        await using var host = await CommonOptions.OpenStoresAsync(parsed, environment, cancellationToken);
        var incident = await FindAsync(host, parsed.GetValue(Id)!, cancellationToken);
        var changed = await change(host, incident.Id) switch
        {
            IncidentEdit.Done done => await FindAsync(host, done.Id, cancellationToken),
            IncidentEdit.Refused refused => throw new UserErrorException(ExitCodes.BadInput, $"It stays as it is: {refused.Reason}.", "`aiops incidents show` has its alarms and state."),
            _ => throw new InvalidOperationException("An edit was neither done nor refused."),
        };
        if (parsed.GetValue(CommonOptions.Json))
        {
            return environment.PrintJson(IncidentLine.Of(changed), CliJson.Default.IncidentLine);
        }

        environment.Console.MarkupLineInterpolated($"{changed.Id} is {changed.Status.ToString().ToLowerInvariant()}{(changed.LinkedTo is { } earlier ? $" and follows {earlier}" : "")}.");
        return ExitCodes.Ok;
    }

    internal static async Task<Incident> FindAsync(IHostStores host, string id, CancellationToken cancellationToken)
        => await host.Incidents.FindAsync(id, cancellationToken)
            ?? throw new UserErrorException(ExitCodes.NotFound, $"There is no incident {id}.", "`aiops incidents list` shows them; --state names another folder, --stack a deployed stack.");
}

internal sealed record IncidentLine(
    string Id, string Scope, IncidentStatus Status, string Title, DateTimeOffset OpenedAt, DateTimeOffset LastEventAt, DateTimeOffset? ResolvedAt,
    SeverityHint Priority, IReadOnlyList<string> Components, int MemberCount, int FiringCount, string? LinkedTo, bool ExecutionStarted)
{
    public static IncidentLine Of(Incident incident) => new(
        incident.Id, incident.Scope, incident.Status, incident.Title, incident.OpenedAt, incident.LastEventAt, incident.ResolvedAt,
        incident.Priority, incident.Components, incident.MemberCount, incident.FiringCount, incident.LinkedTo, incident.ExecutionStarted);
}

internal sealed record ShownIncident(IncidentLine Incident, IReadOnlyList<ShownMember> Members, HandledTicket? Ticket, string? Comment);

internal sealed record ShownMember(string Subject, string Title, DateTimeOffset OccurredAt, bool Firing);
