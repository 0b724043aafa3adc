namespace Aiops.Ask.Data;

/// <summary>A file that a person attaches: more rows of a catalogued table, or a table of its own under a new name.</summary>
/// <param name="Table">Small letters, digits and _.</param>
/// <param name="Path">Ends in .parquet, .csv, .json, .jsonl or .ndjson; the texts also with .gz behind it.</param>
public sealed record AttachedFile(string Table, string Path);

/// <summary>A file that can't be attached or written; the message names it and the remedy.</summary>
public sealed class AttachException(string message) : Exception(message);

/// <summary>What questions are asked of, and under which limits.</summary>
public sealed record DataOptions
{
    public IReadOnlyList<ITableFeed> Feeds { get; init; } = [];

    public IReadOnlyList<AttachedFile> Files { get; init; } = [];

    public AskLimits Limits { get; init; } = new();

    /// <summary>In whose clock times are told and meant.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    internal RunningStatements Statements { get; init; } = RunningStatements.OfProcess;
}
