using System.Globalization;

namespace Aiops.Tickets;

/// <summary>
/// Texts by which what we wrote is found again. Each ends in a sign of its own, so that no marker is the beginning of another
/// (<c>INC-1</c> of <c>INC-12</c>), and holds none that a search or a renderer reads otherwise.
/// </summary>
public static class Marker
{
    private static readonly string[] Kinds = ["aiops:ticket:", "aiops:comment:", "aiops:answer:", "aiops:link:", "aiops:superseded:"];

    public static string Ticket(string key) => $"aiops:ticket:{Clean(key)}/";

    public static string Comment(string key) => $"aiops:comment:{Clean(key)}/";

    public static string Answer(string key, string replyId) => $"aiops:answer:{Clean(key)}:{Clean(replyId)}/";

    /// <summary>Where a link to another ticket is a comment: one for each.</summary>
    public static string Link(string ticketId) => $"aiops:link:{Clean(ticketId)}/";

    /// <summary>A comment that was made twice, and isn't kept up to date any more.</summary>
    public static string Superseded(string key) => $"aiops:superseded:{Clean(key)}/";

    /// <summary>Foreign text as it is read, and no marker any more: an alarm that quotes one would have its ticket taken for another's.</summary>
    public static string Disarm(string text) => Kinds.Aggregate(text, (disarmed, kind)
        => disarmed.Replace(kind, kind.Replace(":", "\u200B:", StringComparison.Ordinal), StringComparison.Ordinal));

    // Formats take letters, digits and :._/- without --. What else a key holds is written by its code: different keys stay different.
    private static string Clean(string key) => string.Concat(key.Select((c, i) => c switch
    {
        _ when char.IsAsciiLetterOrDigit(c) || c == '.' => c.ToString(),
        '-' when i > 0 && key[i - 1] != '-' => "-",
        _ => string.Create(CultureInfo.InvariantCulture, $"_{(int)c:x4}"),
    }));
}
