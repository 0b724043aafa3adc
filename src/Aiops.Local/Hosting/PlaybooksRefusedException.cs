using Aiops.Pipeline.Recommend;

namespace Aiops.Local.Hosting;

/// <summary>Playbooks that can't be used: each problem names its file, line and remedy. Nothing was started.</summary>
public sealed class PlaybooksRefusedException(IReadOnlyList<PlaybookProblem> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<PlaybookProblem> Problems { get; } = problems;
}
