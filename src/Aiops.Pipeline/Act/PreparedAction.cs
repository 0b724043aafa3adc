using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Aiops.Pipeline.Act;

/// <summary>Exactly what would be run: an allowed action with every parameter checked and filled in.</summary>
public sealed partial record PreparedAction
{
    private PreparedAction(AllowedAction action, IReadOnlyDictionary<string, string> parameters) => (Action, Parameters) = (action, parameters);

    public AllowedAction Action { get; }

    /// <summary>Each by its rule, in ordinal order of name.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; }

    /// <summary>The command's arguments; empty for a document.</summary>
    public IReadOnlyList<string> Arguments => Filled(Action.Command?.Arguments ?? []);

    /// <summary>The command's arguments for a dry run; null where it has none.</summary>
    public IReadOnlyList<string>? DryRunArguments => Action.Command?.DryRunArguments is { } templates ? Filled(templates) : null;

    /// <summary>For people, one line; no shell reads it.</summary>
    public string Line => Action.Document is { } document
        ? $"{document.Name} {string.Join(' ', Parameters.Select(pair => $"{pair.Key}={pair.Value}"))}".TrimEnd()
        : string.Join(' ', Arguments.Prepend(Action.Command!.Executable).Select(Quoted));

    /// <summary>SHA-256 over all that decides what is run, in hexadecimal: an approval is for this and nothing else.</summary>
    public string Digest
    {
        get
        {
            var text = new StringBuilder();
            Add(text, Action.Id, Action.Document?.Name ?? "", Action.Command?.Executable ?? "");
            Add(text, [.. Arguments]);
            Add(text, [.. Parameters.SelectMany(pair => new[] { pair.Key, pair.Value })]);
            Add(text, [.. (Action.Command?.Environment ?? new Dictionary<string, string>()).OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => new[] { pair.Key, pair.Value })]);
            return DigestOf(text.ToString());
        }
    }

    /// <summary>Checks each parameter by its rule: all must be given, and no others.</summary>
    public static Preparation Prepare(AllowedAction action, IReadOnlyDictionary<string, string> parameters)
    {
        List<string> problems =
        [
            .. action.Parameters.Keys.Where(name => !parameters.ContainsKey(name)).Select(name => $"{name} isn't given"),
            .. parameters.Keys.Where(name => !action.Parameters.ContainsKey(name)).Select(name => $"{name} isn't a parameter of {action.Id}"),
            .. parameters.Where(pair => action.Parameters.ContainsKey(pair.Key))
                .Select(pair => action.Parameters[pair.Key].Refusal(pair.Value) is { } why ? $"{pair.Key}: {why}" : null).OfType<string>(),
        ];
        return problems.Count > 0
            ? new Preparation.Refused(string.Join("; ", problems))
            : new Preparation.Ready(new PreparedAction(action, new SortedDictionary<string, string>(parameters.ToDictionary(), StringComparer.Ordinal)));
    }

    public static string DigestOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    internal static IEnumerable<string> PlaceholdersOf(string template) => Placeholder().Matches(template).Select(match => match.Groups["name"].Value);

    private IReadOnlyList<string> Filled(IReadOnlyList<string> templates)
        => [.. templates.Select(template => Placeholder().Replace(template, match => Parameters[match.Groups["name"].Value]))];

    // With lengths, so that no two lists of texts read the same.
    private static void Add(StringBuilder text, params ReadOnlySpan<string> parts)
    {
        text.Append(parts.Length).Append('\n');
        foreach (var part in parts)
        {
            text.Append(part.Length).Append(':').Append(part).Append('\n');
        }
    }

    private static string Quoted(string argument) => argument.Contains(' ', StringComparison.Ordinal) ? $"\"{argument}\"" : argument;

    [GeneratedRegex(@"\{(?<name>[A-Za-z][A-Za-z0-9_]*)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}

/// <summary>What came of checking the parameters.</summary>
public abstract record Preparation
{
    private Preparation() { }

    public sealed record Ready(PreparedAction Action) : Preparation;

    public sealed record Refused(string Because) : Preparation;
}
