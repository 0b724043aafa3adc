using System.Globalization;

namespace Aiops.StateMachine.Paths;

/// <summary>Names of variables: identifiers by Unicode Standard Annex 31, up to 80 characters; "states" is reserved.</summary>
internal static class VariableName
{
    public const int MaxLength = 80;
    public const string Reserved = "states";

    public static bool IsStart(char c)
        => char.IsLetter(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.LetterNumber;

    public static bool IsPart(char c) => IsStart(c) || CharUnicodeInfo.GetUnicodeCategory(c) is
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    public static bool IsValid(string name)
        => name.Length is > 0 and <= MaxLength && name != Reserved && IsStart(name[0]) && name.All(IsPart);
}
