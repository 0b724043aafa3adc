using Aiops.Analysis.Telemetry;
using Aiops.Analysis.Traces;

namespace Aiops.Analysis.LogPatterns;

/// <summary>Takes log lines that belong to traces, with their patterns, and says where their usual order within a trace breaks.</summary>
/// <remarks>The method is <see cref="EventPairs"/>'; an event is a pattern of a component.</remarks>
internal sealed class LogSequences(TimeWindows baseline, TimeWindow incident)
{
    private const int MostShifts = 200;

    private readonly EventPairs pairs = new(baseline, incident);
    private readonly Dictionary<(LogGroup Group, string Exception), int> numbers = [];
    private readonly List<Event> events = [];
    private readonly Dictionary<string, int> sources = [];

    /// <summary>Lines of no trace are passed over.</summary>
    public void Add(in LogRecord record, LogGroup group)
    {
        if (record.TraceId.IsEmpty)
        {
            return;
        }

        var exception = IsTrouble(record.Severity) ? ExceptionClass.Of(record.Body) : "";
        if (!numbers.TryGetValue((group, exception), out var number))
        {
            numbers[(group, exception)] = number = events.Count;
            events.Add(new Event(record.Component, record.Severity, group, exception));
        }

        if (!sources.TryGetValue(record.Component, out var source))
        {
            sources[record.Component] = source = sources.Count;
        }

        pairs.Add(HashOf(record.TraceId), record.UnixNanoseconds, source, number);
    }

    /// <summary>The most certain first, the first few of them; one for each pattern and what became of it.</summary>
    public IReadOnlyList<SequenceShift> Compare()
    {
        Dictionary<(string, string, string, string), int> first = [];
        int[] current = [.. events.Select((e, number) => first.TryAdd((e.Component, e.Severity, e.Template, e.Exception), number)
            ? number
            : first[(e.Component, e.Severity, e.Template, e.Exception)])];
        Dictionary<string, int> sorts = [];
        int?[] troubles = [.. events.Select(e => !IsTrouble(e.Severity) ? null
            : sorts.TryGetValue(e.Trouble, out var sort) ? sort
            : (int?)(sorts[e.Trouble] = sorts.Count))];
        return [.. pairs.Compare(number => current[number], number => troubles[number])
            .DistinctBy(shift => (shift.Event, shift.IsMissing))
            .Take(MostShifts)
            .Select(ShiftOf)];
    }

    private static bool IsTrouble(string severity) => LogSeverity.IsError(severity) || LogSeverity.IsWarning(severity);

    private SequenceShift ShiftOf(PairShift shift)
    {
        var (after, now) = (events[shift.After], events[shift.Event]);
        return new SequenceShift(
            now.Component, now.Template, now.Severity, after.Component, after.Template,
            shift.IsMissing ? SequenceBreak.Missing : SequenceBreak.New,
            shift.Share.Before, shift.Share.During, shift.Before, shift.During, shift.Nats)
        {
            Onset = shift.Onset,
        };
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

    private sealed record Event(string Component, string Severity, LogGroup Group, string Exception)
    {
        public string Template => Group.Template;

        /// <summary>By exception, and else by pattern: the same trouble in another component is no other.</summary>
        public string Trouble => Exception.Length > 0 ? Exception : Template;
    }
}
