using System.Globalization;
using Aiops.Aws.Wire;
using Aiops.Aws.Wire.CloudFormation;

namespace Aiops.Aws.CloudFormation;

/// <summary>What a deployed stack says of itself: settings for whoever works on its stores from outside.</summary>
public static class StackOutputs
{
    private static readonly string[] Needed = ["Table", "DocumentsBucket", "UrgentQueueUrl", "RoutineQueueUrl", "UrgentDeadLettersUrl", "RoutineDeadLettersUrl", "IncidentStateMachineArn"];

    /// <exception cref="DeployedStackException">There is no such stack, or it isn't one of ours; says what to do.</exception>
    public static async Task<AwsHostSettings> ReadAsync(WireClient client, string stackName, string region, CancellationToken cancellationToken)
    {
        DescribeStacksResponse answer;
        try
        {
            answer = await client.SendAsync(new DescribeStacksRequest { StackName = stackName }, cancellationToken);
        }
        catch (WireException e)
        {
            throw new DeployedStackException($"The stack {stackName} can't be looked up in {region}: {e.Message}", e);
        }

        var outputs = answer.Stacks.SelectMany(stack => stack.Outputs)
            .Where(output => output is { OutputKey: not null, OutputValue: not null })
            .ToDictionary(output => output.OutputKey!, output => output.OutputValue!);
        string[] missing = [.. Needed.Where(key => !outputs.ContainsKey(key))];
        return missing.Length == 0
            ? SettingsOf(stackName, region, outputs)
            : throw new DeployedStackException($"{stackName} is no stack of aiops, or is not deployed yet: it has no output {string.Join(", ", missing)}.");
    }

    private static int Number(Dictionary<string, string> outputs, string key, int otherwise)
        => int.TryParse(outputs.GetValueOrDefault(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private static AwsHostSettings SettingsOf(string stackName, string region, Dictionary<string, string> outputs) => new()
    {
        Environment = stackName,
        Table = outputs["Table"],
        DocumentsBucket = outputs["DocumentsBucket"],
        ChangesTable = outputs.GetValueOrDefault("ChangesTable"),
        KnowledgeBucket = outputs.GetValueOrDefault("KnowledgeBucket"),
        KnowledgeBaseId = outputs.GetValueOrDefault("KnowledgeBaseId"),
        DataSourceId = outputs.GetValueOrDefault("DataSourceId"),
        IncidentStateMachine = outputs.GetValueOrDefault("IncidentStateMachineArn"),
        ReviewStateMachine = outputs.GetValueOrDefault("ReviewStateMachineArn"),
        UrgentQueueUrl = outputs["UrgentQueueUrl"],
        RoutineQueueUrl = outputs["RoutineQueueUrl"],
        UrgentDeadLettersUrl = outputs.GetValueOrDefault("UrgentDeadLettersUrl"),
        RoutineDeadLettersUrl = outputs.GetValueOrDefault("RoutineDeadLettersUrl"),
        ModelParameter = outputs.GetValueOrDefault("ModelSettings"),
        Settle = TimeSpan.FromSeconds(Number(outputs, "SettleSeconds", 60)),
        MaxRounds = Number(outputs, "MaxRounds", 3),
        Region = region,
    };
}

/// <summary>A stack that can't be worked on.</summary>
public sealed class DeployedStackException(string message, Exception? inner = null) : Exception(message, inner);
