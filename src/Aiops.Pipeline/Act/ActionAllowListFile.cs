using System.Text.Json;
using System.Text.RegularExpressions;

namespace Aiops.Pipeline.Act;

/// <summary>Reads the allow-list strictly: unknown members, doubled ids, shells, undeclared placeholders are refused, all at once.</summary>
public static partial class ActionAllowListFile
{
    private const int Most = 100;
    private const int LongestTimeout = 3_600;

    // Whoever gives a program that runs what it is told has allowed everything.
    private static readonly string[] Interpreters =
        ["sh", "bash", "dash", "zsh", "ksh", "fish", "busybox", "cmd", "powershell", "pwsh", "env", "xargs", "sudo", "python3", "python", "perl", "ruby", "node"];

    private static readonly string[] Sources = ["component", "account", "region"];

    /// <param name="file">Named in errors.</param>
    /// <exception cref="ActionAllowListException">It can't be used; says all that is wrong.</exception>
    public static ActionAllowList Read(string file, ReadOnlySpan<byte> content)
    {
        ActionAllowList list;
        try
        {
            list = JsonSerializer.Deserialize(content, ActJson.Default.ActionAllowList) ?? throw new JsonException("It is null.");
        }
        catch (JsonException e)
        {
            throw new ActionAllowListException(file, [e.Message]);
        }

        List<string> problems = [.. list.Actions.SelectMany(ProblemsOf)];
        problems.AddRange(list.Actions.GroupBy(action => action.Id, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => $"{same.Key}: the id is given twice"));
        if (list.Actions.Count > Most)
        {
            problems.Add($"{list.Actions.Count} actions are listed; {Most} are the most");
        }

        return problems.Count == 0 ? list : throw new ActionAllowListException(file, problems);
    }

    private static IEnumerable<string> ProblemsOf(AllowedAction action)
    {
        IEnumerable<string?> problems =
        [
            Id().IsMatch(action.Id) ? null : "the id must be lower case words joined by hyphens",
            action.Title.Trim().Length > 0 ? null : "the title is empty",
            action.Components.Count > 0 && action.Components.All(name => name.Trim().Length > 0) ? null : "components must name at least one; * for any",
            (action.Document is null) == (action.Command is null) ? "give either a document or a command" : null,
            action.Command is not null && action.For is null ? "a command must say for which playbook's step it is" : null,
            action.For is { Step: < 1 } ? "steps are counted from 1" : null,
            action.CheckAfterSeconds is >= 60 and <= 86_400 ? null : "checkAfterSeconds must be from 60 to 86400",
            .. action.Document is { } document ? Problems(document) : [],
            .. action.Command is { } command ? Problems(command, action.Parameters) : [],
            .. action.Parameters.SelectMany(pair => Problems(pair.Key, pair.Value)),
        ];
        return problems.OfType<string>().Select(problem => $"{action.Id}: {problem}");
    }

    private static IEnumerable<string?> Problems(AllowedDocument document) =>
    [
        DocumentName().IsMatch(document.Name) ? null : $"{document.Name} isn't a document's name",
        document.DryRunDocument is null || DocumentName().IsMatch(document.DryRunDocument) ? null : $"{document.DryRunDocument} isn't a document's name",
        document.DryRunDocument is not null && document.DryRunParameters is not null ? "give either dryRunDocument or dryRunParameters" : null,
    ];

    private static IEnumerable<string?> Problems(AllowedCommand command, IReadOnlyDictionary<string, ParameterRule> parameters)
    {
        IReadOnlyList<string> templates = [.. command.Arguments, .. command.DryRunArguments ?? []];
        var used = templates.SelectMany(PreparedAction.PlaceholdersOf).ToHashSet(StringComparer.Ordinal);
        var program = Path.GetFileNameWithoutExtension(command.Executable);
        return
        [
            Path.IsPathFullyQualified(command.Executable) ? null : "the executable must be an absolute path",
            Interpreters.Contains(program, StringComparer.OrdinalIgnoreCase) ? $"{program} runs whatever it is told: name the program itself" : null,
            command.TimeoutSeconds is >= 1 and <= LongestTimeout ? null : $"timeoutSeconds must be from 1 to {LongestTimeout}",
            command.Executable.Contains('{', StringComparison.Ordinal) ? "the executable takes no placeholder" : null,
            .. used.Where(name => !parameters.ContainsKey(name)).Select(name => $"{{{name}}} has no rule in parameters"),
            .. parameters.Keys.Where(name => !used.Contains(name)).Select(name => $"the parameter {name} is used nowhere"),
        ];
    }

    private static IEnumerable<string?> Problems(string name, ParameterRule rule)
    {
        var kinds = (rule.OneOf is null ? 0 : 1) + (rule.Pattern is null ? 0 : 1) + (rule.IsNumber ? 1 : 0);
        return
        [
            ParameterName().IsMatch(name) ? null : $"{name} isn't a parameter's name",
            kinds == 1 ? null : $"{name} must say one of oneOf, pattern, min and max",
            rule.IsNumber && (rule.Min is null || rule.Max is null || rule.Min > rule.Max) ? $"{name} needs min and max, in this order" : null,
            rule.OneOf is { Count: 0 } ? $"{name} allows nothing" : null,
            rule.From is null || Sources.Contains(rule.From) ? null : $"{name} can't be filled from {rule.From}; from {string.Join(", ", Sources)}",
            rule.Pattern is { } pattern ? PatternProblem(name, pattern) : null,
        ];
    }

    private static string? PatternProblem(string name, string pattern)
    {
        try
        {
            _ = ParameterRule.Compile(pattern);
            return null;
        }
        catch (ArgumentException e)
        {
            return $"{name}: {e.Message}";
        }
    }

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]{3,128}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DocumentName();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_]{0,63}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ParameterName();
}

/// <summary>The allow-list can't be used, and nothing runs by a list that is half understood.</summary>
public sealed class ActionAllowListException(string file, IReadOnlyList<string> problems)
    : Exception($"{file} can't be used: {string.Join("; ", problems)}.")
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
