using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Logs;
using Aiops.Cdk.Foundation;

namespace Aiops.Cdk.Functions;

/// <summary>What all functions of an environment share.</summary>
internal sealed record FunctionHost(
    AiopsNames Names,
    Code Code,
    IReadOnlyDictionary<string, string> Environment,
    Amazon.CDK.AWS.KMS.IKey LogKey,
    RetentionDays LogRetention,
    bool ReserveConcurrency);
