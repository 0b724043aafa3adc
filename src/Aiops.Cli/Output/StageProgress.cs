using System.Text.Json;
using Aiops.Local.Workflow;
using Aiops.Pipeline.Classify;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Reason;
using Spectre.Console;

namespace Aiops.Cli.Output;

/// <summary>One line a stage as it happens, in event time: what it found, not that it ran.</summary>
internal sealed class StageProgress(IAnsiConsole console, TimeProvider time)
{
    private readonly Lock gate = new();

    /// <summary>Any other line of the story, in the same columns; the reason is cut where the line ends.</summary>
    public void Say(string stage, string markup, string reason = "")
    {
        var start = $"[grey]{time.GetUtcNow():HH:mm:ss}[/]  [bold]{stage,-14}[/] {markup}";
        var room = console.Profile.Width - Markup.Remove(start).Length - 2;
        var shown = room < 8 || reason.Length == 0 ? "" : reason.Length <= room ? reason : reason[..(room - 1)] + "…";
        lock (gate)
        {
            console.MarkupLine(shown.Length == 0 ? start : $"{start}  [grey]{Markup.Escape(shown)}[/]");
        }
    }

    public void Show(StageCall call)
    {
        if (call.Failure is { } failure)
        {
            Say(call.Stage, $"[yellow]{Markup.Escape(failure.Message)}[/]");
        }
        else if (Line(call) is { Line: { Length: > 0 } line, Reason: var reason })
        {
            Say(call.Stage, line, reason);
        }
    }

    private static (string Line, string Reason) Line(StageCall call)
    {
        using var output = JsonDocument.Parse(call.Output!);
        return call.Stage switch
        {
            "Classify" when JsonSerializer.Deserialize(call.Output!, ClassifyJson.Default.ClassifyOutput) is { } classified
                => ($"{Words(classified.Kind.ToString())}, [{Colours.Of(classified.Severity)}]{Words(classified.Severity.ToString())}[/]", ""),
            "GatherContext" when JsonSerializer.Deserialize(call.Output!, ContextJson.Default.GatherContextOutput) is { } part
                => (Gathered(part), part.Gaps.Count > 0 ? part.Gaps[0] : ""),
            "FindRootCause" when JsonSerializer.Deserialize(call.Output!, DiagnosisJson.Default.FindRootCauseOutput) is { } found
                => (found.Decided
                    ? $"[bold]{Markup.Escape(found.TopComponent!)}[/], confidence {found.TopConfidence:P0}"
                    : "not enough evidence to name a cause", ""),
            "Reason" when JsonSerializer.Deserialize(call.Output!, ReasonJson.Default.ReasonOutput) is { } reasoned
                => (reasoned.Status is { } status ? $"model: {Words(status.ToString())}, {reasoned.Calls} calls, ${reasoned.MicroDollars / 1e6:0.####}" : "", reasoned.Why ?? ""), // A host without one passes by in silence.
            "Recommend" => ($"{Text(output, "count")} from the playbooks", ""),
            "Comment" => ($"ticket [bold]{Markup.Escape(Text(output, "ticketId"))}[/], comment version {Text(output, "commentVersion")}", ""),
            "Review" => ("waiting for people, up to 14 days", ""),
            _ => (Markup.Escape(Text(output, "verdict")), ""),
        };
    }

    private static string Gathered(GatherContextOutput part)
    {
        var status = part.Status switch
        {
            SourceStatus.Complete => "[green]complete[/]",
            SourceStatus.Partial => "[yellow]partial[/]",
            SourceStatus.Empty => "empty",
            SourceStatus.Denied => "[red]denied[/]",
            _ => "[yellow]missing[/]",
        };
        return $"{Words(part.Source.ToString()),-14} {status}";
    }

    private static string Text(JsonDocument output, string name) => output.RootElement.TryGetProperty(name, out var value) ? value.ToString() : "";

    private static string Words(string pascal)
        => string.Concat(pascal.Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
