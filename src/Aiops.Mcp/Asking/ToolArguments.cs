using System.Text.Json;

namespace Aiops.Mcp.Asking;

/// <summary>What a call was made with, checked once against the tool's parameters: what is wrong is refused, not guessed at.</summary>
internal sealed class ToolArguments
{
    public const int MostEntries = 20;

    private readonly Dictionary<string, JsonElement> values = new(StringComparer.Ordinal);

    /// <exception cref="ToolRefusedException">Says which argument is wrong, and how it should be.</exception>
    public ToolArguments(IReadOnlyList<Parameter> parameters, IEnumerable<KeyValuePair<string, JsonElement>> given)
    {
        foreach (var (name, value) in given)
        {
            var parameter = parameters.FirstOrDefault(one => one.Name == name)
                ?? throw Wrong($"There is no argument {Shorten(name)}; it takes {(parameters.Count == 0 ? "none" : string.Join(", ", parameters.Select(one => one.Name)))}.");
            if (value.ValueKind != JsonValueKind.Null)
            {
                Check(parameter, value);
                values[name] = value;
            }
        }

        if (parameters.FirstOrDefault(parameter => parameter.Required && !values.ContainsKey(parameter.Name)) is { } missing)
        {
            throw Wrong($"The argument {missing.Name} is missing: {missing.Description}");
        }
    }

    public string? Text(string name) => values.TryGetValue(name, out var value) && value.GetString() is { Length: > 0 } text ? text : null;

    /// <summary>Of one that is required.</summary>
    public string TextOf(string name) => Text(name) ?? throw Wrong($"The argument {name} is empty.");

    public int? Number(string name) => values.TryGetValue(name, out var value) ? value.GetInt32() : null;

    public bool Flag(string name) => values.TryGetValue(name, out var value) && value.GetBoolean();

    public IReadOnlyList<string> Names(string name) => values.TryGetValue(name, out var value) ? [.. value.EnumerateArray().Select(one => one.GetString()!)] : [];

    public int Limit => Number("limit") ?? MostEntries;

    private static void Check(Parameter parameter, JsonElement value)
    {
        var good = parameter.Kind switch
        {
            ParameterKind.Number => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= parameter.Least && number <= parameter.Most,
            ParameterKind.Flag => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            ParameterKind.Names => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= parameter.Most
                && value.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String && one.GetString()!.Length <= 200),
            _ => value.ValueKind == JsonValueKind.String && value.GetString()!.Length <= parameter.Most
                && (parameter.Choices.Count == 0 || parameter.Choices.Contains(value.GetString()!)),
        };
        if (!good)
        {
            throw Wrong($"The argument {parameter.Name} must be {Wanted(parameter)}.");
        }
    }

    private static string Wanted(Parameter parameter) => parameter.Kind switch
    {
        ParameterKind.Number => $"a whole number from {parameter.Least} to {parameter.Most}",
        ParameterKind.Flag => "true or false",
        ParameterKind.Names => $"a list of at most {parameter.Most} texts of 200 characters each",
        _ when parameter.Choices.Count > 0 => $"one of {string.Join(", ", parameter.Choices)}",
        _ => $"a text of at most {parameter.Most} characters",
    };

    private static string Shorten(string text) => text.Length <= 60 ? text : $"{text[..60]}…";

    private static ToolRefusedException Wrong(string message) => new(message);
}
