using System.Text.Json;
using System.Text.RegularExpressions;
using Aiops.Pipeline.Reason;
using Aiops.Pipeline.Recommend;

namespace Aiops.Pipeline.Act;

/// <summary>Finds what a proposal speaks of: the recommendation, its step, and the one allowed action that may carry it out.</summary>
internal sealed class ActionPlace(IDocumentStore documents, ActionAllowList allowed)
{
    public async Task<Found> FindAsync(Incident incident, ActionProposal proposal, CancellationToken cancellationToken)
    {
        var (round, recommendations) = await RecommendedAsync(incident, cancellationToken);
        if (recommendations.ElementAtOrDefault(proposal.Recommendation - 1) is not { } recommendation
            || recommendation.Steps.ElementAtOrDefault(proposal.Step - 1) is not { } step)
        {
            return new Found.Nothing($"{incident.Id} has no recommendation {proposal.Recommendation} with a step {proposal.Step}", "The newest comment numbers them.");
        }

        var component = await ComponentAsync(incident, recommendation, round, cancellationToken);
        var fitting = allowed.Actions.Where(action => proposal.Action is null || action.Id == proposal.Action).Where(action => Carries(action, recommendation, proposal.Step, step)).ToList();
        var open = fitting.Where(action => recommendation.Risk <= action.MaxRisk && IsFor(action, component, incident)).ToList();
        return (fitting, open) switch
        {
            ([], _) => new Found.Nothing("Nothing on the allow-list carries out this step", "Do it by hand, or have it listed (docs/actions.md)."),
            (_, []) => new Found.Nothing(
                $"The allow-list has {fitting[0].Id} for this step, and not for {component ?? "an unknown component"} at risk {recommendation.Risk.ToString().ToLowerInvariant()}",
                "Do it by hand, or have it listed (docs/actions.md)."),
            (_, [var only]) => new Found.Here(only, recommendation, round, component!, step),
            _ => new Found.Nothing($"More than one fits: {string.Join(", ", open.Select(action => action.Id))}", "Name the one."),
        };
    }

    /// <summary>Every step that the list carries out, once for each action that could.</summary>
    public async Task<IReadOnlyList<ActionOffer>> AllAsync(Incident incident, CancellationToken cancellationToken)
    {
        var (round, recommendations) = await RecommendedAsync(incident, cancellationToken);
        List<ActionOffer> offers = [];
        foreach (var (at, recommendation) in recommendations.Index())
        {
            var component = await ComponentAsync(incident, recommendation, round, cancellationToken);
            offers.AddRange(
                from step in recommendation.Steps.Index()
                from action in allowed.Actions
                where Carries(action, recommendation, step.Index + 1, step.Item) && recommendation.Risk <= action.MaxRisk && IsFor(action, component, incident)
                let here = new Found.Here(action, recommendation, round, component!, step.Item)
                let known = Parameters(here, incident, new ActionProposal("", incident.Id, at + 1, step.Index + 1, action.Id, new Dictionary<string, string>()))
                select new ActionOffer(at + 1, step.Index + 1, recommendation, step.Item, action, component!, known));
        }

        return offers;
    }

    /// <summary>The document's own parameters, then what the proposer says; what the list takes from the incident nobody else gives.</summary>
    public static Dictionary<string, string> Parameters(Found.Here found, Incident incident, ActionProposal proposal)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (var (name, value) in (found.Step.Document?.Parameters ?? new Dictionary<string, string>()).Concat(proposal.Parameters))
        {
            values[name] = value;
        }

        // Last: the list allows the action for some components, and it must not be proposed for one and run on another.
        foreach (var (name, rule) in found.Action.Parameters)
        {
            if (Given(rule.From, found.Component, incident) is { } value)
            {
                values[name] = value;
            }
        }

        return values;
    }

    private async Task<(int Round, IReadOnlyList<Recommendation> Recommendations)> RecommendedAsync(Incident incident, CancellationToken cancellationToken)
    {
        var round = await documents.LatestRoundAsync(incident.Id, cancellationToken);
        return (round, await documents.GetAsync(DocumentKeys.Recommendations(incident.Id, round), cancellationToken) is { } json
            ? JsonSerializer.Deserialize(json, RecommendJson.Default.IReadOnlyListRecommendation) ?? []
            : []);
    }

    private static string? Given(string? from, string component, Incident incident) => from switch
    {
        "component" => component,
        "account" => incident.First.Account,
        "region" => incident.First.Region,
        _ => null,
    };

    private static bool Carries(AllowedAction action, Recommendation recommendation, int number, ActionStep step)
        => action.For is { } place
            ? place.Playbook == recommendation.Playbook && place.Step == number && (action.Document is null || action.Document.Name == step.Document?.Name)
            : action.Document is { } document && document.Name == step.Document?.Name;

    private static bool IsFor(AllowedAction action, string? component, Incident incident)
        => component is not null && action.Components.Any(pattern => Fits(pattern, component))
            && action.Tags.All(tag => incident.First.Tags.GetValueOrDefault(tag.Key) == tag.Value);

    private static bool Fits(string pattern, string name)
        => Regex.IsMatch(
            name, $@"\A{string.Join(".*", pattern.Split('*').Select(Regex.Escape))}\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline,
            Regex.InfiniteMatchTimeout); // Linear without backtracking.

    private async Task<string?> ComponentAsync(Incident incident, Recommendation recommendation, int round, CancellationToken cancellationToken)
    {
        var diagnosis = await documents.DiagnosisAsync(incident.Id, round, cancellationToken);
        return diagnosis?.Hypotheses.FirstOrDefault(hypothesis => hypothesis.Rank == recommendation.Hypothesis)?.Component ?? incident.First.Component;
    }

    internal abstract record Found
    {
        private Found() { }

        public sealed record Here(AllowedAction Action, Recommendation Recommendation, int Round, string Component, ActionStep Step) : Found;

        public sealed record Nothing(string Because, string Remedy) : Found;
    }
}
