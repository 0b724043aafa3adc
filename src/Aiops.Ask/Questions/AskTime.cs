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

    /// <summary>The stretches that an answer speaks of: a pair's, or those of the question; none where no time is said.</summary>
    public IReadOnlyList<TimeRange> AskedOf(TrustedPair? pair)
    {
        var spoken = pair is null ? Spoken : SpokenFor(pair);
        return spoken.Range is not { } range || pair?.Parameters.Contains("from") == false ? []
            : pair is null ? spoken.IsComparison && spoken.Earlier is { } other ? [range, other] : [range]
            : pair.Parameters.Contains("earlier_from") ? [range, EarlierOf(spoken, range)] : [range];
    }

    /// <summary>The literals for a pair's places.</summary>
    public IReadOnlyDictionary<string, string> LiteralsFor(TrustedPair pair, string? service)
    {
        var spoken = SpokenFor(pair);
        var range = spoken.Range ?? Whole;
        var earlier = EarlierOf(spoken, range);
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

    // A comparison without a time is that of the pair's own question.
    private SpokenTime SpokenFor(TrustedPair pair)
        => Spoken.Range is null && pair.Parameters.Contains("earlier_from") ? TimeWords.Read(pair.Question, Now) : Spoken;

    private static TimeRange EarlierOf(SpokenTime spoken, TimeRange range) => spoken.Earlier ?? new TimeRange(range.From - (range.To - range.From), range.From);
}
