using System.Runtime.CompilerServices;

namespace Aiops.Analysis.Traces;

/// <summary>
/// Cuts time where a fault may have begun: normal life, then slots from some time before the incident's window to its end.
/// Nobody knows how late the alarm was, nor how early its window begins.
/// </summary>
internal sealed class OnsetSlots(TimeWindows baseline, TimeWindow incident)
{
    /// <summary>Normal life, beyond doubt; the slots follow.</summary>
    public const int Usual = 0;

    /// <summary>All of them, normal life included.</summary>
    public const int Count = 1 + Doubtful + Within;

    private const int Within = 3;   // Of the incident's window.
    private const int Doubtful = Within; // Before it, as far as the baseline reaches: a fault may go on unnoticed as long.

    /// <summary>-1 for what is in neither window.</summary>
    public int SlotOf(DateTimeOffset time)
    {
        if (incident.Contains(time))
        {
            return 1 + Doubtful + (int)((time - incident.Start) / incident.Length * Within);
        }

        if (!baseline.Contains(time))
        {
            return -1;
        }

        var before = (incident.Start - time) / incident.Length * Within;
        return before is > 0 and <= Doubtful ? 1 + Doubtful - (int)Math.Ceiling(before) : Usual;
    }

    /// <summary>When the slot begins.</summary>
    public DateTimeOffset StartOf(int slot) => incident.Start + ((slot - 1 - Doubtful) * incident.Length / Within);
}

/// <summary>How many, slot by slot.</summary>
[InlineArray(OnsetSlots.Count)]
internal struct SlotCounts
{
    private int first;

    public readonly long Total => Before(OnsetSlots.Count);

    /// <summary>The sum of the slots before this one.</summary>
    public readonly long Before(int onset)
    {
        var sum = 0L;
        for (var i = 0; i < onset; i++)
        {
            sum += this[i];
        }

        return sum;
    }

    /// <summary>The sum of this slot and all after it.</summary>
    public readonly long Since(int onset) => Total - Before(onset);

    public void Add(in SlotCounts other)
    {
        for (var i = 0; i < OnsetSlots.Count; i++)
        {
            this[i] += other[i];
        }
    }
}
