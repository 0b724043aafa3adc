namespace Aiops.Pipeline.Reason.Models;

/// <summary>A model's settings can't be used; names each member and what to do about it, and repeats no value that may be a secret.</summary>
public sealed class ModelSettingsException(string where, IReadOnlyList<string> problems)
    : Exception($"{where}: {string.Join(" ", problems)} docs/model.md shows the settings.")
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
