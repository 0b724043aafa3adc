using System.Globalization;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Pipeline;

/// <summary>Where each stage keeps what it found. A round is one analysis; a changed incident comes round again.</summary>
public static class DocumentKeys
{
    public static string Classification(string incidentId, int round) => $"incidents/{incidentId}/classification/{round}.json";

    public static string Context(string incidentId, int round, ContextSource source)
        => $"incidents/{incidentId}/context/{round}/{char.ToLowerInvariant(source.ToString()[0])}{source.ToString()[1..]}.json";

    public static string Diagnosis(string incidentId, int round) => $"incidents/{incidentId}/diagnosis/{round}.json";

    /// <summary>What a model made of a round's diagnosis; not there where none is configured.</summary>
    public static string Reasoning(string incidentId, int round) => $"incidents/{incidentId}/reasoning/{round}.json";

    /// <summary>What was sent to the model and what it answered, masked.</summary>
    public static string Transcript(string incidentId, int round) => $"incidents/{incidentId}/transcript/{round}.json";

    /// <summary>An answer by the hash of all that it was made of.</summary>
    public static string KnownAnswer(string hash) => $"model/answers/{hash}.json";

    public static string Recommendations(string incidentId, int round) => $"incidents/{incidentId}/recommendations/{round}.json";

    public static string Report(string incidentId) => $"incidents/{incidentId}/report.html";

    public static string Comment(string incidentId) => $"incidents/{incidentId}/comment.md";

    /// <summary>What chats were told last, so that the end can be told them too.</summary>
    public static string Notice(string incidentId) => $"incidents/{incidentId}/notice.json";

    /// <summary>From when on a round's comment may have stood in the ticket.</summary>
    public static string Commented(string incidentId, int round) => $"incidents/{incidentId}/commented/{round}.json";

    /// <summary>What people's replies in the ticket came to, a document each: a prefix.</summary>
    public static string Replies(string incidentId) => $"incidents/{incidentId}/replies/";

    public static string Outcome(string incidentId) => $"incidents/{incidentId}/outcome.json";

    /// <summary>Where cases lay as documents before they had a store of their own; taken over once.</summary>
    public const string CasePrefix = "cases/";

    /// <summary>The newest round that left anything; 1 where none did.</summary>
    public static async Task<int> LatestRoundAsync(this IDocumentStore documents, string incidentId, CancellationToken cancellationToken)
    {
        var prefix = $"incidents/{incidentId}/classification/";
        return (await documents.ListAsync(prefix, cancellationToken))
            .Select(key => int.Parse(key[prefix.Length..^".json".Length], CultureInfo.InvariantCulture))
            .DefaultIfEmpty(1)
            .Max();
    }
}
