using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Masking;

namespace Aiops.Console;

/// <summary>
/// The one way in which text from outside comes onto a page: masked while it is whole, then stripped of control characters
/// and of marks that turn the direction of writing, then cut. Razor encodes it.
/// </summary>
internal static class Shown
{
    public static string Line(string? text, int longest = 600) => text is null ? "" : MarkdownText.Line(SecretMask.Mask(text), longest);

    /// <summary>Text whose line breaks matter, such as an event's body.</summary>
    public static string Block(string text, int longest = 2_000, int lines = 40)
    {
        var all = SecretMask.Mask(text).ReplaceLineEndings("\n").Split('\n');
        return string.Join('\n', all.Take(lines).Select(line => MarkdownText.Line(line, longest))) + (all.Length > lines ? "\n…" : "");
    }

    public static string At(DateTimeOffset time) => $"{time.UtcDateTime:yyyy-MM-dd HH:mm}";

    /// <summary>How long ago, in its greatest unit: a reader wants to know whether it is minutes or weeks.</summary>
    public static string Ago(DateTimeOffset then, DateTimeOffset now) => (now - then) switch
    {
        { TotalMinutes: < 1 } => "just now",
        { TotalMinutes: < 90 } span => $"{span.TotalMinutes:0} min ago",
        { TotalHours: < 36 } span => $"{span.TotalHours:0} h ago",
        { TotalDays: < 14 } span => $"{span.TotalDays:0} days ago",
        { TotalDays: < 100 } span => $"{span.TotalDays / 7:0} weeks ago",
        var span => $"{span.TotalDays / 30.4:0} months ago",
    };
}
