using System.Text.Json;
using Aiops.Local.Workflow;
using Aiops.Pipeline.Classify;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.GatherContext;
using Spectre.Console;

namespace Aiops.Cli.Output;

/// <summary>One line a stage as it happens, in event time: what it found, not that it ran.</summary>
internal sealed class StageProgress(IAnsiConsole console, TimeProvider time)
{
    private readonly Lock gate = new();

    /// <summary>Any other line of the story, in the same columns.</summary>
    public void Say(string stage, string markup)
    {
        lock (gate)
        {
            console.MarkupLine($"[grey]{time.GetUtcNow():HH:mm:ss}[/]  [bold]{stage,-14}[/] {markup}");
        }
    }

    public void Show(StageCall call)
    {
        if (call.Failure is { } failure)
        {
            Say(call.Stage, $"[yellow]{Markup.Escape(failure.Message)}[/]");
        }
        else if (Line(call) is { } line)
        {
            Say(call.Stage, line);
        }
    }

    private static string? Line(StageCall call)
    {
        using var output = JsonDocument.Parse(call.Output!);
        return call.Stage switch
        {
            "Classify" => JsonSerializer.Deserialize(call.Output!, ClassifyJson.Default.ClassifyOutput) is { } classified
                ? $"{Words(classified.Kind.ToString())}, [{Colours.Of(classified.Severity)}]{Words(classified.Severity.ToString())}[/]"
                : null,
            "GatherContext" => JsonSerializer.Deserialize(call.Output!, ContextJson.Default.GatherContextOutput) is { } part
                ? Gathered(part)
                : null,
            "FindRootCause" => JsonSerializer.Deserialize(call.Output!, DiagnosisJson.Default.FindRootCauseOutput) is { } found
                ? found.Decided
                    ? $"[bold]{Markup.Escape(found.TopComponent!)}[/], {found.TopConfidence:P0} sure"
                    : "not enough evidence for any cause"
                : null,
            "Recommend" => $"{Text(output, "count") ?? "0"} actions from the playbooks",
            "Comment" => $"ticket [bold]{Markup.Escape(Text(output, "ticketId") ?? "")}[/], comment version {Text(output, "commentVersion")}",
            "Review" => "waiting for people, up to 14 days",
            "Learn" => Text(output, "verdict"),
            _ => null,
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
        var gaps = part.Gaps.Count > 0 ? $" [grey]{Markup.Escape(part.Gaps[0])}[/]" : "";
        return $"{Words(part.Source.ToString()),-13} {status}{gaps}";
    }

    private static string? Text(JsonDocument output, string name)
        => output.RootElement.ValueKind == JsonValueKind.Object && output.RootElement.TryGetProperty(name, out var value) ? value.ToString() : null;

    private static string Words(string pascal)
        => string.Concat(pascal.Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
