using Aiops.Pipeline.Intake.Formats.Envelopes;

namespace Aiops.Pipeline.Intake.Formats.Aws;

/// <summary>
/// The progress of an investigation by AWS DevOps Agent: a second opinion on a fault that something else reports, so it
/// opens nothing. The status keeps the sender's spelling: events write CANCELLED, the API CANCELED.
/// </summary>
internal static class DevOpsAgentEvent
{
    public static Reading Read(EventBridgeEvent message)
    {
        var metadata = message.Detail.Member("metadata");
        var data = message.Detail.Member("data");
        if (metadata.Scalar("task_id") is not { } task)
        {
            return Reading.Expected("$.detail.metadata.task_id", "the task's id", metadata.Member("task_id"));
        }

        if (OccurredAt.From(
            data.Member("updated_at", "created_at"), "$.detail.data.updated_at", message.Delivery, out var problem)
                is not { } occurred)
        {
            return problem;
        }

        var state = data.Text("status") ?? message.Type;
        var tags = new Dictionary<string, string>();
        foreach (var (name, value) in new[]
        {
            ("agent_space_id", metadata.Scalar("agent_space_id")), ("execution_id", metadata.Scalar("execution_id")),
            ("task_type", data.Scalar("task_type")), ("summary_record_id", data.Scalar("summary_record_id")),
        })
        {
            if (value is not null)
            {
                tags[name] = value;
            }
        }

        return new Trigger
        {
            Source = TriggerSource.DevOpsAgent,
            SourceId = message.Delivery.MessageId ?? $"{task}|{state}|{occurred.Time:O}",
            Subject = task,
            State = state,
            Condition = TriggerCondition.Informational,
            OccurredAt = occurred.Time,
            Title = $"DevOps Agent: {message.Type} ({task})",
            Reason = occurred.Explain(null),
            Account = message.Delivery.Account,
            Region = message.Delivery.Region,
            SeverityHint = SeverityWords.Read(data.Text("priority")),
            Tags = tags,
        };
    }
}
