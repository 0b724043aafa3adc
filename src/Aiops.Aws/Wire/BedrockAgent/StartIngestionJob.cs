namespace Aiops.Aws.Wire.BedrockAgent;

/// <summary>Takes what is new in a data source into its knowledge base.</summary>
public sealed record StartIngestionJobRequest : IWireRequest<StartIngestionJobResponse>
{
    public required string KnowledgeBaseId { get; init; }

    public required string DataSourceId { get; init; }

    /// <summary>The same one starts one job only.</summary>
    public string? ClientToken { get; init; }

    public string? Description { get; init; }

    WireOperation<StartIngestionJobResponse> IWireRequest<StartIngestionJobResponse>.Operation => Call;

    private static readonly WireOperation<StartIngestionJobResponse> Call
        = BedrockAgentWire.Service.Call(
            "StartIngestionJob",
            BedrockAgentJson.Default.StartIngestionJobRequest,
            BedrockAgentJson.Default.StartIngestionJobResponse,
            new RestBinding("PUT", "/knowledgebases/{knowledgeBaseId}/datasources/{dataSourceId}/ingestionjobs/")
            {
                InPath = ["knowledgeBaseId", "dataSourceId"],
            });
}

public sealed record StartIngestionJobResponse
{
    public required IngestionJob IngestionJob { get; init; }
}

public sealed record IngestionJob
{
    public required string IngestionJobId { get; init; }

    /// <summary>STARTING, IN_PROGRESS, COMPLETE, FAILED, STOPPING or STOPPED.</summary>
    public required string Status { get; init; }

    public IReadOnlyList<string> FailureReasons { get => field ?? []; init; }

    public DateTimeOffset? StartedAt { get; init; }
}
