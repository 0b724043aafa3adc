namespace Aiops.StateMachine.Definition;

/// <summary>One thing that is wrong or unsupported in a definition.</summary>
/// <param name="Path">Where: the JSON path in the definition, such as <c>$.States.Foo.Choices[0].Variable</c>.</param>
/// <param name="Reason">What, in words for its author.</param>
public sealed record DefinitionProblem(string Path, string Reason)
{
    public override string ToString() => $"{Path}: {Reason}";
}
