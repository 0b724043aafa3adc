using System.Text.Json;

namespace Aiops.StateMachine.Definition;

/// <summary>Checks the Parameters of a Task that calls a function through <c>lambda:invoke</c>.</summary>
internal static class LambdaParameters
{
    private static readonly IReadOnlyList<string> Supported = ["FunctionName", "Payload", "Qualifier", "InvocationType"];

    /// <returns>The function's name, where it is written out.</returns>
    public static string? Check(JsonElement? parameters, FieldReader fields)
    {
        if (parameters is not { ValueKind: JsonValueKind.Object } json)
        {
            if (parameters is null)
            {
                fields.WrongHere("Parameters are missing, which name the function in FunctionName");
            }

            return null;
        }

        var path = fields.PathOf("Parameters");
        foreach (var member in json.EnumerateObject().Where(member => !Supported.Contains(Plain(member.Name))))
        {
            fields.Problems.Add(new DefinitionProblem(
                FieldReader.Step(path, member.Name), $"lambda:invoke has no parameter {member.Name} here"));
        }

        if (json.TryGetProperty("InvocationType", out var type) && !type.ValueEquals("RequestResponse"))
        {
            fields.Problems.Add(new DefinitionProblem($"{path}.InvocationType", "only RequestResponse is supported"));
        }

        if (json.TryGetProperty("FunctionName", out var name))
        {
            if (name.ValueKind == JsonValueKind.String)
            {
                return name.GetString();
            }

            fields.Problems.Add(new DefinitionProblem($"{path}.FunctionName", "must be a string"));
        }
        else if (!json.TryGetProperty("FunctionName.$", out _))
        {
            fields.Wrong("Parameters", "FunctionName is missing");
        }

        return null;
    }

    private static string Plain(string name) => name.EndsWith(".$", StringComparison.Ordinal) ? name[..^2] : name;
}
