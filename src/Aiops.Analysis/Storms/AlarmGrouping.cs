using System.Globalization;
using System.Runtime.InteropServices;

namespace Aiops.Analysis.Storms;

/// <summary>
/// Groups a stream of alarms into incidents, each alarm by what came before it: it joins the open incident that it fits best
/// by <see cref="CorrelationScore"/>, or opens one. Relations come from the graph and from alarms that name two components;
/// how long an incident may be silent comes from the rhythm of the alarms. The time per alarm is bounded however many
/// came before and however many incidents are open. Not for use by several threads at once.
/// </summary>
/// <remarks>
/// Our own: nothing has to be trained or set for an installation, and every part can be said in a sentence.
/// <see cref="Take"/> is the whole: <see cref="Hear"/>, <see cref="Best"/>, then <see cref="Join"/> or <see cref="Open"/>.
/// Intake calls the parts, for its other rules may decide between them, and keeps <see cref="Remember"/> with the open incidents.
/// </remarks>
public sealed class AlarmGrouping
{
    /// <summary>Components kept of an incident.</summary>
    public const int MaxComponents = 100;

    /// <summary>Marks kept of an incident: those of the first members count most for what it is about.</summary>
    public const int MaxMarks = 32;

    /// <summary>A component or mark that more incidents share than this says little; the newest are looked at.</summary>
    public const int MaxSharers = 32;

    private const int MaxNames = 65_536; // Names that nothing refers to are dropped at twice what is in use, and not before.

    private readonly ComponentMap map;
    private readonly CorrelationWeights weights;
    private readonly AlarmRhythm rhythm;
    private readonly Dictionary<string, MarkNode> marks = new(StringComparer.Ordinal);
    private readonly List<MarkNode> asked = [];
    private readonly LinkedList<GroupedIncident> recent = [];
    private long before = long.MinValue; // When the incident renewed before this one was last alarmed, in ticks.
    private CorrelationWeights current;
    private long stamp;
    private long opened;
    private int dropNamesAt = MaxNames;

    /// <param name="reach">Of the service graph; of <see cref="Topology.ServiceGraph.Empty"/> where none is known.</param>
    /// <param name="weights">Their window is the longest; the rhythm of the alarms shortens it.</param>
    /// <param name="memory">Of an earlier grouping; null for a beginner.</param>
    public AlarmGrouping(GraphReach reach, CorrelationWeights weights, AlarmMemory? memory = null)
    {
        map = new ComponentMap(reach);
        this.weights = weights;
        rhythm = memory is null ? new AlarmRhythm(weights.Window) : AlarmRhythm.Restore(weights.Window, memory);
        if (memory is not null)
        {
            map.Restore(memory);
        }

        current = weights with { Window = rhythm.Window };
    }

    /// <summary>The weights with the window as learned so far.</summary>
    public CorrelationWeights Weights => current;

    /// <summary>Places the next alarm of the stream.</summary>
    public AlarmPlacement Take(in Alarm alarm)
    {
        var isBlind = Hear(alarm);
        var best = Best(alarm);
        if (best is { Score.Joins: true } fit)
        {
            Join(fit.Incident, alarm);
            return new AlarmPlacement(fit.Incident, Opened: false, best);
        }

        var incident = Open((++opened).ToString("D12", CultureInfo.InvariantCulture), alarm, isBlind);
        return new AlarmPlacement(incident, Opened: true, best);
    }

    /// <summary>Learns from an alarm, before it is placed, what it tells of relations and of rhythm.</summary>
    /// <returns>Whether nothing had been known of its component.</returns>
    public bool Hear(in Alarm alarm)
    {
        DropNames(alarm.At.UtcTicks);
        if (alarm.Component is null)
        {
            return false;
        }

        var node = map.Node(alarm.Component);
        var isStranger = !node.IsKnown;
        for (var i = 0; i < alarm.Touches.Count; i++) // By index: an enumerator would be allocated.
        {
            map.Tell(node, map.Node(alarm.Touches[i]));
        }

        if (!isStranger)
        {
            rhythm.Observe(GapBefore(node, alarm.At.UtcTicks));
            current = rhythm.Window == current.Window ? current : current with { Window = rhythm.Window };
        }

        if (!IsLive(node, alarm.At.UtcTicks))
        {
            map.Meetings.Begin(node, Live(alarm.At.UtcTicks));
        }

        return isStranger;
    }

    /// <summary>
    /// The open incident that the alarm fits best, whether it joins or not; null where none shares anything with it.
    /// </summary>
    /// <param name="mayJoin">Which incidents are open to alarms; all where null.</param>
    public AlarmFit? Best(in Alarm alarm, Predicate<GroupedIncident>? mayJoin = null)
    {
        stamp++;
        FindMarks(alarm);
        var search = new FitSearch(alarm, asked, current, mayJoin, stamp);
        var node = alarm.Component is null ? null : map.Node(alarm.Component);
        if (node is not null)
        {
            foreach (var near in map.Near(node))
            {
                if (search.IsSettledFor(near.Relation))
                {
                    break; // The nearest come first.
                }

                search.Hold(near.Node.Incidents, near.Relation, Over);
            }

            var sameSystem = new TopologyRelation(TopologyRelationKind.SameSystem);
            if (map.SystemOf(node) is { } system && !search.IsSettledFor(sameSystem))
            {
                search.Hold(system.SystemIncidents, sameSystem, Over);
            }
        }

        if (!search.IsSettledFor(new TopologyRelation(TopologyRelationKind.SamePlace)))
        {
            foreach (var mark in asked)
            {
                if (mark.Finds)
                {
                    search.HoldSharers(mark.Incidents, node);
                }
            }
        }

        return search.Answer;
    }

    /// <summary>Opens an incident with its first alarm.</summary>
    /// <param name="key">Of two incidents that began at the same instant, the lower key is the older.</param>
    /// <param name="isBlind">What <see cref="Hear"/> said of the alarm.</param>
    public GroupedIncident Open(string key, in Alarm alarm, bool isBlind)
    {
        var incident = new GroupedIncident(key, alarm.At.UtcTicks, alarm.At.UtcTicks, alarm.Region, isBlind);
        Join(incident, alarm);
        return incident;
    }

    /// <summary>Takes an incident up that was kept elsewhere.</summary>
    public GroupedIncident Restore(string key, DateTimeOffset openedAt, DateTimeOffset lastAt, string? region, bool isBlind)
        => new(key, openedAt.UtcTicks, lastAt.UtcTicks, region, isBlind);

    /// <summary>Adds an alarm to an incident.</summary>
    public void Join(GroupedIncident incident, in Alarm alarm)
    {
        Renew(incident, alarm.At, alarm.At, alarm.Region);
        if (alarm.Component is not null)
        {
            AddComponent(incident, alarm.Component);
        }

        for (var i = 0; i < alarm.Marks.Count; i++)
        {
            AddMark(incident, alarm.Marks[i]);
        }
    }

    /// <summary>Incidents that any alarm may still be held against.</summary>
    internal int Recent => recent.Count;

    /// <summary>Widens an incident's span of events, and notes its region where it had none.</summary>
    public void Renew(GroupedIncident incident, DateTimeOffset openedAt, DateTimeOffset lastAt, string? region)
    {
        incident.Region ??= region;
        incident.Opened = Math.Min(incident.Opened, openedAt.UtcTicks);
        incident.Last = Math.Max(incident.Last, lastAt.UtcTicks);
        if (incident.Place.List is not null)
        {
            recent.Remove(incident.Place);
        }

        recent.AddLast(incident.Place);
        // Time has moved on where two in a row say so: one clock that is fast neither ends the others nor stays for ever.
        var now = Math.Min(incident.Last, before);
        before = incident.Last;
        while (recent.First is { } first && first.Value != incident && Math.Abs(now - first.Value.Last) > Over)
        {
            recent.Remove(first);
        }
    }

    /// <summary>Adds a component that isn't known of the incident, up to <see cref="MaxComponents"/>.</summary>
    public void AddComponent(GroupedIncident incident, string component)
    {
        var node = map.Node(component);
        if (node.Incidents.Contains(incident) || incident.Components.Count >= MaxComponents)
        {
            return;
        }

        incident.Components.Add(node);
        incident.InGraph |= node.InGraph;
        AddNewest(node.Incidents, incident);
        if (map.SystemOf(node) is { } system && !system.SystemIncidents.Contains(incident))
        {
            AddNewest(system.SystemIncidents, incident);
        }
    }

    /// <summary>Adds a mark that isn't known of the incident, up to <see cref="MaxMarks"/>.</summary>
    public void AddMark(GroupedIncident incident, string mark)
    {
        ref var node = ref CollectionsMarshal.GetValueRefOrAddDefault(marks, mark, out _);
        node ??= new MarkNode(mark);
        if (incident.Marks.Count < MaxMarks && incident.Marks.Add(node) && node.Finds)
        {
            AddNewest(node.Incidents, incident);
        }
    }

    public AlarmMemory Remember() => rhythm.Remember(map.Remember());

    /// <summary>
    /// After so many ticks of silence no alarm can join, not even one that comes late by as much as the longest window.
    /// </summary>
    private long Over => 2 * weights.Window.Ticks;

    private static void AddNewest(List<GroupedIncident> incidents, GroupedIncident incident)
    {
        if (incidents.Count == MaxSharers)
        {
            incidents.RemoveAt(0);
        }

        incidents.Add(incident);
    }

    private void FindMarks(in Alarm alarm)
    {
        asked.Clear();
        for (var i = 0; i < alarm.Marks.Count; i++)
        {
            var mark = alarm.Marks[i];
            ref var node = ref CollectionsMarshal.GetValueRefOrAddDefault(marks, mark, out _);
            asked.Add(node ??= new MarkNode(mark));
        }
    }

    private bool IsLive(ComponentNode node, long at)
    {
        foreach (var incident in CollectionsMarshal.AsSpan(node.Incidents))
        {
            if (incident.GapTo(at) <= current.Window)
            {
                return true;
            }
        }

        return false;
    }

    private IEnumerable<GroupedIncident> Live(long at)
    {
        for (var place = recent.Last; place is not null && at - place.Value.Last <= current.Window.Ticks; place = place.Previous)
        {
            yield return place.Value;
        }
    }

    private TimeSpan? GapBefore(ComponentNode node, long at)
    {
        TimeSpan? shortest = null;
        foreach (var near in map.Near(node))
        {
            foreach (var incident in CollectionsMarshal.AsSpan(near.Node.Incidents))
            {
                var gap = incident.GapTo(at);
                shortest = gap < (shortest ?? weights.Window) ? gap : shortest;
            }

            if (shortest < TimeSpan.FromSeconds(1))
            {
                break;
            }
        }

        return shortest;
    }

    private void DropNames(long now)
    {
        if (map.Count + marks.Count < dropNamesAt)
        {
            return;
        }

        map.DropStrangers(incident => now - incident.Last > Over);
        foreach (var mark in marks.Values)
        {
            mark.Incidents.RemoveAll(incident => now - incident.Last > Over);
            if (mark.Incidents.Count == 0) // A metric's always: once in so many names open incidents forget their metrics.
            {
                marks.Remove(mark.Mark);
            }
        }

        dropNamesAt = Math.Max(MaxNames, 2 * (map.Count + marks.Count));
    }

}
