using Aiops.Analysis.Telemetry;
using Aiops.Analysis.Traces;

namespace Aiops.Analysis.LogPatterns;

/// <summary>
/// Takes log lines that belong to traces, in any order, with their patterns, and says where their usual order within a trace
/// breaks.
/// </summary>
/// <remarks>
/// The method is <see cref="EventPairs"/>'; an event is a pattern of a component, and of errors and warnings one exception's.
/// Exceptions beyond <c>mostExceptions</c>, each counted once for each pattern that it comes with, go by their pattern alone.
/// Events of one instant, which clocks of milliseconds make of many, go by component, words, severity and exception.
/// </remarks>
internal sealed class LogSequences
{
    private const int MostShifts = 200;

    private readonly int mostExceptions;
    private readonly EventPairs pairs;
    private readonly Dictionary<(LogGroup Group, string Exception), int> numbers = [];
    private readonly List<Event> events = [];
    private readonly Dictionary<LogGroup, LogTemplate> templates = []; // As they were when last asked for.
    private readonly Dictionary<string, int> sources = [];
    private int exceptions;

    public LogSequences(TimeWindows baseline, TimeWindow incident, int mostExceptions = 20_000)
    {
        this.mostExceptions = mostExceptions;
        pairs = new EventPairs(baseline, incident, Comparer<int>.Create((one, other) => events[one].CompareTo(events[other])));
    }

    /// <summary>Lines of no trace are passed over.</summary>
    public void Add(in LogRecord record, LogGroup group)
    {
        if (record.TraceId.IsEmpty)
        {
            return;
        }

        var number = NumberOf(record, group, IsTrouble(record.Severity) ? ExceptionClass.Of(record.Body) : "");
        if (!sources.TryGetValue(record.Component, out var source))
        {
            sources[record.Component] = source = sources.Count;
        }

        pairs.Add(HashOf(record.TraceId), record.UnixNanoseconds, source, number);
    }

    /// <summary>The most certain first, the first few of them; one for each pattern and what became of it.</summary>
    public IReadOnlyList<SequenceShift> Compare()
    {
        Refresh();
        var (current, distinct) = Ranks();
        Dictionary<string, int> sorts = [];
        int?[] troubles = [.. distinct.Select(e => !IsTrouble(e.Severity) ? null
            : sorts.TryGetValue(e.Trouble, out var sort) ? sort
            : (int?)(sorts[e.Trouble] = sorts.Count))];
        return [.. pairs.Compare(number => current[number], rank => troubles[rank])
            .DistinctBy(shift => (shift.Event, shift.IsMissing))
            .Take(MostShifts)
            .Select(shift => ShiftOf(shift, distinct[shift.After], distinct[shift.Event]))];
    }

    private int NumberOf(in LogRecord record, LogGroup group, string exception)
    {
        if (numbers.TryGetValue((group, exception), out var number))
        {
            return number;
        }

        if (exception.Length > 0 && exceptions == mostExceptions)
        {
            return NumberOf(record, group, "");
        }

        exceptions += exception.Length > 0 ? 1 : 0;
        events.Add(new Event(record.Component, record.Severity, group, exception, TemplateOf(group)));
        return numbers[(group, exception)] = events.Count - 1;
    }

    private static bool IsTrouble(string severity) => LogSeverity.IsError(severity) || LogSeverity.IsWarning(severity);

    private static SequenceShift ShiftOf(PairShift shift, Event after, Event now) => new(
        now.Component, now.Template.Text, now.Severity, after.Component, after.Template.Text,
        shift.IsMissing ? SequenceBreak.Missing : SequenceBreak.New,
        shift.Share.Before, shift.Share.During, shift.Before, shift.During, shift.Nats)
    {
        Onset = shift.Onset,
    };

    private LogTemplate TemplateOf(LogGroup group)
        => templates.TryGetValue(group, out var template) ? template : templates[group] = LogTemplate.Of(group);

    private void Refresh()
    {
        templates.Clear();
        for (var number = 0; number < events.Count; number++)
        {
            events[number] = events[number] with { Template = TemplateOf(events[number].Group.Current) };
        }
    }

    /// <summary>The place of each event among those that are distinct by now, and these in their order.</summary>
    private (int[] OfEvent, List<Event> Distinct) Ranks()
    {
        var ranks = new int[events.Count];
        List<Event> distinct = [];
        foreach (var (number, e) in events.Index().OrderBy(pair => pair.Item))
        {
            if (distinct.Count == 0 || distinct[^1].CompareTo(e) != 0)
            {
                distinct.Add(e);
            }

            ranks[number] = distinct.Count - 1;
        }

        return (ranks, distinct);
    }

    /// <summary>FNV-1a, the same on every run and machine.</summary>
    private static ulong HashOf(ReadOnlySpan<char> text)
    {
        var hash = 14_695_981_039_346_656_037;
        foreach (var character in text)
        {
            hash = (hash ^ character) * 1_099_511_628_211;
        }

        return hash;
    }

    private sealed record Event(string Component, string Severity, LogGroup Group, string Exception, LogTemplate Template)
        : IComparable<Event>
    {
        /// <summary>By exception, and else by pattern: the same trouble in another component is no other.</summary>
        public string Trouble => Exception.Length > 0 ? Exception : Template.Words;

        public int CompareTo(Event? other)
        {
            if (other is null)
            {
                return 1;
            }

            var byComponent = string.CompareOrdinal(Component, other.Component);
            var byWords = byComponent != 0 ? byComponent : string.CompareOrdinal(Template.Words, other.Template.Words);
            var bySeverity = byWords != 0 ? byWords : string.CompareOrdinal(Severity, other.Severity);
            return bySeverity != 0 ? bySeverity : string.CompareOrdinal(Exception, other.Exception);
        }
    }
}
