namespace Aiops.Analysis.Storms;

/// <summary>How the component that an alarm names lies to those of an incident; the nearest counts.</summary>
/// <param name="Hops">Calls between the two, direction ignored; 0 where it has no meaning.</param>
public readonly record struct TopologyRelation(TopologyRelationKind Kind, int Hops = 0)
{
    /// <summary>From -1 (speaks against) over 0 (says nothing) to 1 (the same component).</summary>
    public double Value => Kind switch
    {
        TopologyRelationKind.SameComponent => 1,
        TopologyRelationKind.Neighbour or TopologyRelationKind.Told => Hops switch { 1 => 0.9, 2 => 0.75, 3 => 0.6, _ => 0.45 },
        TopologyRelationKind.SeenTogether => 0.75,
        TopologyRelationKind.SameSystem => 0.45,
        TopologyRelationKind.Unconnected => -1,
        TopologyRelationKind.OtherRegion => -0.5,
        TopologyRelationKind.NeverTold => -0.5, // Alarms tell less than a graph: what they never told may still be.
        _ => 0.2, // The same account and region: little, but near in time and alike it is enough.
    };

    /// <summary>Whether something relates the two, and not the place alone.</summary>
    public bool IsNear => Value >= 0.45;

    /// <summary>For people; <paramref name="component"/> is the alarm's.</summary>
    public string Describe(string? component) => Kind switch
    {
        TopologyRelationKind.SameComponent => $"{component} is already part of it",
        TopologyRelationKind.Neighbour => $"{component} is {Hops} {(Hops == 1 ? "call" : "calls")} away from it",
        TopologyRelationKind.Told when Hops == 1 => $"alarms have named {component} together with a component of it",
        TopologyRelationKind.Told => $"by what alarms have named together, {component} is {Hops} steps away from it",
        TopologyRelationKind.SeenTogether =>
            $"{component} has alarmed together with a component of it before, more often than not",
        TopologyRelationKind.NeverTold => $"alarms have named {component} with others, and never with what is near it",
        TopologyRelationKind.SameSystem => $"{component} belongs to the same small system",
        TopologyRelationKind.Unconnected => $"{component} is not connected with it within {GraphReach.MaxHops} calls",
        TopologyRelationKind.OtherRegion => "another region, and no topology that says otherwise",
        _ => "the topology says nothing; the same account and region",
    };
}

/// <summary>The kinds of relation, nearest first.</summary>
public enum TopologyRelationKind
{
    SameComponent,
    Neighbour,

    /// <summary>Alarms named the two together, or each with something between; the graph doesn't say.</summary>
    Told,

    /// <summary>
    /// Nothing relates one of them with anything, but it has alarmed together with the other in most of its episodes.
    /// </summary>
    SeenTogether,

    /// <summary>
    /// Further than <see cref="GraphReach.MaxHops"/>, in a connected part of at most <see cref="GraphReach.MaxSystemSize"/>
    /// components.
    /// </summary>
    SameSystem,

    /// <summary>Not in the graph, or the alarm names nothing: only the place is known.</summary>
    SamePlace,
    OtherRegion,

    /// <summary>Alarms have named both with others, and nothing within reach connects them.</summary>
    NeverTold,

    /// <summary>Both are in the graph and nothing within reach connects them.</summary>
    Unconnected,
}
