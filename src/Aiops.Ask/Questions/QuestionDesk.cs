using System.Security.Cryptography;
using System.Text;
using Aiops.Ask.Catalogue;
using Aiops.Ask.Charts;
using Aiops.Ask.Data;
using Aiops.Ask.DuckDb;
using Aiops.Ask.Sql;
using Aiops.Ask.TrustedAnswers;
using Aiops.Pipeline;
using Aiops.Pipeline.Masking;
using Aiops.Pipeline.Reason.Models;
using Microsoft.Extensions.AI;

namespace Aiops.Ask.Questions;

/// <summary>
/// Answers questions: a model writes the statement, or a trusted pair has it; either way it is checked before it runs. Safe for
/// several callers at once.
/// </summary>
/// <param name="model">Null where none is configured.</param>
public sealed class QuestionDesk(KnowledgeLibrary knowledge, QuestionData data, MeteredModel? model, TimeProvider time)
{
    private const int Nearest = 3;
    private const int Ranked = 10;
    private const int LongestSentBack = 10_000;

    private readonly PairIndex pairs = new(knowledge);

    /// <summary>Never throws for what a model or a statement does: that is a kind of answer.</summary>
    public async Task<Answer> AskAsync(Question question, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        if (question.Text.Length > data.Limits.QuestionLength || string.IsNullOrWhiteSpace(question.Text))
        {
            return new Answer.NotUnderstood($"A question has 1 to {data.Limits.QuestionLength:N0} characters.");
        }

        var asked = new Asked(question, AskTime.Of(question, data, time), pairs.Find(question.Text, data.Services, Ranked));
        var answer = model is null
            ? await TrustedAsync(asked, "There is no model here", "Name one with --model FILE (docs/model.md), or add the question and its SQL to a knowledge folder (docs/ask.md).", cancellationToken)
            : await ModelAsync(asked, model, cancellationToken);
        return Masked(answer) with { Cost = answer.Cost with { Elapsed = time.GetElapsedTime(began) } };
    }

    /// <summary>Exactly what would be sent to a model, as its first call.</summary>
    /// <param name="settings">Of the model that would be asked; null to hide all that can be hidden.</param>
    public Task<string> PromptAsync(Question question, ModelSettings? settings, CancellationToken cancellationToken)
    {
        var asked = new Asked(question, AskTime.Of(question, data, time), pairs.Find(question.Text, data.Services, Ranked));
        return data.UseAsync(connection => QuestionPrompt.Show(PromptOf(asked, HiddenWords.Of(settings), connection)), cancellationToken);
    }

    // Statements and reasons carry what the question and the model said.
    private static Answer Masked(Answer answer) => (answer switch
    {
        Answer.Refused refused => new Answer.Refused(SecretMask.Mask(refused.Reason), SecretMask.Mask(refused.Sql)) { Cost = answer.Cost },
        Answer.NotUnderstood missing => new Answer.NotUnderstood(SecretMask.Mask(missing.Missing)) { Cost = answer.Cost },
        _ => answer,
    })
    with
    { Attempts = [.. answer.Attempts.Select(attempt => new Attempt(SecretMask.Mask(attempt.Sql), SecretMask.Mask(attempt.Problem)))] };

    private sealed record Asked(Question Question, AskTime Time, (IReadOnlyList<LikePair> Pairs, string? Service) Like);

    private List<ChatMessage> PromptOf(Asked asked, HiddenWords hidden, DuckDbConnection connection)
        => [.. QuestionPrompt.Of(asked.Question, knowledge, asked.Like.Pairs, data, asked.Time, connection).Select(message => new ChatMessage(message.Role, hidden.Hide(message.Text)))];

    private async Task<Answer> ModelAsync(Asked asked, MeteredModel asking, CancellationToken cancellationToken)
    {
        var spent = ModelSpend.Zero;
        var hidden = HiddenWords.Of(asking.Settings);
        List<Attempt> attempts = [];
        List<ChatMessage> messages;
        try
        {
            messages = await data.UseAsync(connection => PromptOf(asked, hidden, connection), cancellationToken);
        }
        catch (DuckDbException e) when (e.IsStopped)
        {
            return new Answer.Refused(data.Limits.WordsFor(e), "");
        }

        for (; ; )
        {
            ModelReply reply;
            try
            {
                var left = await asking.TimeForAsync(MeteredModel.Questions, cancellationToken);
                ChatOptions options = new() { Temperature = 0, ResponseFormat = ChatResponseFormat.Json };
                reply = await asking.AskAsync(MeteredModel.Questions, KeyOf(messages), messages, options, left, cancellationToken);
            }
            catch (Exception e) when (e is ModelException or StoreUnavailableException)
            {
                spent += (e as ModelException)?.Spent ?? ModelSpend.Zero;
                var trusted = await TrustedAsync(asked, $"The model {(e is ModelException { Failure: not ModelFailure.Capped } ? "didn't answer" : "wasn't asked")} ({e.Message.TrimEnd('.')})", "Try again later, or add the question and its SQL to a knowledge folder (docs/ask.md).", cancellationToken);
                return trusted with { Attempts = attempts, Cost = trusted.Cost with { Model = spent } };
            }

            spent += reply.Spent;
            var text = reply.Response.Text;
            var (answer, problem, sql) = await TryAsync(text, asked, hidden, cancellationToken);
            if (answer is not null)
            {
                return answer with { Attempts = attempts, Cost = answer.Cost with { Model = spent } };
            }

            attempts.Add(new Attempt(sql, problem));
            if (attempts.Count > AskLimits.Repairs)
            {
                return new Answer.Refused(problem, sql) { Attempts = attempts, Cost = AnswerCost.None with { Model = spent } };
            }

            messages.Add(new ChatMessage(ChatRole.Assistant, text.Length <= LongestSentBack ? text : text[..LongestSentBack]));
            messages.Add(QuestionPrompt.Repair(hidden.Hide(problem)));
        }
    }

    private async Task<(Answer? Answer, string Problem, string Sql)> TryAsync(string text, Asked asked, HiddenWords hidden, CancellationToken cancellationToken)
    {
        var sql = "";
        try
        {
            var statement = ModelStatement.Read(text);
            if (statement.Missing is { } missing)
            {
                return (new Answer.NotUnderstood(hidden.Restore(missing)), "", "");
            }

            sql = hidden.RestoreInSql(statement.Sql!);
            return (await RunAsync(sql, hidden.Restore(statement.Title!), statement.Chart, asked, null, cancellationToken), "", sql);
        }
        catch (StatementException e) when (e.IsNotBegun)
        {
            return (new Answer.Refused(e.Message, sql), "", sql); // Another statement would wait as long.
        }
        catch (StatementException e)
        {
            return (null, e.Message, sql);
        }
    }

    /// <summary>By a trusted pair that is like enough and whose places the question fills; else what is missing.</summary>
    private async Task<Answer> TrustedAsync(Asked asked, string reason, string remedy, CancellationToken cancellationToken)
    {
        var (like, service) = asked.Like;
        string[] notes = model is null ? [] : [$"{reason}; a trusted pair answers."];
        var best = like.Where(one => one.Likeness >= PairIndex.LikeEnough).OrderByDescending(one => one.Likeness).Select(one => (one.Pair, one.Likeness, Service: service))
            .Concat(FollowUp(asked)).FirstOrDefault(one => one.Service is not null || !one.Pair.Parameters.Contains("service"));
        if (best.Pair is not { } pair)
        {
            var nearest = like.OrderByDescending(one => one.Likeness).Take(Nearest).Select(one => new TrustedUse(one.Pair.Id, one.Pair.Question, Math.Round(one.Likeness, 2))).ToList();
            return new Answer.WithoutModel($"{reason}, and no trusted pair is like the question.", remedy, nearest);
        }

        var sql = pair.Fill(asked.Time.LiteralsFor(pair, best.Service));
        try
        {
            var use = new TrustedUse(pair.Id, pair.Question, Math.Round(best.Likeness, 2));
            var title = pair.Title.Replace("{service}", best.Service ?? "", StringComparison.Ordinal);
            var answered = await RunAsync(sql, title, pair.Chart, asked, new FromPair(pair, use, best.Service), cancellationToken);
            return answered with { Notes = [.. notes, .. answered.Notes] };
        }
        catch (StatementException e)
        {
            return new Answer.Refused($"The trusted pair {pair.Id} can't be run: {e.Message}", sql);
        }
    }

    /// <summary>"And last week?", "and for payments?": the pair of the turn before, with what is new put in.</summary>
    private IEnumerable<(TrustedPair Pair, double Likeness, string? Service)> FollowUp(Asked asked)
    {
        if (asked.Question.Before is [.., { Pair: { } id } last] && (asked.Time.Spoken.Range is not null || asked.Like.Service is not null)
            && FollowUpWords.Adds(asked.Time.Spoken.Rest, asked.Like.Service) && knowledge.Pairs.FirstOrDefault(one => one.Id == id) is { } pair)
        {
            yield return (pair, 1, asked.Like.Service ?? last.Service);
        }
    }

    private sealed record FromPair(TrustedPair Pair, TrustedUse Use, string? Service);

    private async Task<Answer.Answered> RunAsync(string sql, string title, string? chart, Asked asked, FromPair? trusted, CancellationToken cancellationToken)
    {
        try
        {
            return await data.UseAsync(
                connection =>
                {
                    var statement = StatementCheck.Check(connection, data, sql);
                    var began = time.GetTimestamp();
                    var ran = StatementRun.Run(connection, statement, data.Limits);
                    var took = time.GetElapsedTime(began);
                    var cover = DataCover.Of(connection, data, statement.Tables, asked.Time.AskedOf(trusted?.Pair), ran.Rows.Count == 0);
                    ran = cover.IsUnknown && trusted is not null ? ran with { Rows = [] } : ran; // A model's statement may speak of another time.
                    return new Answer.Answered
                    {
                        Title = title,
                        Columns = ran.Columns,
                        Rows = ran.Rows,
                        IsCut = ran.IsCut,
                        Sql = statement.Sql,
                        Plan = statement.Plan,
                        Chart = Chart.Draw(title, ran.Columns, ran.Rows, chart),
                        Trusted = trusted?.Use,
                        Notes = Notes(asked, ran, statement, cover),
                        Cost = new AnswerCost(ran.Scanned, TimeSpan.Zero, took, ModelSpend.Zero),
                        Turn = new Turn(asked.Question.Text, statement.Sql, title, trusted?.Use.Pair, trusted?.Service ?? asked.Like.Service),
                    };
                },
                cancellationToken);
        }
        catch (DuckDbException e) when (e.IsStopped)
        {
            throw new StatementException(data.Limits.WordsFor(e)) { IsNotBegun = e.IsNotBegun };
        }
    }

    private IReadOnlyList<string> Notes(Asked asked, StatementAnswer ran, CheckedStatement statement, DataCover cover) =>
    [
        .. asked.Time.Spoken.Range is { } range ? [$"Time: {range} ({data.TimeZone.Id})."] : Array.Empty<string>(),
        .. cover.Notes,
        .. ran.IsCut ? [$"Cut at {data.Limits.Rows:N0} rows: there are more."] : Array.Empty<string>(),
        .. statement.Tables.Where(table => data.Find(table)!.Rows == 0).Select(table => $"The table {table} is empty here."),
    ];

    private string KeyOf(IReadOnlyList<ChatMessage> messages) => $"ask:{time.GetUtcNow().Ticks}:{Hash(QuestionPrompt.Show(messages))}";

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}
