using Aiops.Ask.DuckDb;

namespace Aiops.Ask.Data;

/// <summary>What a question may cost. Past a limit its statement is refused or stopped, and the answer says which limit it was.</summary>
public sealed record AskLimits
{
    /// <summary>Times that a model is told what was wrong with its statement.</summary>
    public const int Repairs = 2;

    /// <summary>Rows of an answer; the rest is cut, and the answer says so.</summary>
    public int Rows { get; init; } = 1_000;

    /// <summary>Columns of an answer.</summary>
    public int Columns { get; init; } = 100;

    /// <summary>Characters of a text in an answer; the rest of it is cut, and … says so.</summary>
    public int CellLength { get; init; } = 4_000;

    /// <summary>For one statement, its checks included.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Bytes that DuckDB may work with, above what the data itself takes.</summary>
    public long WorkMemory { get; init; } = 1L << 30;

    /// <summary>What the process may grow by while statements run: what DuckDB counts, and what it doesn't.</summary>
    internal long MostGrowth => (WorkMemory / 4 * 5) + (64L << 20);

    /// <summary>Bytes that an answer's rows may take.</summary>
    public long AnswerMemory { get; init; } = 128L << 20;

    /// <summary>How long a statement that was stopped may take to end, before it is left behind.</summary>
    internal TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(2);

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

    /// <summary>Which limit a statement passed, for people and models.</summary>
    internal string WordsFor(DuckDbException stopped) => stopped.IsNotBegun ? $"{stopped.Message} Ask again later."
        : stopped.IsOutOfMemory ? $"It needs more than the {WorkMemory >> 20:N0} MB of memory that it may use: narrow it, or group more coarsely."
        : $"It took longer than the {Time.TotalSeconds:0.#} seconds that it may: narrow it.";
}
