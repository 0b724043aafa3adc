using Amazon.Runtime;

namespace Aiops.Aws.Wire;

/// <summary>Where and as whom to call, and how patiently.</summary>
public sealed record WireOptions
{
    /// <summary>The Region called and signed for (<c>eu-central-1</c>).</summary>
    public required string Region { get; init; }

    /// <summary>
    /// In place of the Region's endpoints, for emulators; null asks <c>AWS_ENDPOINT_URL_SERVICE</c> and <c>AWS_ENDPOINT_URL</c>
    /// as every AWS client does, then the Region.
    /// </summary>
    public Uri? ServiceUrl { get; init; }

    /// <summary>Null takes the SDK's own chain (environment, profile, container, instance).</summary>
    public AWSCredentials? Credentials { get; init; }

    /// <summary>Attempts at one call, the first among them.</summary>
    public int MaxAttempts { get; init; } = 4;

    /// <summary>How long one attempt waits for an answer to begin.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a call may take with all its attempts and waits: shorter than the stage's, so that the stage can still say
    /// what it could not get.
    /// </summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>The longest wait between two attempts, unless the service asks for a longer one.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromSeconds(8);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Draws the jitter, in [0, 1). Must bear being called by several threads at once.</summary>
    public required Func<double> Jitter { get; init; }
}
