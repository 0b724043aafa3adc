using System.CommandLine;
using Aiops.Cli.Output;
using Aiops.Local.Workflow;
using Spectre.Console;

namespace Aiops.Cli.Commands;

/// <summary><c>aiops doctor</c>: what is configured, reachable and missing. Changes nothing but an empty state folder's files, and what a model cost.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandEnvironment environment)
    {
        var command = new Command("doctor", "What is configured, what answers, and what is missing.")
        {
            CommonOptions.Telemetry, CommonOptions.Maintenance, CommonOptions.Model,
        };
        command.SetAction((parsed, ct) => RunAsync(parsed, environment, ct));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        await using var host = await CommonOptions.OpenHostAsync(parsed, environment, cancellationToken);
        var status = await host.Queue.StatusAsync(cancellationToken);
        var executions = await host.Workflow.CountByStatusAsync(cancellationToken);
        var definition = host.Catalog.Parse(WorkflowCatalog.Read(WorkflowCatalog.Incident));
        List<Diagnostic> found =
        [
            new("state folder", "ok", host.Options.StateFolder),
            new("trigger queue", status.DeadLetters.Count == 0 ? "ok" : "look", $"{status.Urgent.Visible + status.Routine.Visible} waiting, {status.DeadLetters.Values.Sum()} set aside"),
            new("workflow", "ok", $"incident.asl.json, {definition.StateNames.Count} states; {string.Join(", ", executions.Select(entry => $"{entry.Value} {entry.Key.ToLowerInvariant()}"))}".TrimEnd(' ', ';')),
            new("playbooks", "ok", $"{host.Playbooks.Playbooks.Count}"),
            new("tickets", "ok", host.Tickets.Name),
            host.Options.Telemetry is { } recording
                ? new("telemetry", "ok", $"recording {recording.Manifest.Name}: {string.Join(", ", recording.Manifest.Parts)}")
                : new("telemetry", "missing", "no live source in this version; name a recording with --telemetry"),
            host.Options.MaintenanceFile is { } file ? new("maintenance windows", "ok", file) : new("maintenance windows", "none", "name a file with --maintenance"),
            await ModelCheck.AskAsync(host.Model, environment.Time, cancellationToken),
        ];
        if (parsed.GetValue(CommonOptions.Json))
        {
            return environment.PrintJson(found, CliJson.Default.ListDiagnostic);
        }

        var table = new Table().AddColumns("what", "", "detail").Border(TableBorder.Rounded);
        foreach (var one in found)
        {
            var colour = one.Status switch { "ok" => "green", "missing" or "look" => "yellow", _ => "grey" };
            table.AddRow(one.What, $"[{colour}]{one.Status}[/]", Markup.Escape(one.Detail));
        }

        environment.Console.Write(table);
        return ExitCodes.Ok;
    }
}

/// <param name="Status">ok, look (works, and wants a look), missing, none (optional and not there).</param>
internal sealed record Diagnostic(string What, string Status, string Detail);
