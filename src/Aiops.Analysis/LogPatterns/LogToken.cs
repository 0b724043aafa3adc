namespace Aiops.Analysis.LogPatterns;

/// <summary>One word of a message, or one variable. Ends are excluded.</summary>
/// <param name="Word">The word's hash; <see cref="Variable"/> where it was masked.</param>
/// <param name="Start">Where the text begins that the token stands for.</param>
/// <param name="End">Where that text ends.</param>
/// <param name="Resume">From where the message is shown again: past <c>End</c> where a repetition was folded.</param>
internal readonly record struct LogToken(ulong Word, LogWordKind Kind, int Start, int End, int Resume)
{
    /// <summary>What stands for any variable; no word's hash.</summary>
    public const ulong Variable = 0;
}

/// <summary>What a word looks like.</summary>
internal enum LogWordKind : byte
{
    Plain = 0,

    /// <summary>A name rather than a word: <c>web.example.org</c>, <c>data-node</c>, <c>fe</c>.</summary>
    Identifier,

    /// <summary>A day's or a month's name, part of a stamp when a number is beside it.</summary>
    Date,
    Variable,
}
