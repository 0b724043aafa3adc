using System.Text.Json;
using Aiops.StateMachine.Intrinsics;
using Aiops.StateMachine.Paths;

namespace Aiops.StateMachine.Definition;

/// <summary>
/// Takes the fields of one object of a definition, notes what is wrong with them, and refuses those that nobody asked for.
/// </summary>
internal sealed class FieldReader
{
    private readonly Dictionary<string, JsonElement> fields = [];
    private readonly HashSet<string> taken = [];
    private readonly List<DefinitionProblem> problems;

    public FieldReader(JsonElement json, string path, List<DefinitionProblem> problems)
    {
        (Path, this.problems) = (path, problems);
        if (json.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new DefinitionProblem(path, "must be an object"));
            return;
        }

        foreach (var member in json.EnumerateObject())
        {
            if (!fields.TryAdd(member.Name, member.Value))
            {
                problems.Add(new DefinitionProblem(PathOf(member.Name), "the field is there twice"));
            }
        }
    }

    public string Path { get; }

    public List<DefinitionProblem> Problems => problems;

    public IEnumerable<string> Names => fields.Keys;

    public static string Step(string path, string name)
        => name.Length > 0 && !char.IsDigit(name[0]) && name.All(c => char.IsLetterOrDigit(c) || c == '_') ? $"{path}.{name}"
            : $"{path}['{name}']";

    public string PathOf(string name) => Step(Path, name);

    /// <summary>A reader of another object, whose problems go to the same list.</summary>
    public FieldReader On(JsonElement json, string path) => new(json, path, problems);

    public bool Has(string name) => fields.ContainsKey(name);

    public void Wrong(string name, string reason) => problems.Add(new DefinitionProblem(PathOf(name), reason));

    public void WrongHere(string reason) => problems.Add(new DefinitionProblem(Path, reason));

    public JsonElement? Take(string name)
    {
        taken.Add(name);
        return fields.TryGetValue(name, out var value) ? value : null;
    }

    public JsonElement? Require(string name)
    {
        var value = Take(name);
        if (value is null)
        {
            WrongHere($"the field {name} is missing");
        }

        return value;
    }

    public string? String(string name) => Take(name) is { } value ? AsString(name, value) : null;

    public string? RequireString(string name) => Require(name) is { } value ? AsString(name, value) : null;

    /// <summary>A whole number of at least <paramref name="min"/> and at most <paramref name="max"/>.</summary>
    public long? Integer(string name, long min, long max)
    {
        if (Take(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= min && number <= max)
        {
            return number;
        }

        Wrong(name, $"must be an integer from {min} to {max}");
        return null;
    }

    public bool? Boolean(string name)
    {
        if (Take(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.ValueKind == JsonValueKind.True;
        }

        Wrong(name, "must be true or false");
        return null;
    }

    public IReadOnlyList<JsonElement> NonEmptyArray(string name)
    {
        if (Require(name) is not { } value)
        {
            return [];
        }

        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0)
        {
            return [.. value.EnumerateArray()];
        }

        Wrong(name, "must be a non-empty array");
        return [];
    }

    /// <summary>
    /// A path; <paramref name="fallback"/> when absent, null when the field holds JSON null and that is allowed.
    /// </summary>
    public JsonPath? PathField(string name, JsonPath? fallback = null, bool nullable = false, bool reference = false)
    {
        if (Take(name) is not { } value)
        {
            return fallback;
        }

        if (nullable && value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (AsString(name, value) is not { } text)
        {
            return fallback;
        }

        try
        {
            var path = JsonPath.Parse(text);
            if (reference && !path.IsReference)
            {
                Wrong(name, $"'{text}' must be a reference path: to one single node, without @ , : ? * or ..");
            }

            return path;
        }
        catch (FormatException e)
        {
            Wrong(name, e.Message);
            return fallback;
        }
    }

    /// <summary>
    /// One number out of two fields: <paramref name="name"/>, or a reference path in the field ending in "Path".
    /// </summary>
    public Quantity? Quantity(string name, long min, long max)
    {
        var value = Integer(name, min, max);
        var path = PathField(name + "Path", reference: true);
        if (Has(name) && Has(name + "Path"))
        {
            WrongHere($"{name} and {name}Path exclude each other");
        }

        return value is null && path is null ? null : new Quantity(value, path);
    }

    public PayloadTemplate? Template(string name)
        => Take(name) is { } value ? TemplateReader.ReadObject(value, PathOf(name), problems) : null;

    public void RefuseOthers(string what)
    {
        foreach (var name in fields.Keys.Where(name => !taken.Contains(name)))
        {
            Wrong(name, $"{what} has no field {name}");
        }
    }

    private string? AsString(string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        Wrong(name, "must be a string");
        return null;
    }
}
