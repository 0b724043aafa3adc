using System.Text.Json;
using Aiops.StateMachine.Paths;

namespace Aiops.StateMachine.Definition;

/// <summary>The variables that the states of one scope assign; those of scopes inside it don't count.</summary>
internal static class AssignedVariables
{
    private const string Suffix = ".$";

    public static IEnumerable<string> In(JsonElement states) => Assignments(states, "").Select(each => each.Name);

    /// <summary>Names must be identifiers, and none may be assigned in an enclosing scope too.</summary>
    public static void Check(JsonElement states, string path, IReadOnlyCollection<string> outer, List<DefinitionProblem> problems)
    {
        foreach (var (name, at) in Assignments(states, path))
        {
            if (name == VariableName.Reserved)
            {
                problems.Add(new DefinitionProblem(at, "the variable 'states' is reserved"));
            }
            else if (!VariableName.IsValid(name))
            {
                problems.Add(new DefinitionProblem(
                    at, $"'{name}' is no name of a variable: an identifier of at most {VariableName.MaxLength} characters"));
            }
            else if (outer.Contains(name))
            {
                problems.Add(new DefinitionProblem(at, $"an outer scope assigns the variable '{name}': an inner one must not"));
            }
        }
    }

    private static IEnumerable<(string Name, string Path)> Assignments(JsonElement states, string path)
    {
        if (states.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        foreach (var state in states.EnumerateObject())
        {
            var at = FieldReader.Step(path, state.Name);
            foreach (var holder in Holders(state.Value, at).Where(holder => holder.Json.ValueKind == JsonValueKind.Object))
            {
                if (holder.Json.TryGetProperty("Assign", out var assign) && assign.ValueKind == JsonValueKind.Object)
                {
                    foreach (var field in assign.EnumerateObject())
                    {
                        var name = field.Name.EndsWith(Suffix, StringComparison.Ordinal) ? field.Name[..^Suffix.Length]
                            : field.Name;
                        yield return (name, FieldReader.Step($"{holder.Path}.Assign", field.Name));
                    }
                }
            }
        }
    }

    // The state itself, its Choice rules and its Catchers.
    private static IEnumerable<(JsonElement Json, string Path)> Holders(JsonElement state, string path)
    {
        yield return (state, path);
        if (state.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        foreach (var list in (string[])["Choices", "Catch"])
        {
            if (state.TryGetProperty(list, out var items) && items.ValueKind == JsonValueKind.Array)
            {
                for (var i = 0; i < items.GetArrayLength(); i++)
                {
                    yield return (items[i], $"{path}.{list}[{i}]");
                }
            }
        }
    }
}
