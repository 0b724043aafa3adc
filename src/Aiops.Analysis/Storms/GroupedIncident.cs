namespace Aiops.Analysis.Storms;

/// <summary>An incident that may take alarms, as <see cref="AlarmGrouping"/> holds it.</summary>
public sealed class GroupedIncident
{
    internal GroupedIncident(string key, long opened, long last, string? region, bool isBlind)
    {
        (Key, Opened, Last, Region, IsBlind) = (key, opened, last, region, isBlind);
        Place = new LinkedListNode<GroupedIncident>(this);
    }

    public string Key { get; }

    /// <summary>Opened by an alarm whose component nothing was known of: it may be a part of an older one.</summary>
    public bool IsBlind { get; }

    internal long Opened { get; set; }

    internal long Last { get; set; }

    internal string? Region { get; set; }

    internal bool InGraph { get; set; }

    internal List<ComponentNode> Components { get; } = [];

    internal HashSet<MarkNode> Marks { get; } = [];

    /// <summary>Its place in the order in which incidents last took an alarm.</summary>
    internal LinkedListNode<GroupedIncident> Place { get; }

    /// <summary>The query that looked at it last, so that none looks twice.</summary>
    internal long Stamp { get; set; }

    /// <summary>Older by event time, then by key: the order in which incidents that fit alike are preferred.</summary>
    internal bool IsOlderThan(GroupedIncident other)
        => Opened != other.Opened ? Opened < other.Opened : string.CompareOrdinal(Key, other.Key) < 0;

    /// <summary>How far an instant lies outside the span of its events; zero within it, ends included.</summary>
    public TimeSpan GapTo(DateTimeOffset instant) => GapTo(instant.UtcTicks);

    internal TimeSpan GapTo(long at) => new(at < Opened ? Opened - at : at > Last ? at - Last : 0);
}
