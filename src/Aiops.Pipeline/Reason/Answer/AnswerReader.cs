using System.Text.Json;
using Aiops.Pipeline.Reason.Models;

namespace Aiops.Pipeline.Reason.Answer;

/// <summary>Reads an answer strictly: every member there, none unknown, none twice.</summary>
public static class AnswerReader
{
    /// <summary>The longest answer read, in characters.</summary>
    public const int Longest = 64 * 1024;

    /// <param name="problem">What is wrong with it, for the model to mend; it repeats nothing of the answer's values.</param>
    /// <returns>Null where it can't be read. Prose around the one JSON object is dropped.</returns>
    public static ModelAnswer? Read(string text, out string? problem)
    {
        problem = null;
        if (text.Length > Longest)
        {
            problem = $"The answer is longer than {Longest} characters.";
            return null;
        }

        text = JsonAnswer.Unwrapped(text); // A model's thoughts have braces too.
        var (start, end) = (text.IndexOf('{', StringComparison.Ordinal), text.LastIndexOf('}'));
        if (start < 0 || end < start)
        {
            problem = text.Trim().Length == 0 ? "The answer is empty." : "The answer holds no JSON object.";
            return null;
        }

        try
        {
            var answer = JsonSerializer.Deserialize(text.AsSpan(start, end - start + 1), AnswerJson.Default.ModelAnswer);
            problem = answer is null || HoldsNull(answer) ? "The answer holds null where the schema has a value." : null;
            return problem is null ? answer : null;
        }
        catch (JsonException e)
        {
            problem = $"The answer is no JSON of the schema, from line {e.LineNumber + 1} on."; // Not the path: its names are the model's words.
            return null;
        }
    }

    // The serializer holds members to what they may be, and the elements of lists to nothing.
    private static bool HoldsNull(ModelAnswer answer)
        => answer.Narrative.Any(IsNull) || answer.Actions.Any(action => action is null || action.Evidence.Any(id => id is null))
            || answer.Hypotheses.Any(one => one is null || one.Claims.Any(IsNull) || IsNull(one.WouldDisprove));

    private static bool IsNull(AnsweredClaim? claim) => claim is null || claim.Evidence.Any(id => id is null);
}
