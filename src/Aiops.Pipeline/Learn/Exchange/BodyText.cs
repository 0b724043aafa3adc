namespace Aiops.Pipeline.Learn.Exchange;

/// <summary>What may stand below front matter and be read back as it was; everything else stands quoted above.</summary>
internal static class BodyText
{
    private const string Mark = "# ";

    public static bool IsHeading(string title) => IsText(title) && !title.Contains('\n', StringComparison.Ordinal);

    public static bool IsText(string text)
        => text.Length > 0 && !char.IsWhiteSpace(text[0]) && !char.IsWhiteSpace(text[^1]) && !text.StartsWith(Mark, StringComparison.Ordinal)
            && text.All(letter => letter is '\n' or '\t' || !char.IsControl(letter));

    /// <summary>The heading, where the first line that isn't empty is one, and the text below it; null for what isn't there.</summary>
    public static (string? Heading, string? Text) Split(string body)
    {
        var trimmed = body.Trim();
        if (!trimmed.StartsWith(Mark, StringComparison.Ordinal))
        {
            return (null, trimmed.Length == 0 ? null : trimmed);
        }

        var end = trimmed.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var at ? at : trimmed.Length;
        return (trimmed[Mark.Length..end].Trim(), trimmed[end..].Trim() is { Length: > 0 } text ? text : null);
    }
}
