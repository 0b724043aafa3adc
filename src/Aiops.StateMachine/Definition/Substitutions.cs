using System.Text.Json;
using System.Text.RegularExpressions;

namespace Aiops.StateMachine.Definition;

/// <summary>Replaces <c>${Name}</c> in the strings of a definition, and reports the names that have no value.</summary>
internal sealed partial class Substitutions(IReadOnlyDictionary<string, string> values, List<DefinitionProblem> problems)
{
    public JsonElement Apply(JsonElement json, string path) => json.ValueKind switch
    {
        JsonValueKind.Object => Json.Object(json.EnumerateObject()
            .Select(member => KeyValuePair.Create(Apply(member.Name, path), Apply(member.Value, $"{path}.{member.Name}")))),
        JsonValueKind.Array => Json.Array(json.EnumerateArray().Select((item, i) => Apply(item, $"{path}[{i}]"))),
        JsonValueKind.String => Json.String(Apply(json.GetString()!, path)),
        _ => json,
    };

    private string Apply(string text, string path) => Placeholder().Replace(text, match =>
    {
        if (values.TryGetValue(match.Groups["name"].Value, out var value))
        {
            return value;
        }

        problems.Add(new DefinitionProblem(path, $"no substitution is given for {match.Value}"));
        return match.Value;
    });

    [GeneratedRegex(@"\$\{(?<name>[A-Za-z0-9_.:-]+)\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Placeholder();
}
