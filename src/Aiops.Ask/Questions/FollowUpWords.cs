using System.Collections.Frozen;
using Aiops.Analysis.Retrieval;

namespace Aiops.Ask.Questions;

/// <summary>Tells a follow-up that only puts another time or service into the question before.</summary>
internal static class FollowUpWords
{
    private static readonly FrozenSet<string> Joining =
        "and then what how about of for the same but now with in on at is was a it that only please service".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <param name="rest">The question without its words for time.</param>
    public static bool Adds(string rest, string? service)
        => SearchTerms.Of(service is null ? rest : rest.Replace(service, " ", StringComparison.OrdinalIgnoreCase)).All(Joining.Contains);
}
