using Aiops.Analysis.LogPatterns;
using Aiops.Analysis.Topology;

namespace Aiops.Analysis.RootCauses;

/// <summary>What one log pattern says of its component, and of those that it names.</summary>
internal static class LogEvidence
{
    private const double NewError = 2; // An error never seen before says more than its count, which the number of requests limits.
    private const double Rarer = 0.3;
    private const double Named = 1;

    public static IEnumerable<Finding> Of(LogPatternShift shift, ServiceGraph graph)
    {
        if (ShareOf(shift) is > 0 and var share)
        {
            var strength = Strength.Of(Math.Max(LogPatternTally.Threshold, Math.Abs(shift.Significance)));
            yield return new Finding.LogPatternMoved(shift.Component, Math.Min(Strength.Most, share * strength), shift);
        }

        if (IsMore(shift) && (LogSeverity.IsError(shift.Severity) || LogSeverity.IsWarning(shift.Severity)))
        {
            foreach (var callee in graph.CalleesOf(shift.Component).Where(callee => Names(shift.Example, callee)))
            {
                yield return new Finding.NamedInLogs(callee, Named, shift.Component, shift);
            }
        }
    }

    private static bool IsMore(LogPatternShift shift) => shift.Trend is LogPatternTrend.New or LogPatternTrend.More;

    private static double ShareOf(LogPatternShift shift) => shift.Trend switch
    {
        LogPatternTrend.New when LogSeverity.IsError(shift.Severity) => NewError,
        LogPatternTrend.New or LogPatternTrend.More => LogSeverity.IsError(shift.Severity) ? 1 : LogSeverity.IsWarning(shift.Severity) ? 0.6 : 0.4,
        LogPatternTrend.Less or LogPatternTrend.Gone => Rarer,
        _ => 0,
    };

    /// <summary>Whether the line names the component, as a word of its own.</summary>
    private static bool Names(string line, string component)
    {
        var at = line.IndexOf(component, StringComparison.OrdinalIgnoreCase);
        var end = at + component.Length;
        return at >= 0
            && (at == 0 || !char.IsLetterOrDigit(line[at - 1]))
            && (end == line.Length || !char.IsLetterOrDigit(line[end]));
    }
}
