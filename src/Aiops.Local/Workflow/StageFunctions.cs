using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Aiops.Local.Storage;
using Aiops.Pipeline;

namespace Aiops.Local.Workflow;

/// <summary>The stages as the workflow calls them: JSON in, JSON out, by the name that <c>${NameFunction}</c> stands for.</summary>
public sealed class StageFunctions
{
    private readonly Dictionary<string, Func<string, CancellationToken, Task<string>>> functions = [];

    /// <summary>Called when a stage has answered or failed, from whatever thread ran it: for progress on a screen.</summary>
    public Action<StageCall>? Observe { get; set; }

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

    /// <summary>A function of name and payload: what the typed one comes down to.</summary>
    internal StageFunctions Add(string name, Func<string, string, Task<string>> run)
    {
        functions.Add(name, (payload, _) => run(name, payload));
        return this;
    }

    /// <exception cref="KeyNotFoundException">No stage bears the name.</exception>
    public async Task<string> InvokeAsync(string name, string payload, CancellationToken cancellationToken)
    {
        if (!functions.TryGetValue(name, out var function))
        {
            throw new KeyNotFoundException($"No stage is named {name}; there are {string.Join(", ", functions.Keys)}.");
        }

        try
        {
            var output = await function(payload, cancellationToken);
            Observe?.Invoke(new StageCall(name, payload, output, null));
            return output;
        }
        catch (Exception e) when (e is DatabaseBusyException or IOException)
        {
            Observe?.Invoke(new StageCall(name, payload, null, e));
            throw new StoreUnavailableException(e.Message, e); // By the name that the workflow retries.
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Observe?.Invoke(new StageCall(name, payload, null, e));
            throw;
        }
    }
}

/// <summary>One call of a stage: what went in, and what came out or was thrown.</summary>
public sealed record StageCall(string Stage, string Input, string? Output, Exception? Failure);
