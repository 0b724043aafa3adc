namespace Aiops.Local.Recordings.Reading;

/// <summary>Where one value lies within its record, and how it is written there.</summary>
internal readonly record struct Cell(int Start, int Length, CellForm Form);

internal enum CellForm : byte
{
    /// <summary>Not there, null, or an empty CSV cell.</summary>
    Absent = 0,

    /// <summary>Text as it is.</summary>
    Text,

    /// <summary>Text with JSON escapes.</summary>
    EscapedText,

    /// <summary>Text with doubled quotes, as CSV escapes them.</summary>
    DoubledText,

    /// <summary>A JSON number.</summary>
    Number,

    /// <summary>A JSON array, object, true or false, verbatim.</summary>
    Json,
}
