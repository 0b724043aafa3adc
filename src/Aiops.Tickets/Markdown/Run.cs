namespace Aiops.Tickets.Markdown;

/// <summary>A stretch of text that looks the same throughout. The text is what people are to read; nothing in it has a meaning.</summary>
/// <param name="Link">An http(s) address, or null.</param>
internal sealed record Run(string Text, bool Bold = false, bool Italic = false, bool Code = false, string? Link = null)
{
    /// <summary>Its first characters, never half of one.</summary>
    public Run Cut(int length) => this with { Text = Text[..(length > 0 && char.IsHighSurrogate(Text[length - 1]) ? length - 1 : length)] };
}
