using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Aiops.Analysis.Retrieval;
using Aiops.Ask.Glossary;
using Aiops.Ask.Questions;

namespace Aiops.Ask.TrustedAnswers;

/// <summary>
/// Cuts a question into what it is compared by: its words without endings, synonyms as one, a service's name as "a service", and
/// no words for times; then each two that follow each other, for who calls whom is a matter of order.
/// </summary>
internal sealed class QuestionTerms
{
    /// <summary>Stands for whichever service is named.</summary>
    public const string Service = "§service";

    private static readonly FrozenSet<string> Empty =
        """
        a an and are as at be by can could did do does each for from give had has have how i in is it list many me much my of often on our please per
        show tell that the their there these they this times to us was we were what when which who whose will with you over times time number total
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Words that turn a question round: what differs in one of them isn't the same question.</summary>
    private static readonly FrozenSet<string> Turning =
        """
        fewest least lowest fastest cheapest shortest smallest minimum min best not never no without except excluding other than non earliest oldest first
        quietest rarest quickest
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    private readonly List<(Regex Phrase, string Token)> synonyms;

    public QuestionTerms(IReadOnlyList<Term> glossary) => synonyms = [.. glossary
        .SelectMany((term, i) => term.Also.Append(term.Name).Select(phrase => (Phrase: phrase, Token: $" §{i} ")))
        .OrderByDescending(one => one.Phrase.Length)
        .Select(one => (new Regex($@"\b{Regex.Escape(one.Phrase)}\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)), one.Token))];

    /// <param name="services">Names that are a service; the longest that is found counts.</param>
    /// <returns>The terms, and the service that the question names; null for none.</returns>
    public (IReadOnlyList<string> Terms, IReadOnlySet<string> Turns, string? Service) Of(string question, IReadOnlyList<string> services)
    {
        var spoken = TimeWords.Read(question, DateTime.UnixEpoch.AddYears(50));
        var text = spoken.Rest;
        string? named = null;
        foreach (var service in services.OrderByDescending(service => service.Length).ThenBy(service => service, StringComparer.Ordinal))
        {
            var place = named is null ? PlaceOf(text, service) : -1;
            if (place >= 0)
            {
                (named, text) = (service, string.Concat(text.AsSpan(0, place), " §§ ", text.AsSpan(place + service.Length)));
            }
        }

        foreach (var (phrase, token) in synonyms)
        {
            text = phrase.Replace(text, token);
        }

        List<string> words = [.. Words(text)];
        var pairs = words.Zip(words.Skip(1), (one, next) => $"{one}>{next}");
        var turns = words.Where(Turning.Contains).ToHashSet(StringComparer.Ordinal);
        if (spoken.IsComparison || words.Any(word => word.StartsWith("compar", StringComparison.Ordinal)))
        {
            turns.Add("§compared"); // One figure isn't the answer to a question about two.
        }

        return ([.. words, .. pairs], turns, named);
    }

    private static IEnumerable<string> Words(string text)
    {
        foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.StartsWith('§'))
            {
                yield return part == "§§" ? Service : part;
                continue;
            }

            foreach (var word in SearchTerms.Of(part).Where(word => !Empty.Contains(word)))
            {
                yield return Stem(word);
            }
        }
    }

    // Enough for questions: the same word in the plural is the same word.
    private static string Stem(string word) => word switch
    {
        { Length: > 4 } when word.EndsWith("ies", StringComparison.Ordinal) => word[..^3] + "y",
        { Length: > 3 } when word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) => word[..^1],
        _ => word,
    };

    private static int PlaceOf(string text, string name)
    {
        for (var place = text.IndexOf(name, StringComparison.OrdinalIgnoreCase); place >= 0; place = text.IndexOf(name, place + 1, StringComparison.OrdinalIgnoreCase))
        {
            if ((place == 0 || !IsOfName(text[place - 1])) && (place + name.Length == text.Length || !IsOfName(text[place + name.Length])))
            {
                return place;
            }
        }

        return -1;
    }

    private static bool IsOfName(char letter) => char.IsLetterOrDigit(letter) || letter is '-' or '_';
}
