using System.Text.Json;
using Aiops.Analysis.Telemetry;
using Aiops.Analysis.Traces;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.GatherContext.Sources;
using Aiops.Pipeline.Learn.Retrieval;
using Aiops.Pipeline.Masking;
using Aiops.Pipeline.Reason.Briefing;

namespace Aiops.Pipeline.Reason.Dialogue;

/// <summary>Where tools look: in what was gathered, and at the sources themselves for a component of which nothing was.</summary>
/// <param name="Gatherer">Null where there is nothing live to ask.</param>
/// <param name="Knowledge">Null where nobody keeps any.</param>
internal sealed record ToolSources(ContextGatherer? Gatherer, KnowledgeIndex? Knowledge, int Round);

/// <summary>Runs a model's calls of tools: each answers observations with ids of their own (<c>T1</c>), which claims may then cite.</summary>
internal sealed class ReasonTools(BriefSource brief, ToolSources sources, Pseudonyms? names)
{
    public const int MostItems = 10;

    /// <summary>Questions to live sources in one analysis.</summary>
    public const int MostLive = 6;

    private readonly List<Evidence> found = [];
    private int asked;

    /// <summary>All that was found, in order of its ids.</summary>
    public IReadOnlyList<Evidence> Found => found;

    /// <returns>What the model is told: JSON of observations, or one sentence about what was wrong with its call.</returns>
    public async Task<string> CallAsync(string tool, IDictionary<string, object?>? arguments, CancellationToken cancellationToken)
    {
        var argument = Argument(arguments, tool == ToolCatalogue.Knowledge ? "words" : "component");
        if (argument.Length is 0 or > 200)
        {
            return "{\"problem\":\"The call lacks its argument, a text of up to 200 characters.\"}";
        }

        var items = tool switch
        {
            ToolCatalogue.Metrics => await MetricsAsync(argument, Argument(arguments, "metric"), cancellationToken),
            ToolCatalogue.Logs => await LogsAsync(argument, Argument(arguments, "contains"), cancellationToken),
            ToolCatalogue.Traces => await TracesAsync(argument, cancellationToken),
            ToolCatalogue.Topology => Topology(argument),
            ToolCatalogue.Changes => Changes(argument),
            ToolCatalogue.Knowledge => Knowledge(argument),
            _ => null,
        };
        return items is null
            ? "{\"problem\":\"There is no such tool.\"}"
            : JsonSerializer.Serialize([.. items.Take(MostItems).Select(Told)], BriefWriter.Compact.IReadOnlyListBriefItem);
    }

    private BriefItem Told(Evidence item)
    {
        var kept = item with { Id = $"T{found.Count + 1}" };
        found.Add(kept);
        return new BriefItem(kept.Id, Text(kept.Component), Text(kept.Statement));
    }

    private string Text(string text) => BriefWriter.Outgoing(text, names is null ? static plain => plain : names.Hide);

    private string Argument(IDictionary<string, object?>? arguments, string name)
    {
        var text = arguments?.TryGetValue(name, out var value) is true ? value as string ?? (value is JsonElement { ValueKind: JsonValueKind.String } json ? json.GetString() : null) : null;
        return (text is null ? "" : names?.Restore(text) ?? text).Trim();
    }

    private async Task<IEnumerable<Evidence>> MetricsAsync(string component, string metric, CancellationToken cancellationToken)
    {
        var (series, provenance) = (brief.Context.Metrics, ProvenanceOf(ContextSource.Metrics));
        if (!series.Any(one => Is(one.Component, component)) && await AskAsync(ContextSource.Metrics, component, cancellationToken) is { Metrics: { } asked } part)
        {
            (series, provenance) = (asked, part.Source.Provenance ?? provenance);
        }

        return series.Where(one => Is(one.Component, component) && one.Metric.Contains(metric, StringComparison.OrdinalIgnoreCase))
            .Select(one => (Series: one, Text: Said(one))).Where(one => one.Text.Length > 0)
            .Select(one => Observed(EvidenceKind.Metric, one.Series.Component, one.Text, provenance) with { Series = one.Series.ToString() });
    }

    private string Said(MetricSeries series)
    {
        var (first, end) = series.SamplesWithin(brief.Context.Window);
        var before = brief.Context.Baseline.Stretches.SelectMany(stretch =>
        {
            var (from, to) = series.SamplesWithin(stretch);
            return series.Values[from..to];
        }).Order().ToArray();
        if (end <= first)
        {
            return "";
        }

        var now = series.Values[first..end];
        var name = series.Statistic.Length == 0 ? series.Metric : $"{series.Metric} ({series.Statistic})";
        var usual = before.Length == 0 ? "without a baseline" : $"usually {Figures.Value(before[before.Length / 2], series.Unit)}";
        return $"{name} of {series.Component}: {usual}; during the incident {Figures.Value(now.Min(), series.Unit)} to {Figures.Value(now.Max(), series.Unit)}, "
            + $"{Figures.Value(now[^1], series.Unit)} at {Figures.Time(DateTimeOffset.FromUnixTimeMilliseconds(series.UnixMilliseconds[end - 1]))}.";
    }

    private async Task<IEnumerable<Evidence>> LogsAsync(string component, string words, CancellationToken cancellationToken)
    {
        var (shifts, provenance) = (brief.Context.Logs, ProvenanceOf(ContextSource.Logs));
        if (!shifts.Any(one => Is(one.Component, component)) && await AskAsync(ContextSource.Logs, component, cancellationToken) is { Logs: { } asked } part)
        {
            (shifts, provenance) = (asked, part.Source.Provenance ?? provenance);
        }

        return shifts.Where(one => Is(one.Component, component) && one.Template.Contains(words, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(one => Math.Abs(one.Significance)).ThenBy(one => one.PatternId, StringComparer.Ordinal)
            .Select(one => Observed(EvidenceKind.Log, one.Component, FindingText.Of(one), provenance));
    }

    private async Task<IEnumerable<Evidence>> TracesAsync(string component, CancellationToken cancellationToken)
    {
        var (shifts, provenance) = (brief.Context.Traces, ProvenanceOf(ContextSource.Traces));
        if (!shifts.Any(one => Is(one.Component, component)) && await AskAsync(ContextSource.Traces, component, cancellationToken) is { Traces: { } asked } part)
        {
            (shifts, provenance) = (asked, part.Source.Provenance ?? provenance);
        }

        return shifts.Where(one => Is(one.Component, component)).OrderByDescending(one => one.Incident.Count).ThenBy(one => one.Operation, StringComparer.Ordinal)
            .Select(one => Observed(EvidenceKind.Trace, one.Component, Said(one), provenance));
    }

    private static string Said(OperationShift shift)
    {
        var (before, now) = (shift.Baseline, shift.Incident);
        var caller = shift.Caller.Length == 0 ? "" : $", called by {shift.Caller}";
        return $"{shift.Operation} of {shift.Component}{caller}: {before.Count} calls before and {now.Count} now; median duration {Figures.Duration(before.DurationMedian / 1e3)} before and "
            + $"{Figures.Duration(now.DurationMedian / 1e3)} now; failed {before.Failed} before and {now.Failed} now.";
    }

    private IEnumerable<Evidence> Topology(string component)
    {
        var graph = brief.Context.Topology;
        if (graph.Components.FirstOrDefault(one => Is(one.Name, component)) is { } known)
        {
            var (calls, callers) = (graph.CalleesOf(known.Name), graph.CallersOf(known.Name));
            yield return Observed(
                EvidenceKind.Topology, known.Name,
                $"{known.Name} calls {(calls.Count == 0 ? "nothing known" : string.Join(", ", calls.Take(12)))} and is called by {(callers.Count == 0 ? "nothing known" : string.Join(", ", callers.Take(12)))}.",
                ProvenanceOf(ContextSource.Topology));
        }
    }

    private IEnumerable<Evidence> Changes(string component)
        => brief.Context.Changes.Where(change => Is(change.Component, component)).OrderByDescending(change => change.At)
            .Select(change => Observed(EvidenceKind.Change, change.Component, $"{change.Summary} at {Figures.Time(change.At)} on {change.At.UtcDateTime:yyyy-MM-dd} ({IncidentWords.Of(change.Kind)}).", ProvenanceOf(ContextSource.Changes)));

    private IEnumerable<Evidence> Knowledge(string words)
        => (sources.Knowledge?.Search(new KnowledgeQuery { Text = words }, MostItems) ?? []).Select(hit => hit switch
        {
            { Case: { } past } => Observed(EvidenceKind.PastIncident, past.Component ?? "", $"{past.IncidentId} of {past.OpenedAt.UtcDateTime:yyyy-MM-dd}: {IncidentWords.CauseOf(past)}.", new Provenance("reviewed cases", words, brief.Context.Window)),
            { Section: { } section } => Observed(EvidenceKind.PastIncident, "", $"{section.Title}: {section.Text}", new Provenance("runbooks", section.Id, brief.Context.Window)),
            _ => throw new InvalidOperationException("A hit is a case or a section."),
        });

    private async Task<ContextPart?> AskAsync(ContextSource source, string component, CancellationToken cancellationToken)
    {
        // Live sources cost money too: a component that the topology knows, and a few questions an analysis.
        if (sources.Gatherer is null || asked >= MostLive || !brief.Context.Topology.Components.Any(one => Is(one.Name, component)))
        {
            return null;
        }

        asked++;

        try
        {
            var windows = new AnalysisWindows(brief.Context.Baseline, brief.Context.Window);
            return await sources.Gatherer.AskAsync(brief.Incident, source, sources.Round, windows, [component], cancellationToken);
        }
        catch (SourceUnavailableException)
        {
            return null; // Nothing found: the model goes on with what there is.
        }
    }

    private static bool Is(string component, string asked) => string.Equals(component, asked, StringComparison.OrdinalIgnoreCase);

    private static Evidence Observed(EvidenceKind kind, string component, string statement, Provenance provenance)
        => new() { Id = "", Kind = kind, Component = component, Statement = statement, Provenance = provenance };

    private Provenance ProvenanceOf(ContextSource source)
        => brief.Context.Parts.FirstOrDefault(part => part.Source == source)?.Provenance ?? new Provenance(IncidentWords.Of(source), "", brief.Context.Window);
}
