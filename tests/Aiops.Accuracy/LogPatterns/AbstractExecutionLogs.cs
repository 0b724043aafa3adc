using System.Text.RegularExpressions;

namespace Aiops.Accuracy.LogPatterns;

/// <summary>AEL [Jiang2008]: masks, then joins messages of equal length that differ in some words, all lines at once.</summary>
/// <remarks>
/// As its public implementation sets it up: an event set of at least two is reconciled, and two merge where at most half of
/// their tokens differ. Only pairs after "=" and numbers are masked.
/// [Jiang2008] Z. M. Jiang, A. E. Hassan, P. Flora, G. Hamann: Abstracting Execution Logs to Execution Events for Enterprise
/// Applications, QSIC 2008.
/// </remarks>
internal static partial class AbstractExecutionLogs
{
    private const string Wildcard = "<*>";
    private const double MostDifferent = 0.5;

    public static IReadOnlyList<object> Group(IReadOnlyList<string> messages)
    {
        List<string[]> lines = [.. messages.Select(message => Pair().Replace(Number().Replace(message, Wildcard), "=" + Wildcard)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        var groups = new object[lines.Count];
        foreach (var bin in Enumerable.Range(0, lines.Count).GroupBy(i => (lines[i].Length, lines[i].Count(IsMasked))))
        {
            List<string[]> events = [];
            foreach (var same in bin.GroupBy(i => string.Join(' ', lines[i])))
            {
                var line = lines[same.First()];
                var index = events.FindIndex(other => AreMergeable(other, line));
                if (index < 0)
                {
                    index = events.Count;
                    events.Add([.. line]);
                }

                var own = events[index];
                for (var i = 0; i < own.Length; i++)
                {
                    own[i] = own[i] == line[i] ? own[i] : Wildcard;
                }

                foreach (var number in same)
                {
                    groups[number] = own;
                }
            }
        }

        return groups;
    }

    private static bool IsMasked(string token) => token.Contains(Wildcard, StringComparison.Ordinal);

    private static bool AreMergeable(string[] one, string[] other)
    {
        var different = one.Zip(other).Count(pair => pair.First != pair.Second);
        return different > 0 && different <= MostDifferent * one.Length;
    }

    [GeneratedRegex(@"=[^\s=]+")]
    private static partial Regex Pair();

    [GeneratedRegex(@"(?<![A-Za-z])\d+(\.\d+)*")]
    private static partial Regex Number();
}
