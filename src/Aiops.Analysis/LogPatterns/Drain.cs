namespace Aiops.Analysis.LogPatterns;

/// <summary>Mines log templates online, a line at a time, in a tree of fixed depth [He2017].</summary>
/// <remarks>
/// The tree branches by number of tokens, then by the first token; below, the most similar group takes the line if at
/// least half of its tokens agree, and tokens that differ become wildcards. Departures: masks are generic
/// (<see cref="LogMask"/>); the first token's branch is the wildcard's when it was masked or when the branches are used up;
/// memory is bounded: past <c>mostGroups</c>, lines that fit no group share one that says only <c>&lt;*&gt;</c>. A group's
/// template depends on the lines it saw, so the same lines in another order may end in other templates.
/// [He2017] P. He, J. Zhu, Z. Zheng, M. R. Lyu: Drain: An Online Log Parsing Approach with Fixed Depth Tree, ICWS 2017.
/// </remarks>
public sealed class Drain(int mostGroups = 2_000)
{
    private const double Similarity = 0.5; // The threshold that [He2017] uses for most systems.
    private const int MostBranches = 100;  // The same.

    private readonly Dictionary<(int Length, string First), List<LogGroup>> leaves = [];
    private readonly Dictionary<int, int> branches = [];
    private readonly LogGroup overflow = new([LogMask.Wildcard]);
    private int count;

    /// <summary>Every group, in the order in which they were first seen; the one for what found no room comes last, if used.</summary>
    public List<LogGroup> Groups { get; } = [];

    /// <summary>The group that the line belongs to, its template widened to fit.</summary>
    public LogGroup Add(ReadOnlySpan<char> message)
    {
        var tokens = LogMask.Tokens(message);
        var leaf = LeafFor(tokens);
        var best = MostSimilar(leaf, tokens);
        if (best is not null)
        {
            best.Widen(tokens);
            return best;
        }

        if (count == mostGroups)
        {
            if (!Groups.Contains(overflow))
            {
                Groups.Add(overflow);
            }

            return overflow;
        }

        count++;
        var group = new LogGroup(tokens);
        leaf.Add(group);
        Groups.Add(group);
        return group;
    }

    private List<LogGroup> LeafFor(List<string> tokens)
    {
        var first = tokens.Count == 0 || tokens[0].Contains(LogMask.Wildcard, StringComparison.Ordinal) ? LogMask.Wildcard : tokens[0];
        if (leaves.TryGetValue((tokens.Count, first), out var leaf))
        {
            return leaf;
        }

        var used = branches.GetValueOrDefault(tokens.Count);
        if (first != LogMask.Wildcard && used >= MostBranches)
        {
            return LeafFor([LogMask.Wildcard, .. tokens.Skip(1)]);
        }

        branches[tokens.Count] = used + 1;
        return leaves[(tokens.Count, first)] = [];
    }

    private static LogGroup? MostSimilar(List<LogGroup> leaf, List<string> tokens)
    {
        LogGroup? best = null;
        var most = -1;
        foreach (var group in leaf)
        {
            var equal = group.EqualTokens(tokens);
            if (equal > most)
            {
                (best, most) = (group, equal);
            }
        }

        return most >= Similarity * tokens.Count ? best : null;
    }
}

/// <summary>Lines of one shape. Templates only ever widen.</summary>
public sealed class LogGroup
{
    private readonly List<string> tokens;

    internal LogGroup(List<string> tokens) => this.tokens = tokens;

    /// <summary>The message with its variables as <c>&lt;*&gt;</c>, single blanks between tokens.</summary>
    public string Template => string.Join(' ', tokens);

    internal int EqualTokens(List<string> line)
    {
        var equal = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            equal += tokens[i] == line[i] ? 1 : 0;
        }

        return equal;
    }

    internal void Widen(List<string> line)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i] != line[i])
            {
                tokens[i] = LogMask.Wildcard;
            }
        }
    }
}
