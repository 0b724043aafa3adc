using System.Text;
using System.Text.Json;

namespace Aiops.StateMachine.Definition;

/// <summary>
/// A state machine in the Amazon States Language (https://states-language.net), JSONPath, checked: one that exists can be run.
/// </summary>
public sealed record StateMachineDefinition
{
    internal StateMachineDefinition(string? comment, TimeSpan? timeout, StateFlow flow)
        => (Comment, Timeout, Flow) = (comment, timeout, flow);

    public string? Comment { get; }

    /// <summary>How long an execution may take in all, by its "TimeoutSeconds".</summary>
    public TimeSpan? Timeout { get; }

    internal StateFlow Flow { get; }

    /// <summary>The names of all states, those in branches and iterations included, in the order of the text.</summary>
    public IReadOnlyList<string> StateNames => [.. Flow.AllStates().Select(state => state.Name)];

    /// <summary>The functions that Task states name outright, as they name them: what a host must be able to call.</summary>
    public IReadOnlyList<string> FunctionNames => [.. Flow.AllStates().OfType<TaskState>()
        .Select(task => task.Resource.FunctionName ?? task.LiteralFunctionName).OfType<string>().Distinct()];

    /// <summary>The error names that the Retry and Catch fields mention.</summary>
    public IReadOnlyList<string> HandledErrors => [.. Flow.AllStates()
        .SelectMany(state => state.Retriers.SelectMany(r => r.ErrorEquals).Concat(state.Catchers.SelectMany(c => c.ErrorEquals)))
        .Distinct()];

    /// <param name="json">The definition's text.</param>
    /// <param name="substitutions">
    /// Values for <c>${Name}</c> in any string, as CDK's DefinitionSubstitutions; null leaves them be.
    /// </param>
    /// <exception cref="InvalidDefinitionException">It is wrong or uses what is not supported.</exception>
    public static StateMachineDefinition Parse(string json, IReadOnlyDictionary<string, string>? substitutions = null)
        => Parse(Encoding.UTF8.GetBytes(json), substitutions);

    /// <inheritdoc cref="Parse(string, IReadOnlyDictionary{string, string}?)"/>
    public static StateMachineDefinition Parse(
        ReadOnlySpan<byte> utf8Json, IReadOnlyDictionary<string, string>? substitutions = null)
    {
        JsonElement json;
        try
        {
            json = Json.Readable(JsonElement.Parse(utf8Json));
        }
        catch (JsonException e)
        {
            throw new InvalidDefinitionException([new DefinitionProblem("$", $"the text is not JSON: {e.Message}")]);
        }

        return Parse(json, substitutions);
    }

    /// <inheritdoc cref="Parse(string, IReadOnlyDictionary{string, string}?)"/>
    public static StateMachineDefinition Parse(JsonElement json, IReadOnlyDictionary<string, string>? substitutions = null)
    {
        var problems = new List<DefinitionProblem>();
        var resolved = substitutions is null ? json : new Substitutions(substitutions, problems).Apply(json, "$");
        var definition = new DefinitionReader(problems).ReadMachine(resolved);
        return problems.Count == 0 ? definition! : throw new InvalidDefinitionException([.. problems.Distinct()]);
    }

    /// <summary>
    /// What <see cref="Parse(string, IReadOnlyDictionary{string, string}?)"/> would refuse; empty for a good definition.
    /// </summary>
    public static IReadOnlyList<DefinitionProblem> Validate(string json, IReadOnlyDictionary<string, string>? substitutions = null)
    {
        try
        {
            Parse(json, substitutions);
            return [];
        }
        catch (InvalidDefinitionException e)
        {
            return e.Problems;
        }
    }
}
