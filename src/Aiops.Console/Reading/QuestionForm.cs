using Microsoft.AspNetCore.Http;

namespace Aiops.Console.Reading;

/// <summary>What somebody filled in on the page of questions: in either of its forms, right or wrong.</summary>
public sealed record QuestionForm
{
    public const int LongestService = 200;
    private const int LongestId = 64;

    public string Text { get; init; } = "";

    public string Service { get; init; } = "";

    public string Conversation { get; init; } = "";

    /// <summary>The service to be analysed.</summary>
    public string Analysed { get; init; } = "";

    public string Last { get; init; } = "1d";

    /// <summary>What is wrong, for people; null when it is good.</summary>
    public string? Problem { get; init; }

    /// <summary>How far back an analysis may go.</summary>
    public static IReadOnlyList<(string Id, string Words, TimeSpan Length)> Lengths { get; } =
    [
        ("1h", "hour", TimeSpan.FromHours(1)), ("6h", "6 hours", TimeSpan.FromHours(6)), ("1d", "day", TimeSpan.FromDays(1)), ("1w", "week", TimeSpan.FromDays(7)),
    ];

    public TimeSpan? Length => Lengths.FirstOrDefault(one => one.Id == Last) is { Length: var length } && length > TimeSpan.Zero ? length : null;

    public static QuestionForm Of(IFormCollection form, QuestionScope scope)
    {
        var filled = new QuestionForm
        {
            Text = form["question"].ToString().Trim(),
            Service = form["service"].ToString().Trim(),
            Conversation = form["conversation"].ToString(),
        };
        return filled with
        {
            Problem = filled.Text.Length == 0 ? "Write a question."
                : filled.Text.Length > scope.LongestQuestion ? $"A question has {scope.LongestQuestion:#,##0} characters at most; this one has {filled.Text.Length:#,##0}."
                : WrongName(filled.Service),
            Conversation = filled.Conversation.Length <= LongestId ? filled.Conversation : "",
        };
    }

    public static QuestionForm OfAnalysis(IFormCollection form)
    {
        var filled = new QuestionForm { Analysed = form["analysed"].ToString().Trim(), Last = form["last"].ToString() };
        return filled with
        {
            Problem = filled.Analysed.Length == 0 ? "Name the service to analyse."
                : filled.Length is null ? "Choose one of the lengths of time."
                : WrongName(filled.Analysed),
        };
    }

    private static string? WrongName(string service) => service.Length > LongestService ? $"A service's name has {LongestService} characters at most." : null;
}
