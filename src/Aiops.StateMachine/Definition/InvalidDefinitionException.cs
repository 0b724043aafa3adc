namespace Aiops.StateMachine.Definition;

/// <summary>A definition was refused when it was loaded. Not retryable: the text must change.</summary>
public sealed class InvalidDefinitionException(IReadOnlyList<DefinitionProblem> problems)
    : Exception("The state machine is not valid:" + string.Concat(problems.Select(problem => $"\n  {problem}")))
{
    /// <summary>Every problem found, in the order of the text.</summary>
    public IReadOnlyList<DefinitionProblem> Problems { get; } = problems;
}
