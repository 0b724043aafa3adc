using Aiops.Aws.Wire;
using Aiops.Aws.Wire.ApplicationSignals;
using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Aws.ApplicationSignals;

/// <summary>Service level objectives and what is left of their budgets, from Application Signals.</summary>
public sealed class SignalObjectives(WireClient client, TimeProvider time) : IObjectiveSource
{
    private const int MostPages = 20; // Of 50 objectives.
    private const int MostReports = 50; // In one call.
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(45); // The stage gives objectives 60 s.

    public async Task<SourceAnswer<IReadOnlyList<ObjectiveBudget>>> QueryAsync(
        TelemetryQuery query, CancellationToken cancellationToken)
    {
        using Patience patience = new(Patient, time, cancellationToken);
        List<string> gaps = [];
        List<ObjectiveBudget> budgets = [];
        var (undecided, failed) = (0, 0);
        if (!await patience.TryAsync(async token =>
        {
            var known = await ListAsync(gaps, token);
            foreach (var some in known.Keys.Chunk(MostReports))
            {
                var answer = await client.AskAsync(
                    new BatchGetServiceLevelObjectiveBudgetReportRequest { Timestamp = query.Window.End, SloIds = some }, token);
                failed += answer.Errors.Count;
                foreach (var report in answer.Reports)
                {
                    var component = report.Arn is { } arn ? known.GetValueOrDefault(arn, "") : "";
                    if (Read(report, component) is { } budget)
                    {
                        budgets.Add(budget);
                    }
                    else
                    {
                        undecided++;
                    }
                }
            }
        }))
        {
            gaps.Add($"stopped after {Patient.TotalSeconds:0} s: some objectives weren't read");
        }

        if (undecided > 0)
        {
            gaps.Add($"{undecided} objectives have too little data for a budget");
        }

        if (failed > 0)
        {
            gaps.Add($"Application Signals failed at {failed} objectives");
        }

        return new SourceAnswer<IReadOnlyList<ObjectiveBudget>>(
            budgets, new Provenance("Application Signals", "BatchGetServiceLevelObjectiveBudgetReport", query.Window), gaps);
    }

    /// <summary>By ARN, with the component that each speaks of.</summary>
    private async Task<IReadOnlyDictionary<string, string>> ListAsync(List<string> gaps, CancellationToken token)
    {
        Dictionary<string, string> known = new(StringComparer.Ordinal);
        string? next = null;
        for (var page = 0; page < MostPages && (page == 0 || next is not null); page++)
        {
            var answer = await client.AskAsync(
                new ListServiceLevelObjectivesRequest { MaxResults = 50, NextToken = next }, token);
            foreach (var objective in answer.SloSummaries)
            {
                known[objective.Arn] = objective.KeyAttributes is { } key ? ServiceDependencies.NameOf(key) : "";
            }

            next = answer.NextToken;
        }

        if (next is not null)
        {
            gaps.Add($"there are more than {known.Count} objectives; these were read");
        }

        return known;
    }

    private static ObjectiveBudget? Read(BudgetReport report, string component)
    {
        var remaining = Share(report.BudgetRequestsRemaining, report.TotalBudgetRequests)
            ?? Share(report.BudgetSecondsRemaining, report.TotalBudgetSeconds);
        return report.BudgetStatus != "INSUFFICIENT_DATA" && remaining is { } left
            && report.Goal?.AttainmentGoal is { } goal and > 0 and < 100
            ? new ObjectiveBudget(report.Name, component, goal / 100, left)
            : null;
    }

    private static double? Share(int? left, int? whole) => left is { } some && whole is > 0 ? some / (double)whole.Value : null;
}
