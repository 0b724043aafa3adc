using System.Text.Json.Serialization;
using Aiops.Ask.Sql;
using Aiops.Pipeline.Reason.Models;

namespace Aiops.Ask.Questions;

/// <summary>What becomes of a question.</summary>
[JsonDerivedType(typeof(Answered), "answered")]
[JsonDerivedType(typeof(Refused), "refused")]
[JsonDerivedType(typeof(NotUnderstood), "notUnderstood")]
[JsonDerivedType(typeof(WithoutModel), "withoutModel")]
public abstract record Answer
{
    private Answer()
    {
    }

    /// <summary>What it took.</summary>
    public AnswerCost Cost { get; init; } = AnswerCost.None;

    /// <summary>Statements that weren't run, or failed, in their order.</summary>
    public IReadOnlyList<Attempt> Attempts { get; init; } = [];

    public sealed record Answered : Answer
    {
        public required string Title { get; init; }

        public required IReadOnlyList<AnswerColumn> Columns { get; init; }

        /// <summary>Values as <see cref="AnswerColumn.Type"/> says; secrets in texts are masked.</summary>
        public required IReadOnlyList<object?[]> Rows { get; init; }

        /// <summary>There were more rows than are let out.</summary>
        public required bool IsCut { get; init; }

        /// <summary>The statement that ran.</summary>
        public required string Sql { get; init; }

        /// <summary>How DuckDB ran it.</summary>
        public required string Plan { get; init; }

        /// <summary>An SVG drawing; null where the rows aren't of a shape that is drawn.</summary>
        public string? Chart { get; init; }

        /// <summary>The pair that was used, where no model was asked.</summary>
        public TrustedUse? Trusted { get; init; }

        /// <summary>What a reader should know: the time that was meant, a model that didn't answer.</summary>
        public IReadOnlyList<string> Notes { get; init; } = [];

        /// <summary>For a follow-up.</summary>
        public required Turn Turn { get; init; }
    }

    /// <summary>No statement passed the checks and ran, the last one included.</summary>
    public sealed record Refused(string Reason, string Sql) : Answer;

    /// <summary>The model says what it would need to know.</summary>
    public sealed record NotUnderstood(string Missing) : Answer;

    /// <summary>No model answers, and no trusted pair is like it.</summary>
    /// <param name="Reason">Why there is no answer.</param>
    /// <param name="Remedy">How there would be one.</param>
    /// <param name="Nearest">The pairs most like it, the best first.</param>
    public sealed record WithoutModel(string Reason, string Remedy, IReadOnlyList<TrustedUse> Nearest) : Answer;
}

/// <summary>A statement that came to nothing, and why.</summary>
public sealed record Attempt(string Sql, string Problem);

/// <param name="Likeness">Of the pair's question to the one asked, 0 to 1.</param>
public sealed record TrustedUse(string Pair, string Question, double Likeness);

/// <summary>What an answer took.</summary>
/// <param name="RowsScanned">Rows that were read; null where DuckDB doesn't say.</param>
/// <param name="Elapsed">All of it, the model included.</param>
/// <param name="Query">The statement alone.</param>
public sealed record AnswerCost(long? RowsScanned, TimeSpan Elapsed, TimeSpan Query, ModelSpend Model)
{
    public static AnswerCost None { get; } = new(null, TimeSpan.Zero, TimeSpan.Zero, ModelSpend.Zero);
}
