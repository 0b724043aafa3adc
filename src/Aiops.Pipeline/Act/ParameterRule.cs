using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Aiops.Pipeline.Act;

/// <summary>What a parameter's value must be: one of a list, a whole number between two, or a text of a pattern. One of these must be said.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ParameterRule
{
    /// <summary>No value is longer, whatever its pattern takes.</summary>
    public const int Longest = 256;

    public IReadOnlyList<string>? OneOf { get; init; }

    /// <summary>A regular expression that the whole value must match.</summary>
    public string? Pattern { get; init; }

    /// <summary>Included.</summary>
    public long? Min { get; init; }

    /// <summary>Included.</summary>
    public long? Max { get; init; }

    /// <summary>
    /// Taken from the incident (<c>component</c>, <c>account</c>, <c>region</c>), whatever a proposer says; theirs counts only where
    /// the incident has none. Null: somebody must give it.
    /// </summary>
    public string? From { get; init; }

    [JsonIgnore]
    public bool IsNumber => Min is not null || Max is not null;

    /// <returns>Why the value is refused; null where it isn't.</returns>
    public string? Refusal(string value) => value switch
    {
        "" => "it is empty",
        { Length: > Longest } => $"it is longer than {Longest} characters",
        _ when value.Any(char.IsControl) => "it holds a line break or another control character",
        _ when value.Any(char.IsSurrogate) || value.Any(IsFormat) => "it holds characters that can't be seen",
        _ when IsNumber => NumberRefusal(value),
        _ when value[0] == '-' => "it begins like an option",
        _ when OneOf is not null => OneOf.Contains(value, StringComparer.Ordinal) ? null : $"it isn't one of {string.Join(", ", OneOf)}",
        _ => Compile(Pattern!).IsMatch(value) ? null : $"it doesn't match {Pattern}",
    };

    /// <exception cref="ArgumentException">It is no regular expression, or one that can't be matched in linear time.</exception>
    public static Regex Compile(string pattern)
    {
        try
        {
            return new($@"\A(?:{pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException e)
        {
            throw new ArgumentException(e.Message, nameof(pattern), e);
        }
    }

    private string? NumberRefusal(string value)
        => !long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            || value != number.ToString(CultureInfo.InvariantCulture) ? "it isn't a whole number in plain digits"
            : number < Min ? $"it is below {Min}"
            : number > Max ? $"it is above {Max}"
            : null;

    private static bool IsFormat(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
