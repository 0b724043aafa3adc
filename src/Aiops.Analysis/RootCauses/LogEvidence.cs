using System.Text.RegularExpressions;
using Aiops.Analysis.LogPatterns;
using Aiops.Analysis.Topology;

namespace Aiops.Analysis.RootCauses;

/// <summary>What one log pattern says of its component, and of those that it names.</summary>
internal static partial class LogEvidence
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
            foreach (var callee in graph.CalleesOf(shift.Component).Where(callee => Names(shift.Example, callee, graph)))
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

    /// <summary>Whether the line names the component, as a word of its own or by one of its pods; case is ignored.</summary>
    private static bool Names(string line, string component, ServiceGraph graph)
    {
        var isNamed = false;
        for (var at = Next(0); at >= 0 && !isNamed; at = Next(at + 1))
        {
            var rest = at + component.Length;
            var end = EndOfName(line, rest);
            isNamed = !IsWithinName(line, at)
                && (end == rest || (OfPod().IsMatch(line.AsSpan(rest, end - rest)) && !graph.Contains(line[at..end])));
        }

        return isNamed;

        int Next(int from) => component.Length == 0 ? -1 : line.IndexOf(component, from, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsWithinName(string line, int at)
        => at > 0 && (IsOfName(line[at - 1]) || (at > 1 && line[at - 1] == '-' && IsOfName(line[at - 2])));

    /// <summary>A dash is part of a name where the name goes on behind it.</summary>
    private static int EndOfName(string line, int at)
    {
        while (at < line.Length && (IsOfName(line[at]) || (line[at] == '-' && at + 1 < line.Length && IsOfName(line[at + 1]))))
        {
            at++;
        }

        return at;
    }

    private static bool IsOfName(char character) => char.IsLetterOrDigit(character) || character == '_';

    /// <summary>
    /// What Kubernetes adds to the name of a workload to name its pods: an ordinal (StatefulSet), or the template's hash and five
    /// more (Deployment), of letters and digits from which no word can be made.
    /// </summary>
    [GeneratedRegex(
        @"^-(?:[0-9]+|[bcdfghjklmnpqrstvwxz2456789]{6,10}-[bcdfghjklmnpqrstvwxz2456789]{5})\z",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex OfPod();
}
