namespace Aiops.Cdk.Sources;

/// <param name="Name">The rule's, after the environment's.</param>
/// <param name="Pattern">An EventBridge event pattern, JSON; at most 2,048 characters without spaces.</param>
public sealed record EventSource(string Name, string Says, string Pattern);
