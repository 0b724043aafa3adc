using System.Text.RegularExpressions;

namespace Aiops.Ask.Questions;

/// <summary>How people write times, as <see cref="TimeWords"/> looks for them.</summary>
internal static partial class TimePatterns
{
    private const string Comparing = @"\b(?:against|versus|vs\.?|compared\s+(?:with|to)|than)\s+(?:the\s+)?";
    private const string From = @"(?<h1>\d{1,2})(?::(?<m1>\d{2}))?\s*(?<p1>am|pm|h|o'clock)?";
    private const string To = @"(?<h2>\d{1,2})(?::(?<m2>\d{2}))?\s*(?<p2>am|pm|h|o'clock)?";
    private const string Day = @"\d{4}-\d{2}-\d{2}|today|yesterday";

    [GeneratedRegex(Comparing, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    public static partial Regex ComparisonWord();

    [GeneratedRegex(@"^(?:last|the\s+last|previous|one\s+before|before)(?:\s+one)?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    public static partial Regex LastAlone();

    [GeneratedRegex(@"\b(?:between|from)\s+" + From + @"\s+(?:and|to|until|till)\s+" + To + @"(?![\d-])(?:\s+(?:on\s+)?(?<day>" + Day + @"))?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    public static partial Regex Hours();

    [GeneratedRegex(@"\b(?:between|from)\s+(?<from>" + Day + @")\s+(?:and|to|until|till)\s+(?<to>" + Day + ")", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    public static partial Regex Days();

    [GeneratedRegex(@"\b(?:(?:in|over|for|during|of|within)\s+)?(?:the\s+)?(?:last|past)\s+(?:(?<many>\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+)?(?<unit>minute|hour|day|week|month|year)s?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    public static partial Regex Rolling();

    [GeneratedRegex(@"\b(?:in\s+|during\s+|of\s+)?(?:the\s+)?(?<which>this|current|previous)\s+(?<unit>hour|day|week|month|year)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    public static partial Regex Current();

    [GeneratedRegex(@"\b(?<before>(?:since|on|of)\s+)?(?<day>\d{4}-\d{2}-\d{2}|today|yesterday|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    public static partial Regex OneDay();

    [GeneratedRegex(@"\b(?:in|of|during)\s+(?<month>january|february|march|april|may|june|july|august|september|october|november|december)(?:\s+(?<year>\d{4}))?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    public static partial Regex Month();
}
