namespace Aiops.Local.Recordings.Reading;

/// <summary>
/// Finds components whose clock runs whole hours beside the others', as when one writes local time: both its first and its
/// last record lie the same number of hours from where the others begin and end. It is named, never corrected: the
/// component may really have started later.
/// </summary>
internal sealed class ClockComparison
{
    private const int FewestComponents = 3; // Of two that disagree, nobody knows which is right.

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, (long First, long Last, long Count)> spans = new(StringComparer.Ordinal);

    public void Saw(string component, long unixNanoseconds)
    {
        ref var span = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(spans, component, out var known);
        span = known
            ? (Math.Min(span.First, unixNanoseconds), Math.Max(span.Last, unixNanoseconds), span.Count + 1)
            : (unixNanoseconds, unixNanoseconds, 1);
    }

    public IEnumerable<string> Tell()
    {
        if (spans.Count < FewestComponents)
        {
            yield break;
        }

        var first = Median(spans.Values.Select(span => span.First));
        var last = Median(spans.Values.Select(span => span.Last));
        foreach (var (component, span) in spans.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var start = TimeSpan.FromTicks((span.First - first) / 100);
            var end = TimeSpan.FromTicks((span.Last - last) / 100);
            var hours = (int)Math.Round(start.TotalHours);
            var off = TimeSpan.FromHours(hours);
            if (hours is not 0 and >= -14 and <= 14 && span.Count > 1
                && (start - off).Duration() <= Tolerance && (end - off).Duration() <= Tolerance)
            {
                yield return $"the clock of {component} seems to be {Math.Abs(hours)} h {(hours > 0 ? "ahead of" : "behind")} "
                    + "the others' (a local time without its zone?); it was not corrected";
            }
        }
    }

    private static long Median(IEnumerable<long> values)
    {
        long[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
