namespace Aiops.Pipeline.Reason.Models;

/// <summary>What models put around JSON that they were asked for, taken off.</summary>
public static class JsonAnswer
{
    private const string Thought = "</think>";
    private const string Fence = "```";

    /// <summary>The text without thoughts before it (<c>&lt;think&gt;</c>, open models) and without a fence around it; whether it is JSON isn't judged.</summary>
    public static string Unwrapped(string text)
    {
        var rest = text.Trim();
        if (rest.StartsWith("<think>", StringComparison.Ordinal) && rest.IndexOf(Thought, StringComparison.Ordinal) is > 0 and var thought)
        {
            rest = rest[(thought + Thought.Length)..].Trim();
        }

        var line = rest.IndexOf('\n');
        return rest.StartsWith(Fence, StringComparison.Ordinal) && line > 0 && rest.EndsWith(Fence, StringComparison.Ordinal) && rest.Length - Fence.Length > line
            ? rest[line..^Fence.Length].Trim()
            : rest;
    }
}
