namespace Aiops.Analysis.Storms;

/// <summary>One alarm as grouping sees it: when, about what, and what else it names.</summary>
/// <param name="At">Event time. A stream is given in its order; an alarm that comes late is placed by its own time.</param>
/// <param name="Component">What it is about; null when it names nothing.</param>
/// <param name="Touches">
/// Other components that it names: the caller, the host, the remote service. Each is a relation told.
/// </param>
/// <param name="Marks">By <see cref="AlarmMarks.Of"/>.</param>
public readonly record struct Alarm(
    DateTimeOffset At, string? Component, IReadOnlyList<string> Touches, IReadOnlyList<string> Marks, string? Region = null);
