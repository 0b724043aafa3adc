namespace Aiops.Aws.Wire.SecretsManager;

/// <summary>A secret's current value, or a named version's.</summary>
public sealed record GetSecretValueRequest : IWireRequest<GetSecretValueResponse>
{
    /// <summary>Name or ARN.</summary>
    public required string SecretId { get; init; }

    public string? VersionId { get; init; }

    public string? VersionStage { get; init; }

    WireOperation<GetSecretValueResponse> IWireRequest<GetSecretValueResponse>.Operation => Call;

    private static readonly WireOperation<GetSecretValueResponse> Call
        = SecretsWire.Service.Call(
            "GetSecretValue", SecretsJson.Default.GetSecretValueRequest, SecretsJson.Default.GetSecretValueResponse);
}

public sealed record GetSecretValueResponse
{
    public string? ARN { get; init; }

    public string? Name { get; init; }

    public string? VersionId { get; init; }

    /// <summary>Never logged.</summary>
    public string? SecretString { get; init; }

    public DateTimeOffset? CreatedDate { get; init; }
}
