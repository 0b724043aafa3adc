namespace Aiops.Ask.Data;

/// <summary>What a question may cost. Past a limit its statement is refused or stopped, and the answer says which limit it was.</summary>
public sealed record AskLimits
{
    /// <summary>Times that a model is told what was wrong with its statement.</summary>
    public const int Repairs = 2;

    /// <summary>Rows of an answer; the rest is cut, and the answer says so.</summary>
    public int Rows { get; init; } = 1_000;

    /// <summary>For one statement, its checks included.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Bytes that DuckDB may work with, above what the data itself takes.</summary>
    public long WorkMemory { get; init; } = 1L << 30;

    public int Threads { get; init; } = Math.Max(1, Environment.ProcessorCount);

    /// <summary>Questions that are worked on at the same time.</summary>
    public int AtOnce { get; init; } = 2;

    /// <summary>Characters of a question.</summary>
    public int QuestionLength { get; init; } = 2_000;

    /// <summary>Characters of a statement.</summary>
    public int StatementLength { get; init; } = 8_000;

    /// <summary>Rows of telemetry that may be read without a bound on their time.</summary>
    public long UnboundedRows { get; init; } = 20_000_000;

    /// <summary>Pairs of rows that a join without an equality may compare, as estimated.</summary>
    public double ComparedPairs { get; init; } = 50_000_000;

    /// <summary>Rows that any step may come to, as estimated.</summary>
    public double StepRows { get; init; } = 1_000_000_000;

    /// <summary>Rows that range and generate_series may make.</summary>
    public int GeneratedRows { get; init; } = 100_000;
}
