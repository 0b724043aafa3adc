namespace Aiops.Accuracy.Storms;

/// <summary>
/// Makes streams in which several incidents run at once. The faults' spans are used to choose the shift, so that there is
/// something to tell apart; nothing of them reaches the engine.
/// </summary>
internal static class StormStreams
{
    /// <summary>
    /// Systems in one stream, entities prefixed by system. Each after the first is moved as a whole in time, by the one
    /// shift with which most of its alarms fall into an incident of the first.
    /// </summary>
    public static IReadOnlyList<StormAlarm> Overlay(IReadOnlyList<IReadOnlyList<StormAlarm>> systems)
        => Merge(systems.Select((system, number) => (
            Alarms: system,
            Prefix: $"{number + 1}/",
            Shift: number == 0 ? TimeSpan.Zero : BusiestShift(Spans(systems[0]), Spans(system)))));

    /// <summary>
    /// One system as two that run at once: its entities are cut into two parts (<see cref="SystemSplit"/>), each alarm goes
    /// with its entity, and the second part comes later by half of a fault's median span, so that its alarms fall into
    /// the middle of the first part's. Each part's half of a fault is an incident of its own.
    /// </summary>
    /// <param name="crossing">
    /// Whether a caller or host of the other part keeps its name, so that alarms say the two incidents belong together,
    /// as they did before the cut; else it gets its alarm's prefix, and the parts are two systems.
    /// </param>
    public static IReadOnlyList<StormAlarm> Split(IReadOnlyList<StormAlarm> system, bool crossing)
    {
        var second = SystemSplit.SecondPart(system);
        var spans = Spans(system).Select(span => span.End - span.Start).Order().ToList();
        var shift = spans[spans.Count / 2] / 2;
        return [.. system
            .Select(alarm => alarm with
            {
                At = second.Contains(alarm.Entity) ? alarm.At + shift : alarm.At,
                Prefix = PrefixOf(alarm.Entity),
                OtherPrefix = crossing && alarm.Other is not null ? PrefixOf(alarm.Other) : null,
                Fault = PrefixOf(alarm.Entity) + alarm.Fault,
            })
            .OrderBy(alarm => alarm.At)];

        string PrefixOf(string name) => second.Contains(name) ? "2/" : "1/";
    }

    /// <summary>The share of alarms that come while a fault other than their own has alarms before and after.</summary>
    public static double ShareAtOnce(IReadOnlyList<StormAlarm> stream)
    {
        var spans = Spans(stream);
        return stream.Average(alarm => spans.Exists(span => span.Fault != alarm.Fault && span.Holds(alarm.At)) ? 1d : 0);
    }

    private static IReadOnlyList<StormAlarm> Merge(
        IEnumerable<(IReadOnlyList<StormAlarm> Alarms, string Prefix, TimeSpan Shift)> systems)
        => [.. systems
            .SelectMany(system => system.Alarms.Select(alarm => alarm with
            {
                At = alarm.At + system.Shift,
                Prefix = system.Prefix,
                Fault = system.Prefix + alarm.Fault,
            }))
            .OrderBy(alarm => alarm.At)];

    private static List<Span> Spans(IReadOnlyList<StormAlarm> alarms)
        => [.. alarms.GroupBy(alarm => alarm.Fault, StringComparer.Ordinal)
            .Select(fault => new Span(fault.Key, fault.Min(alarm => alarm.At), fault.Max(alarm => alarm.At)))
            .OrderBy(span => span.Start)];

    // Each pair of faults gives a shift that begins the second in the middle of the first; the longest time at once wins,
    // then the smallest shift.
    private static TimeSpan BusiestShift(List<Span> first, List<Span> second)
        => first.SelectMany(one => second.Select(other => one.Start + ((one.End - one.Start) / 2) - other.Start)).Distinct()
            .Select(shift => (Shift: shift, AtOnce: AtOnce(first, second, shift)))
            .OrderByDescending(choice => choice.AtOnce).ThenBy(choice => choice.Shift.Duration()).First().Shift;

    private static TimeSpan AtOnce(List<Span> first, List<Span> second, TimeSpan shift)
    {
        var (total, i, j) = (TimeSpan.Zero, 0, 0);
        while (i < first.Count && j < second.Count)
        {
            var (start, end) = (second[j].Start + shift, second[j].End + shift);
            var from = first[i].Start > start ? first[i].Start : start;
            var to = first[i].End < end ? first[i].End : end;
            total += to > from ? to - from : TimeSpan.Zero;
            if (first[i].End < end)
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return total;
    }

    /// <summary>From a fault's first alarm to its last.</summary>
    private sealed record Span(string Fault, DateTimeOffset Start, DateTimeOffset End)
    {
        public bool Holds(DateTimeOffset at) => Start <= at && at <= End;
    }
}
