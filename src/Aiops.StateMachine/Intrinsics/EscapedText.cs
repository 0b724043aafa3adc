namespace Aiops.StateMachine.Intrinsics;

/// <summary>
/// Marks the braces that were escaped in a string literal, until it is known whether <c>States.Format</c> reads the string:
/// to it, <c>{}</c> is a place to fill, and <c>\{\}</c> is two characters.
/// </summary>
internal static class EscapedText
{
    // Unicode noncharacters: reserved for a program's own use, so no text exchanged should hold them.
    public const char OpenBrace = '\uFDD0';
    public const char CloseBrace = '\uFDD1';

    public static string Plain(string text) => text.Replace(OpenBrace, '{').Replace(CloseBrace, '}');
}
