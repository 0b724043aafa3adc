using System.Globalization;
using System.Text.RegularExpressions;
using Aiops.Accuracy.RootCauses;
using Aiops.Analysis.RootCauses;
using Aiops.Analysis.Topology;

namespace Aiops.Accuracy.Learning;

/// <summary>A case as it would be had every component another name: in metrics, logs, traces, topology, changes and the alarm.</summary>
/// <remarks>Names within texts too. A new name says nothing: a number by the order of a digest of the old one.</remarks>
internal sealed class RenamedServices
{
    private readonly Dictionary<string, string> names;
    private readonly Regex? within;

    private RenamedServices(IEnumerable<string> components)
    {
        names = components.Distinct(StringComparer.Ordinal).OrderBy(Scramble).ThenBy(name => name, StringComparer.Ordinal)
            .Select((name, i) => (name, New: string.Create(CultureInfo.InvariantCulture, $"unit{i + 1:000}")))
            .ToDictionary(pair => pair.name, pair => pair.New, StringComparer.Ordinal);
        var longestFirst = names.Keys.OrderByDescending(name => name.Length).Select(Regex.Escape).ToList();
        within = longestFirst.Count == 0 ? null : new Regex(string.Join('|', longestFirst), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));
    }

    public static LabelledCase Rename(LabelledCase labelled)
    {
        var asked = labelled.Case;
        string[] all =
        [
            .. asked.Topology.Components.Select(component => component.Name), .. asked.Metrics.Select(series => series.Component),
            .. asked.Logs.Select(shift => shift.Component), .. asked.Traces.Select(shift => shift.Component),
            .. asked.Traces.Select(shift => shift.Caller).Where(name => name.Length > 0),
            .. asked.Changes.Select(change => change.Component), .. (labelled.Truth.Component is { } cause ? [cause] : Array.Empty<string>()),
            .. (asked.Symptom is { } symptom ? [symptom.Component] : Array.Empty<string>()),
        ];
        var renamed = new RenamedServices(all);
        return labelled with
        {
            Case = renamed.Of(asked),
            Truth = labelled.Truth with { Component = labelled.Truth.Component is { } component ? renamed.Of(component) : null },
        };
    }

    private RootCauseCase Of(RootCauseCase asked) => asked with
    {
        Symptom = asked.Symptom is { } symptom ? symptom with { Component = Of(symptom.Component) } : null,
        Metrics = [.. asked.Metrics.Select(series => series with { Component = Of(series.Component) })],
        Logs = [.. asked.Logs.Select(shift => shift with { Component = Of(shift.Component), Template = Within(shift.Template), Example = Within(shift.Example) })],
        Sequences = [.. asked.Sequences.Select(shift => shift with
        {
            Component = Of(shift.Component), Template = Within(shift.Template), AfterComponent = Of(shift.AfterComponent), AfterTemplate = Within(shift.AfterTemplate),
        })],
        Traces = [.. asked.Traces.Select(shift => shift with { Component = Of(shift.Component), Operation = Within(shift.Operation), Caller = Of(shift.Caller) })],
        Topology = new ServiceGraph(
            asked.Topology.Components.Select(component => component with { Name = Of(component.Name) }),
            asked.Topology.Calls.Select(call => new Call(Of(call.Caller), Of(call.Callee)))),
        Changes = [.. asked.Changes.Select(change => change with { Component = Of(change.Component), Summary = Within(change.Summary) })],
    };

    private string Of(string component) => names.GetValueOrDefault(component, component);

    private string Within(string text) => within?.Replace(text, match => Of(match.Value)) ?? text;

    private static uint Scramble(string name) => name.Aggregate(2166136261, (hash, c) => (hash ^ c) * 16777619); // FNV-1a.
}
