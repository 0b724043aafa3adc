namespace Aiops.Aws.Wire.SystemsManager;

/// <summary>What <c>/aws/dedup</c>, and whoever else, keeps with an OpsItem.</summary>
public sealed record OpsItemDataValue
{
    public string? Value { get; init; }

    /// <summary><c>SearchableString</c>, or <c>String</c> for what is only shown.</summary>
    public string? Type { get; init; }
}

public sealed record RelatedOpsItem
{
    public required string OpsItemId { get; init; }
}

public sealed record OpsItem
{
    public string? OpsItemId { get; init; }

    public string? Title { get; init; }

    public string? Description { get; init; }

    public string? Status { get; init; }

    public int? Priority { get; init; }

    public string? Severity { get; init; }

    public IReadOnlyList<RelatedOpsItem> RelatedOpsItems { get => field ?? []; init; }

    public IReadOnlyDictionary<string, OpsItemDataValue> OperationalData { get => field ?? new Dictionary<string, OpsItemDataValue>(); init; }
}
