using System.Text.RegularExpressions;

namespace Aiops.Tickets.Markdown;

/// <summary>What Redmine finds in a text after rendering it, whichever formatting it is set to: tickets, people, pages, macros.</summary>
internal static partial class RedmineText
{
    /// <summary>MySQL, the tightest of its databases, keeps a note in a column of this many bytes.</summary>
    public const int MaxBytes = 65_535;

    /// <summary>Breaks each with a zero-width space.</summary>
    public static string Neutral(string text) => Reference().Replace(text, "$0\u200B");

    /// <summary>Macros are looked for in the source, so that code holds them as well.</summary>
    public static bool HoldsMacro(string code) => code.Contains("{{", StringComparison.Ordinal);

    // #12, @login, [[page]], {{macro}}, r12, commit:…, source:… and their like; [ and { may be escaped.
    [GeneratedRegex(
        @"[@#](?=[\p{L}\p{N}#])|[\[](?=\\?\[)|[{](?=\\?[{])|\br(?=[0-9])|\b(commit|source|export|document|version|attachment|project|user|forum|message|news|issue|note|wiki):(?=\S)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();
}
