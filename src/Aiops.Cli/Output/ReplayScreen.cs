using System.Text;
using Aiops.Local.Hosting;
using Aiops.Local.Recordings;
using Aiops.Pipeline;
using Aiops.Pipeline.Intake;
using Spectre.Console;

namespace Aiops.Cli.Output;

/// <summary>A replay on a screen: each stage as it happens, then the comment as the ticket shows it, then where the report is.</summary>
internal static class ReplayScreen
{
    /// <summary>From now on each event and each stage is a line.</summary>
    public static void Watch(ReplaySession session, IAnsiConsole console)
    {
        var progress = new StageProgress(console, session.Clock);
        session.Host.Stages.Observe = progress.Show;
        session.Observe = consumed =>
        {
            foreach (var decision in consumed.Decisions)
            {
                progress.Say("Intake", $"{Outcome(decision.Outcome)} {Markup.Escape(decision.Trigger.Title)}", decision.Reasons[0].Sentence);
            }

            if (consumed.DeadLetterReason is { } reason)
            {
                progress.Say("Intake", "[red]set aside[/]", reason);
            }
        };
    }

    public static void ShowResult(ReplayResult result, IAnsiConsole console)
    {
        foreach (var report in result.Reports)
        {
            var comment = Read(result, DocumentKeys.Comment(report.Incident.Id));
            console.WriteLine();
            console.Write(new Panel(new Markup(MarkdownMarkup.Of(comment)))
                .Header($" the ticket of {report.Incident.Id} ")
                .Border(BoxBorder.Rounded)
                .Expand());
            console.Profile.Out.Writer.WriteLine($"Report: {LocalHost.ReportPath(result.StateFolder, report.Incident.Id)}"); // Whole, to be copied.
        }

        if (result.Reports.Count == 0)
        {
            console.MarkupLine("No incident was opened.");
        }
    }

    /// <summary>One recording in two lines.</summary>
    public static void ShowSummary(Recording recording, ReplayResult result, IAnsiConsole console)
    {
        console.MarkupLineInterpolated($"[bold]{recording.Manifest.Title}[/]");
        foreach (var report in result.Reports)
        {
            var top = report.Diagnosis.Hypotheses.Count > 0 ? report.Diagnosis.Hypotheses[0] : null;
            var verdict = top is null
                ? $"[grey]no cause named: {Markup.Escape(report.Diagnosis.NotEnoughEvidence ?? "")}[/]"
                : $"{Markup.Escape(top.Statement)} [grey]({top.Confidence:P0} sure)[/]";
            console.MarkupLine($"  [{Colours.Of(report.Classification.Severity)}]{report.Classification.Severity.ToString().ToLowerInvariant()}[/] {verdict}");
            console.Profile.Out.Writer.WriteLine($"  {LocalHost.ReportPath(result.StateFolder, report.Incident.Id)}");
        }
    }

    private static string Outcome(TriggerOutcome outcome) => outcome switch
    {
        TriggerOutcome.Opened => "[red]opened[/]",
        TriggerOutcome.Resolved => "[green]resolved[/]",
        TriggerOutcome.Held or TriggerOutcome.Suppressed => $"[yellow]{outcome.ToString().ToLowerInvariant()}[/]",
        _ => outcome.ToString().ToLowerInvariant(),
    };

    private static string Read(ReplayResult result, string key)
    {
        var path = Path.Combine(result.StateFolder, "documents", key);
        return File.Exists(path) ? File.ReadAllText(path, Encoding.UTF8) : "(no comment was written)";
    }
}
