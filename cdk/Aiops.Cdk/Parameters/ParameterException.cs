namespace Aiops.Cdk.Parameters;

/// <summary>A value in <c>cdk.json</c> that can't be deployed. The message names the key, the value and what is
/// allowed.</summary>
public sealed class ParameterException(string message) : Exception(message);
