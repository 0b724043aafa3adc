namespace Aiops.Analysis.RootCauses;

/// <summary>
/// What each candidate, were it the cause, would leave behind in the others: parsimonious covering, see
/// <see cref="RootCauseEngine"/>.
/// </summary>
internal static class Covering
{
    private const double ExplainedShare = 0.9;  // Of an explained departure, what is taken off: the graph may err.
    private const double CoverShare = 0.4;      // Of the departures explained in others, what is credited.
    private const double MostCovered = 6;       // Nats: in a large system everything is in trouble at once.
    private const double LeastCredit = 0.01;
    private const double LeastNamed = 0.1;      // The share from which a caller is named as explained.
    private const double ForTheSymptom = 1.0;   // For explaining the alarm's own signal.

    /// <summary>Adds to each candidate what it would explain elsewhere, and takes off what something else explains of it.</summary>
    /// <param name="alarmSeen">Whether the alarm's own signal departed, so that it is there to be explained.</param>
    public static void Explain(
        Symptom? symptom, Dictionary<string, Candidate> candidates, Explanations explanations, bool alarmSeen)
    {
        var explained = new SortedDictionary<string, List<(ComponentEvidence Caller, double Share)>>(StringComparer.Ordinal);
        List<(string Caller, ComponentEvidence Callee, double Share)> loaded = [];
        foreach (var candidate in candidates.Values)
        {
            (ComponentEvidence Callee, double Share)? best = null;
            foreach (var (callee, share) in explanations.CalleesFor(candidate.Evidence))
            {
                best = share > (best?.Share ?? 0) + 1e-9 ? (callee, share) : best;
                if (!explained.TryGetValue(callee.Component, out var callers))
                {
                    explained[callee.Component] = callers = [];
                }

                callers.Add((candidate.Evidence, share));
            }

            if (best is var (explaining, most))
            {
                var weight = -ExplainedShare * most * candidate.Evidence.Propagating;
                candidate.Add(new Finding.ExplainedByCallee(candidate.Evidence.Component, weight, explaining.Component, most));
            }

            var (part, loading) = explanations.BestCallersFor(candidate.Evidence);
            if (loading is [var caller, ..])
            {
                candidate.Add(new Finding.ExplainedByCaller(
                    candidate.Evidence.Component, -ExplainedShare * part * candidate.Evidence.Load, caller.Component, part));
                loaded.AddRange(loading.Select(one => (one.Component, candidate.Evidence, part)));
            }
        }

        foreach (var callees in loaded.Where(l => l.Share >= LeastNamed).GroupBy(l => l.Caller))
        {
            var covered = Math.Min(MostCovered, callees.Sum(l => l.Share * l.Callee.Load));
            var alarmed = alarmSeen ? callees.FirstOrDefault(l => l.Callee.Component == symptom?.Component).Share : 0;
            var weight = (CoverShare * covered) + (ForTheSymptom * alarmed);
            candidates[callees.Key].Add(
                new Finding.ExplainsLoad(callees.Key, weight, [.. callees.Select(l => l.Callee.Component)], alarmed > 0));
        }

        foreach (var (callee, callers) in explained)
        {
            var alarmed = alarmSeen ? callers.Find(c => c.Caller.Component == symptom?.Component) : default;
            var covered = Math.Min(MostCovered, callers.Sum(c => c.Share * c.Caller.Propagating));
            var weight = (CoverShare * covered) + (ForTheSymptom * alarmed.Share);
            if (weight >= LeastCredit)
            {
                var named = callers.Where(c => c.Share >= LeastNamed).DefaultIfEmpty(callers.MaxBy(c => c.Share));
                candidates[callee].Add(new Finding.ExplainsCallers(
                    callee, weight, [.. named.Select(c => c.Caller.Component)], alarmed.Share >= LeastNamed));
            }
        }
    }
}
