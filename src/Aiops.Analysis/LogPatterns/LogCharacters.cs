namespace Aiops.Analysis.LogPatterns;

/// <summary>What a character is within a log message. Beyond ASCII, all are letters.</summary>
internal static class LogCharacters
{
    public const int Separator = 1;
    public const int Letter = 2;
    public const int Digit = 4;
    public const int Dot = 8;
    public const int Slash = 16;
    public const int Backslash = 32;
    public const int Joint = 64; // Joins words to a name.
    public const int Other = 128;

    private static readonly byte[] Classes = [.. Enumerable.Range(0, 128).Select(c => (byte)ClassOf((char)c))];

    public static int Of(char c) => c < Classes.Length ? Classes[c] : Letter;

    public static bool IsSeparator(char c) => Of(c) == Separator;

    private static int ClassOf(char c) => c switch
    {
        <= ' ' or '=' or ':' or ',' or ';' or '|' or '"' or '\'' => Separator,
        '(' or ')' or '[' or ']' or '{' or '}' or '<' or '>' => Separator,
        '.' => Dot,
        '/' => Slash,
        '\\' => Backslash,
        '-' or '_' or '@' or '$' => Joint,
        _ when char.IsAsciiDigit(c) => Digit,
        _ when char.IsAsciiLetter(c) => Letter,
        _ => Other,
    };
}
