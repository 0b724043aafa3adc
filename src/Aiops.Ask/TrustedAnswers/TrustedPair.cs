using System.Text.RegularExpressions;

namespace Aiops.Ask.TrustedAnswers;

/// <summary>A question with the statement that answers it, as people keep them in files.</summary>
/// <param name="Also">The same question in other words.</param>
/// <param name="Sql">With $from, $to, $earlier_from, $earlier_to and $service in the places of what a question says.</param>
/// <param name="Title">Of the answer; may hold {service}.</param>
/// <param name="Chart">bar, line or none; null to choose by the answer's shape.</param>
/// <param name="File">Where it stands, for people.</param>
public sealed partial record TrustedPair(string Id, string Question, IReadOnlyList<string> Also, string Sql, string Title, string? Chart, string File)
{
    public static IReadOnlyList<string> KnownParameters { get; } = ["from", "to", "earlier_from", "earlier_to", "service"];

    /// <summary>Names of the places in the statement.</summary>
    public IReadOnlySet<string> Parameters { get; } = Places().Matches(Sql).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);

    public IEnumerable<string> Wordings => Also.Prepend(Question);

    /// <summary>The statement with literals in its places.</summary>
    /// <param name="literals">SQL literals by name, already quoted; each of <see cref="Parameters"/>.</param>
    public string Fill(IReadOnlyDictionary<string, string> literals) => Places().Replace(Sql, match => literals[match.Groups["name"].Value]).Trim();

    [GeneratedRegex(@"\$(?<name>[a-z_]+)", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Places();
}
