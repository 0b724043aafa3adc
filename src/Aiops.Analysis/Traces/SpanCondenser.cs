using Aiops.Analysis.Telemetry;

namespace Aiops.Analysis.Traces;

/// <summary>Takes the spans of two periods, in any order, and condenses them to one line per component, operation and caller.</summary>
/// <remarks>
/// A span inside a component whose only child belongs to another is the call itself: its time beyond the callee's is waiting,
/// which the gap has, and no work.
/// Spans are held by trace until <c>mostHeld</c> are; then the traces not touched for longest are condensed and let go, so a
/// span that comes later than that loses its parent. Durations are sampled per line (<see cref="Reservoir"/>), so memory is
/// bounded by operations, never by spans.
/// </remarks>
public sealed class SpanCondenser(TimeWindows baseline, TimeWindow incident, int mostHeld = 200_000, int mostOperations = 20_000)
{
    private readonly Dictionary<string, LinkedListNode<HeldTrace>> traces = [];
    private readonly LinkedList<HeldTrace> leastRecent = [];
    private readonly Dictionary<(string Component, string Operation, string Caller), (OperationTally Before, OperationTally During)> tallies = [];
    private int held;

    /// <summary>Spans outside both windows, that end before they start, or of operations beyond the bound.</summary>
    public long LeftOut { get; private set; }

    /// <summary>
    /// Calls between components as the spans that were condensed show them, in ordinal order, for where no topology is to be had.
    /// </summary>
    public IReadOnlyList<Topology.Call> Calls => [.. tallies.Keys
        .Where(line => line.Caller.Length > 0 && line.Caller != line.Component)
        .Select(line => new Topology.Call(line.Caller, line.Component))
        .Distinct()
        .OrderBy(call => call.Caller, StringComparer.Ordinal)
        .ThenBy(call => call.Callee, StringComparer.Ordinal)];

    public void Add(in Span span)
    {
        if (span.EndUnixNanoseconds < span.StartUnixNanoseconds)
        {
            LeftOut++;
            return;
        }

        if (traces.TryGetValue(span.TraceId, out var node))
        {
            leastRecent.Remove(node);
        }
        else
        {
            traces[span.TraceId] = node = new LinkedListNode<HeldTrace>(new HeldTrace(span.TraceId, []));
        }

        leastRecent.AddLast(node);
        node.Value.Spans.Add(span);
        held++;
        while (held > mostHeld)
        {
            LetGo(leastRecent.First!);
        }
    }

    /// <summary>Every operation in ordinal order of component, operation and caller. Condenses what is still held.</summary>
    public IReadOnlyList<OperationShift> Condense()
    {
        while (leastRecent.First is { } oldest)
        {
            LetGo(oldest);
        }

        return [.. tallies
            .OrderBy(t => t.Key.Component, StringComparer.Ordinal)
            .ThenBy(t => t.Key.Operation, StringComparer.Ordinal)
            .ThenBy(t => t.Key.Caller, StringComparer.Ordinal)
            .Select(t => new OperationShift(t.Key.Component, t.Key.Operation, t.Key.Caller, t.Value.Before.Statistics(), t.Value.During.Statistics()))];
    }

    private void LetGo(LinkedListNode<HeldTrace> node)
    {
        leastRecent.Remove(node);
        traces.Remove(node.Value.Id);
        held -= node.Value.Spans.Count;

        var spans = node.Value.Spans;
        var byId = new Dictionary<string, int>(spans.Count);
        for (var i = 0; i < spans.Count; i++)
        {
            byId[spans[i].SpanId] = i;
        }

        var children = spans.Where(s => s.ParentSpanId.Length > 0).ToLookup(s => s.ParentSpanId);
        foreach (var span in spans)
        {
            Tally(span, byId.TryGetValue(span.ParentSpanId, out var index) ? spans[index] : null, children);
        }
    }

    private void Tally(in Span span, Span? parent, ILookup<string, Span> children)
    {
        var caller = parent?.Component ?? "";
        var start = DateTimeOffset.FromUnixTimeMilliseconds(span.StartUnixNanoseconds / 1_000_000);
        var isIncident = incident.Contains(start);
        var key = (span.Component, span.Operation, caller);
        if ((!isIncident && !baseline.Contains(start)) || (!tallies.ContainsKey(key) && tallies.Count >= mostOperations))
        {
            LeftOut++;
            return;
        }

        if (!tallies.TryGetValue(key, out var tally))
        {
            tallies[key] = tally = (new OperationTally(), new OperationTally());
        }

        var own = children[span.SpanId].ToList();
        (isIncident ? tally.During : tally.Before).Add(
            duration: span.Duration.TotalMilliseconds,
            selfTime: caller == span.Component && own is [var only] && only.Component != caller ? null : SelfTimeOf(span, own),
            gap: parent is { } waiting && caller != span.Component && children[waiting.SpanId].Count() == 1
                ? Math.Max(0, (waiting.Duration - span.Duration).TotalMilliseconds)
                : null,
            span.Failed,
            failedFirst: span.Failed && !own.Exists(child => child.Failed));
    }

    /// <summary>Milliseconds not covered by any child; children may overlap, and outlive their parent.</summary>
    private static double SelfTimeOf(in Span span, List<Span> children)
    {
        var covered = 0L;
        var reached = span.StartUnixNanoseconds;
        foreach (var child in children.OrderBy(c => c.StartUnixNanoseconds))
        {
            var from = Math.Max(child.StartUnixNanoseconds, reached);
            var to = Math.Min(child.EndUnixNanoseconds, span.EndUnixNanoseconds);
            if (to > from)
            {
                covered += to - from;
                reached = to;
            }
        }

        return (span.EndUnixNanoseconds - span.StartUnixNanoseconds - covered) / 1e6;
    }

    private sealed record HeldTrace(string Id, List<Span> Spans);
}
