using System.Text.Json;
using Aiops.StateMachine.Intrinsics;

namespace Aiops.StateMachine.Definition;

/// <summary>Reads payload templates, and the path or intrinsic in each field whose name ends in ".$".</summary>
internal static class TemplateReader
{
    private const string Suffix = ".$";

    public static PayloadTemplate? ReadObject(JsonElement json, string path, List<DefinitionProblem> problems)
    {
        if (json.ValueKind == JsonValueKind.Object)
        {
            return Read(json, path, problems);
        }

        problems.Add(new DefinitionProblem(path, "must be an object"));
        return null;
    }

    private static PayloadTemplate Read(JsonElement json, string path, List<DefinitionProblem> problems) => json.ValueKind switch
    {
        JsonValueKind.Object => ReadMembers(json, path, problems),
        JsonValueKind.Array => new PayloadTemplate.Items(
            [.. json.EnumerateArray().Select((item, i) => Read(item, $"{path}[{i}]", problems))]),
        _ => new PayloadTemplate.Constant(json),
    };

    private static PayloadTemplate.Members ReadMembers(JsonElement json, string path, List<DefinitionProblem> problems)
    {
        var fields = new Dictionary<string, PayloadTemplate>();
        foreach (var member in json.EnumerateObject())
        {
            var at = FieldReader.Step(path, member.Name);
            var computed = member.Name.EndsWith(Suffix, StringComparison.Ordinal);
            var name = computed ? member.Name[..^Suffix.Length] : member.Name;
            var value = computed ? ReadComputed(member, at, problems) : Read(member.Value, at, problems);
            if (value is not null && !fields.TryAdd(name, value))
            {
                problems.Add(new DefinitionProblem(at, $"the field {name} is there twice once '.$' is stripped"));
            }
        }

        return new PayloadTemplate.Members([.. fields]);
    }

    private static PayloadTemplate.Computed? ReadComputed(JsonProperty member, string path, List<DefinitionProblem> problems)
    {
        if (member.Value.ValueKind != JsonValueKind.String)
        {
            problems.Add(new DefinitionProblem(path, "a field ending in '.$' must be a string: a path or an intrinsic function"));
            return null;
        }

        try
        {
            return new PayloadTemplate.Computed(member.Name, Expression.Parse(member.Value.GetString()!));
        }
        catch (FormatException e)
        {
            problems.Add(new DefinitionProblem(path, e.Message));
            return null;
        }
    }
}
