namespace Aiops.Console;

/// <summary>Questions in plain words, as the console's page asks and shows them. Texts come as they are: the page masks, cuts and encodes them.</summary>
public interface IConsoleQuestions
{
    Task<QuestionScope> ScopeAsync(CancellationToken cancellationToken);

    /// <summary>Never throws for what a model or a statement does: that is a kind of answer. Asked only where the scope has nothing absent.</summary>
    Task<QuestionAnswer> AskAsync(AskedQuestion question, CancellationToken cancellationToken);

    /// <summary>How a service fared up to the data's last moment, by a fixed set of queries, without a model.</summary>
    Task<ServiceAnalysis> AnalyseAsync(string service, TimeSpan last, CancellationToken cancellationToken);
}

/// <summary>What can be asked.</summary>
public sealed record QuestionScope
{
    /// <summary>Why nothing can be asked, and how that is mended; null where questions are answered.</summary>
    public string? Absent { get; init; }

    public bool HasModel { get; init; }

    /// <summary>Characters of a question.</summary>
    public int LongestQuestion { get; init; } = 2_000;

    /// <summary>Every service that the data names.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Tables that have rows.</summary>
    public IReadOnlyList<FilledTable> Tables { get; init; } = [];

    /// <summary>Questions that are answered without a model too.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>When the data was read.</summary>
    public DateTimeOffset AsOf { get; init; }
}

public sealed record FilledTable(string Name, string Description, long Rows);

/// <param name="Asker">Whose conversation it belongs to.</param>
/// <param name="Service">Meant where the text names none; null for none.</param>
/// <param name="Conversation">Of an answer before, that this goes on from; null to begin anew. Another's, or one forgotten, is none.</param>
public sealed record AskedQuestion(string Asker, string Text, string? Service, string? Conversation);

/// <summary>What became of a question: a table, or what is missing for one.</summary>
public sealed record QuestionAnswer
{
    public required string Title { get; init; }

    /// <summary>Why there is no table; null where there is one.</summary>
    public string? Problem { get; init; }

    /// <summary>How there would be one.</summary>
    public string? Remedy { get; init; }

    /// <summary>Questions with trusted answers that are most like it.</summary>
    public IReadOnlyList<string> Nearest { get; init; } = [];

    public AnswerTable? Table { get; init; }

    /// <summary>An SVG drawing with classes of <c>console.css</c>, no style of its own and no script; every text in it is masked and encoded.</summary>
    public string? Chart { get; init; }

    /// <summary>The statement that ran, or that was refused; empty where there was none.</summary>
    public string Sql { get; init; } = "";

    /// <summary>The question of the trusted pair that answered; null where a model wrote the statement.</summary>
    public string? Trusted { get; init; }

    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Statements that weren't run or failed, in their order.</summary>
    public IReadOnlyList<FailedStatement> Failed { get; init; } = [];

    /// <summary>What it took, in a sentence.</summary>
    public required string Cost { get; init; }

    /// <summary>For a follow-up; null where there is nothing to go on from.</summary>
    public string? Conversation { get; init; }
}

public sealed record FailedStatement(string Sql, string Problem);

/// <param name="Rows">Cells as text, in the order of the columns.</param>
/// <param name="All">How many rows there are, with those that aren't here.</param>
public sealed record AnswerTable(IReadOnlyList<AnswerHead> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, int All);

public sealed record AnswerHead(string Name, bool IsFigure);

/// <summary>How a service fared.</summary>
/// <param name="Problem">Why there is no report; null where there is.</param>
public sealed record ServiceAnalysis(string Title, string? Problem, IReadOnlyList<AnalysisPart> Parts);

/// <param name="Chart">As <see cref="QuestionAnswer.Chart"/>.</param>
public sealed record AnalysisPart(string Title, string Sentence, AnswerTable Table, string? Chart, string Sql);
