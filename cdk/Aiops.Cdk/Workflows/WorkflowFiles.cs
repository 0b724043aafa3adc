using System.Text.RegularExpressions;

namespace Aiops.Cdk.Workflows;

/// <summary>The definitions in <c>cdk/workflows</c>, carried beside the app: the same files that the local host
/// interprets.</summary>
public static partial class WorkflowFiles
{
    public static string Read(string name)
        => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "workflows", $"{name}.asl.json"));

    /// <summary>The names in <c>${…}</c>, each once.</summary>
    public static IReadOnlyList<string> Substitutions(string definition)
        => [.. Substitution.Matches(definition).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal)];

    [GeneratedRegex(@"\$\{(?<name>[A-Za-z]+)\}", RegexOptions.None, 1000)]
    private static partial Regex Substitution { get; }
}
