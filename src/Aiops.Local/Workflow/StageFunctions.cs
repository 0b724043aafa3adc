using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Aiops.Local.Workflow;

/// <summary>The stages as the workflow calls them: JSON in, JSON out, by the name that <c>${NameFunction}</c> stands for.</summary>
public sealed class StageFunctions
{
    private readonly Dictionary<string, Func<string, CancellationToken, Task<string>>> functions = [];

    /// <summary>Names for the workflow file's substitutions: <c>ClassifyFunction</c> → <c>Classify</c>.</summary>
    public IReadOnlyDictionary<string, string> Substitutions => functions.Keys.ToDictionary(name => name + "Function", name => name);

    public StageFunctions Add<TInput, TOutput>(
        string name, JsonTypeInfo<TInput> input, JsonTypeInfo<TOutput> output, Func<TInput, CancellationToken, Task<TOutput>> run)
    {
        functions.Add(name, async (payload, cancellationToken) =>
        {
            var read = JsonSerializer.Deserialize(payload, input)
                ?? throw new JsonException($"{name} was called with null.");
            return JsonSerializer.Serialize(await run(read, cancellationToken), output);
        });
        return this;
    }

    /// <exception cref="KeyNotFoundException">No stage bears the name.</exception>
    public Task<string> InvokeAsync(string name, string payload, CancellationToken cancellationToken)
        => functions.TryGetValue(name, out var function)
            ? function(payload, cancellationToken)
            : throw new KeyNotFoundException($"No stage is named {name}; there are {string.Join(", ", functions.Keys)}.");
}
