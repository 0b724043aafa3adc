namespace Aiops.Pipeline;

/// <summary>What a document's key may be, on every host: parts that <c>/</c> separates.</summary>
public static class DocumentKeyRules
{
    /// <summary>Longer keys meet the limits of file systems.</summary>
    public const int MaxLength = 512;

    public const int MaxPartLength = 200;

    /// <exception cref="ArgumentException">The key isn't one.</exception>
    public static void Check(string key)
    {
        if (!IsKey(key))
        {
            throw new ArgumentException(
                $"\"{key}\" is no document key: up to {MaxLength} letters, digits, '-', '_', '.' in parts that '/' separates and no '.' begins.",
                nameof(key));
        }
    }

    public static bool IsKey(string key) => key.Length is > 0 and <= MaxLength && key.Split('/').All(IsPart);

    /// <summary>Whether keys can begin so.</summary>
    public static bool IsPrefix(string prefix) => prefix.Split('/').SkipLast(1).All(IsPart);

    // A part that begins with a dot would be hidden, unfinished, or a way out of a folder.
    private static bool IsPart(string part)
        => part.Length is > 0 and <= MaxPartLength && part[0] != '.' && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
