using Amazon.CDK.AWS.SecretsManager;
using Aiops.Cdk.Foundation;
using Aiops.Cdk.Knowledge;
using Aiops.Cdk.Parameters;
using Aiops.Cdk.Workflows;

namespace Aiops.Cdk.Functions;

/// <summary>What the functions read at start; <c>Aiops.Aws</c> checks it there. The same for all: names, no secrets. What only a model's
/// functions are told is <see cref="ModelAccess"/>'s.</summary>
internal static class FunctionEnvironment
{
    public static IReadOnlyDictionary<string, string> Of(
        AiopsParameters parameters, AiopsNames names, Stores stores, TriggerQueues queues, Switches switches,
        Secret webhookSecret, KnowledgeBase? knowledge)
    {
        Dictionary<string, string> environment = new()
        {
            ["AIOPS_ENVIRONMENT"] = parameters.Environment,
            ["AIOPS_TABLE"] = stores.Incidents.TableName,
            ["AIOPS_CHANGES_TABLE"] = stores.Changes.TableName,
            ["AIOPS_DOCUMENTS_BUCKET"] = stores.Documents.BucketName,
            ["AIOPS_KNOWLEDGE_BUCKET"] = stores.Knowledge.BucketName,
            ["AIOPS_KNOWLEDGE_BASE_ID"] = knowledge?.Id ?? "",
            ["AIOPS_DATA_SOURCE_ID"] = knowledge?.DataSourceId ?? "",
            ["AIOPS_INCIDENT_STATE_MACHINE"] = names.StateMachineArn(WorkflowGrants.Incident),
            ["AIOPS_REVIEW_STATE_MACHINE"] = names.StateMachineArn(WorkflowGrants.Review),
            ["AIOPS_URGENT_QUEUE_URL"] = queues.Urgent.Queue.QueueUrl,
            ["AIOPS_ROUTINE_QUEUE_URL"] = queues.Routine.Queue.QueueUrl,
            ["AIOPS_URGENT_DEAD_LETTERS_URL"] = queues.Urgent.DeadLetters.QueueUrl,
            ["AIOPS_ROUTINE_DEAD_LETTERS_URL"] = queues.Routine.DeadLetters.QueueUrl,
            ["AIOPS_SETTLE_SECONDS"] = $"{(int)parameters.Settle.TotalSeconds}",
            ["AIOPS_MAX_ROUNDS"] = $"{parameters.MaxRounds}",
            ["AIOPS_LOG_GROUPS"] = string.Join(',', parameters.LogGroups),
            ["AIOPS_WATCHED_SERVICES"] = string.Join(',', parameters.WatchedServices),
            ["AIOPS_WEBHOOK_SECRET"] = webhookSecret.SecretArn,
            ["AIOPS_MAINTENANCE_PARAMETER"] = switches.Maintenance.ParameterName,
            ["AIOPS_MUTE_PARAMETER"] = switches.Mute.ParameterName,
            ["AIOPS_APPLICATION_SIGNALS_CHANGES"] = parameters.ApplicationSignalsChanges ? "true" : "",
            ["AIOPS_CONFIG_CHANGES"] = parameters.ConfigChanges ? "true" : "",
            ["AIOPS_TICKETS_SETTINGS"] = parameters.Tickets?.Settings ?? "",
            ["AIOPS_OWN_ALARM_PREFIX"] = parameters.OwnAlarmPrefix,
        };
        return environment.Where(pair => pair.Value.Length > 0).ToDictionary(pair => pair.Key, pair => pair.Value);
    }
}
