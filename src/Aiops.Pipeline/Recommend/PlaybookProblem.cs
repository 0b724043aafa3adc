namespace Aiops.Pipeline.Recommend;

/// <summary>Why a playbook file was refused.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Remedy">What to do about it, one sentence.</param>
public sealed record PlaybookProblem(string File, int Line, string Message, string Remedy)
{
    public override string ToString() => $"{File}({Line}): {Message} {Remedy}";
}

/// <summary>What loading gave: a whole library, or every problem found.</summary>
public abstract record PlaybookLoad
{
    private PlaybookLoad() { }

    public sealed record Loaded(PlaybookLibrary Library) : PlaybookLoad;

    /// <param name="Problems">By file and line; at least one.</param>
    public sealed record Refused(IReadOnlyList<PlaybookProblem> Problems) : PlaybookLoad;
}
