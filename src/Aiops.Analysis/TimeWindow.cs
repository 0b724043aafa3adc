using System.Text.Json.Serialization;

namespace Aiops.Analysis;

/// <summary>A stretch of event time, half-open: it holds its start and not its end, so windows meet without overlapping.</summary>
public readonly record struct TimeWindow
{
    /// <exception cref="ArgumentOutOfRangeException">The end lies before the start.</exception>
    [JsonConstructor]
    public TimeWindow(DateTimeOffset start, DateTimeOffset end)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(end, start);
        (Start, End) = (start, end);
    }

    public DateTimeOffset Start { get; }

    public DateTimeOffset End { get; }

    [JsonIgnore]
    public TimeSpan Length => End - Start;

    public bool Contains(DateTimeOffset time) => time >= Start && time < End;
}
