namespace Aiops.Aws.Knowledge;

/// <summary>The knowledge base that proposes candidates, and the data source that it reads cases from.</summary>
public sealed record KnowledgeOptions
{
    public required string KnowledgeBaseId { get; init; }

    public required string DataSourceId { get; init; }

    /// <summary>Proposals asked for: 1 to 100.</summary>
    public int Most { get; init; } = 20;

    /// <summary>Cases that are compared unproposed: the nearest by component, metric and age.</summary>
    public int MostNearest { get; init; } = 100;

    /// <summary>How long the proposals may be waited for; the incident's other cases don't depend on them.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);
}
