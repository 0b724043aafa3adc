using Aiops.Ask.Data;
using Aiops.Ask.TrustedAnswers;

namespace Aiops.Ask.Questions;

/// <summary>What a question's words for time come to.</summary>
/// <param name="Now">By the data's clock.</param>
/// <param name="Whole">All of the data, for a question that says no time.</param>
internal sealed record AskTime(DateTime Now, TimeRange Whole, SpokenTime Spoken)
{
    public static AskTime Of(Question question, QuestionData data, TimeProvider time)
    {
        var clock = TimeZoneInfo.ConvertTime(time.GetUtcNow(), data.TimeZone).DateTime;
        var now = question.Now ?? data.Extent.Last ?? clock;
        var whole = data.Extent.Whole is { } extent ? new TimeRange(extent.First, extent.Last.AddTicks(10)) : new TimeRange(now.AddDays(-1), now);
        return new AskTime(now, whole, TimeWords.Read(question.Text, now));
    }

    /// <summary>The literals for a pair's places.</summary>
    public IReadOnlyDictionary<string, string> LiteralsFor(TrustedPair pair, string? service)
    {
        // A comparison without a time is that of the pair's own question.
        var spoken = Spoken.Range is null && pair.Parameters.Contains("earlier_from") ? TimeWords.Read(pair.Question, Now) : Spoken;
        var range = spoken.Range ?? Whole;
        var earlier = spoken.Earlier ?? new TimeRange(range.From - (range.To - range.From), range.From);
        var literals = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["from"] = SqlText.Literal(range.From),
            ["to"] = SqlText.Literal(range.To),
            ["earlier_from"] = SqlText.Literal(earlier.From),
            ["earlier_to"] = SqlText.Literal(earlier.To),
        };
        if (service is not null)
        {
            literals["service"] = SqlText.Literal(service);
        }

        return literals;
    }
}
