namespace Aiops.Pipeline.Learn.Exchange;

/// <summary>A file of what is known can't be read: which line, why, and what to do.</summary>
/// <param name="line">1 for the first.</param>
public sealed class KnowledgeFileException(int line, string problem, string remedy) : Exception($"line {line}: {problem} {remedy}")
{
    public int Line => line;

    public string Problem => problem;

    public string Remedy => remedy;
}
