using Aiops.Pipeline.Comment;

namespace Aiops.Pipeline.Review.Tickets;

/// <summary>What an incident's documents call by name: a cause that is none of them is a slip of the pen, or news.</summary>
/// <remarks>A name that is spelt wrong would make a case that nothing is ever like, so it is asked back, not guessed.</remarks>
public sealed class KnownComponents(IEnumerable<string> names)
{
    private const int Suggested = 3;

    private readonly IReadOnlyList<string> names = [.. names.Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)];

    public static KnownComponents Of(IncidentReport report) => new(
        report.Incident.Components
            .Concat(report.Diagnosis.Hypotheses.Select(hypothesis => hypothesis.Component))
            .Concat(report.Diagnosis.Evidence.Select(evidence => evidence.Component))
            .Concat(report.Context.Changes.Select(change => change.Component))
            .Concat(report.Context.Topology.Components.Select(component => component.Name)));

    /// <summary>
    /// The name as it is known: written so, or in another case, or the last part of one alone (<c>checkout-db</c> of an ARN). Null
    /// where nothing or more than one is called so.
    /// </summary>
    public string? Find(string said)
        => names.FirstOrDefault(name => name == said)
            ?? Only(names.Where(name => string.Equals(name, said, StringComparison.OrdinalIgnoreCase)))
            ?? Only(names.Where(name => string.Equals(LastPart(name), said, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Names that may have been meant, the nearest first.</summary>
    public IReadOnlyList<string> Near(string said)
    {
        var meant = said.ToLowerInvariant();
        return [.. names
            .Select(name => (Name: name, Distance: Distance(meant, name.ToLowerInvariant())))
            .Where(one => one.Distance <= Math.Max(2, meant.Length / 3))
            .OrderBy(one => one.Distance).ThenBy(one => one.Name, StringComparer.Ordinal)
            .Take(Suggested).Select(one => one.Name)];
    }

    /// <summary>Some, for whoever's word is like none of them.</summary>
    public IReadOnlyList<string> Some => [.. names.Take(2 * Suggested)];

    private static string? Only(IEnumerable<string> found) => found.Take(2).ToList() is [var one] ? one : null;

    private static string LastPart(string name) => name[(name.LastIndexOfAny([':', '/']) + 1)..];

    /// <summary>By letters, of the whole name or its last part; 1 where one holds the other.</summary>
    private static int Distance(string said, string name)
    {
        var part = LastPart(name);
        return said.Length > 2 && (name.Contains(said, StringComparison.Ordinal) || (part.Length > 2 && said.Contains(part, StringComparison.Ordinal)))
            ? 1
            : Math.Min(Edits(said, name), Edits(said, part));
    }

    /// <summary>The edit distance of [Levenshtein1966].</summary>
    private static int Edits(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
            }
        }

        return row[b.Length];
    }
}
