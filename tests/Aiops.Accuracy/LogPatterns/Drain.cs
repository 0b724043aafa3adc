using System.Text.RegularExpressions;

namespace Aiops.Accuracy.LogPatterns;

/// <summary>The peer that most people run: templates mined online in a tree of fixed depth [He2017], as its public
/// implementation Drain3 sets it up: depth 4, 100 children, tokens with digits take the wildcard's branch.</summary>
/// <remarks>
/// [He2017] P. He, J. Zhu, Z. Zheng, M. R. Lyu: Drain: An Online Log Parsing Approach with Fixed Depth Tree, ICWS 2017.
/// </remarks>
/// <param name="similarity">The share of equal tokens from which a line joins a group; wildcards count as unequal.</param>
internal sealed partial class Drain(double similarity, Func<string, string> mask)
{
    private const string Wildcard = "<*>";
    private const int MostChildren = 100;

    private readonly Dictionary<int, Dictionary<string, List<Cluster>>> byLength = [];

    public static string Unmasked(string message) => message;

    /// <summary>Addresses, hexadecimal and decimal numbers, as Drain3's example configuration masks them.</summary>
    public static string Masked(string message)
        => Number().Replace(Hexadecimal().Replace(Address().Replace(message, Wildcard), Wildcard), Wildcard);

    public object Add(string message)
    {
        var tokens = mask(message).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (!byLength.TryGetValue(tokens.Length, out var children))
        {
            byLength[tokens.Length] = children = [];
        }

        if (Candidates(children, tokens) is { } found && Best(found, tokens) is { } best)
        {
            best.Widen(tokens);
            return best;
        }

        var cluster = new Cluster([.. tokens]);
        var branch = Branch(children, tokens);
        if (!children.TryGetValue(branch, out var leaf))
        {
            children[branch] = leaf = [];
        }

        leaf.Add(cluster);
        return cluster;
    }

    private static List<Cluster>? Candidates(Dictionary<string, List<Cluster>> children, string[] tokens)
        => children.GetValueOrDefault(tokens.FirstOrDefault() ?? "") ?? children.GetValueOrDefault(Wildcard);

    private static string Branch(Dictionary<string, List<Cluster>> children, string[] tokens)
    {
        var first = tokens.FirstOrDefault() ?? "";
        if (children.ContainsKey(first))
        {
            return first;
        }

        var isFull = children.Count + (children.ContainsKey(Wildcard) ? 0 : 1) >= MostChildren;
        return isFull || first.Any(char.IsAsciiDigit) ? Wildcard : first;
    }

    private Cluster? Best(List<Cluster> clusters, string[] tokens)
    {
        var (best, most, wildcards) = ((Cluster?)null, -1, -1);
        foreach (var cluster in clusters)
        {
            var (equal, wild) = cluster.Compare(tokens);
            if (equal > most || (equal == most && wild > wildcards))
            {
                (best, most, wildcards) = (cluster, equal, wild);
            }
        }

        return tokens.Length == 0 || most >= similarity * tokens.Length ? best : null;
    }

    [GeneratedRegex(@"(?<![A-Za-z0-9])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![A-Za-z0-9])")]
    private static partial Regex Address();

    [GeneratedRegex("(?<![A-Za-z0-9])0x[a-f0-9A-F]+(?![A-Za-z0-9])")]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"(?<![A-Za-z0-9])[\-+]?\d+(?![A-Za-z0-9])")]
    private static partial Regex Number();

    private sealed class Cluster(string[] template)
    {
        public (int Equal, int Wildcards) Compare(string[] tokens)
        {
            var (equal, wildcards) = (0, 0);
            for (var i = 0; i < template.Length; i++)
            {
                wildcards += template[i] == Wildcard ? 1 : 0;
                equal += template[i] != Wildcard && template[i] == tokens[i] ? 1 : 0;
            }

            return (equal, wildcards);
        }

        public void Widen(string[] tokens)
        {
            for (var i = 0; i < template.Length; i++)
            {
                template[i] = template[i] == tokens[i] ? template[i] : Wildcard;
            }
        }
    }
}
