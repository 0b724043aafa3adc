namespace Aiops.Analysis.Storms;

/// <summary>
/// A component that alarms or the graph have named, with what lies near it and the incidents that it is part of.
/// </summary>
internal sealed class ComponentNode(string name, bool inGraph)
{
    public string Name { get; } = name;

    public bool InGraph { get; } = inGraph;

    /// <summary>What alarms said it belongs with, in the order of the telling.</summary>
    public List<ToldRelation> Told { get; } = [];

    /// <summary>Incidents with this component, older ones first; those that are over are dropped when it is looked at.</summary>
    public List<GroupedIncident> Incidents { get; } = [];

    /// <summary>Itself and what is within reach, nearest first; null when it has to be searched (again).</summary>
    public Reached[]? Near { get; set; }

    /// <summary>The map's epoch that <see cref="Near"/> is of.</summary>
    public int SearchedIn { get; set; }

    /// <summary>The node of its small system's first component, by the graph.</summary>
    public ComponentNode? System { get; set; }

    /// <summary>Incidents of the small system that is named after this component.</summary>
    public List<GroupedIncident> SystemIncidents { get; } = [];

    /// <summary>Its meetings; null where it is known, or hasn't been met.</summary>
    public Stranger? Stranger { get; set; }

    /// <summary>Strangers that alarm together with it.</summary>
    public List<ComponentNode> CompanionOf { get; } = [];

    public bool IsKnown => InGraph || Told.Count > 0;
}

/// <summary>A component within reach of another, and how it lies to it.</summary>
internal readonly record struct Reached(ComponentNode Node, TopologyRelation Relation);

/// <summary>Two components that an alarm named together.</summary>
internal sealed class ToldRelation(ComponentNode one, ComponentNode other)
{
    /// <summary>Whether it was told again since relations were last forgotten.</summary>
    public bool Again { get; set; }

    public ComponentNode One => one;

    public ComponentNode Other => other;

    public ComponentNode From(ComponentNode node) => node == one ? other : one;
}

/// <summary>A mark that alarms have borne, with the incidents that know it.</summary>
internal sealed class MarkNode(string mark)
{
    public string Mark { get; } = mark;

    public bool Finds { get; } = AlarmMarks.Finds(mark);

    public List<GroupedIncident> Incidents { get; } = [];
}
