namespace Aiops.Pipeline.Intake.Formats.Webhook;

/// <summary>The words in which monitoring systems tell their states; what is not among them is refused, not guessed.</summary>
internal static class StateWords
{
    public const string Expected = "firing, alarm, open, … or resolved, ok, closed, … or unknown, or info (events/README.md lists them)";

    public static TriggerCondition? Read(string? word) => word?.Trim().ToLowerInvariant().Replace('-', '_').Replace(' ', '_') switch
    {
        "firing" or "alarm" or "alert" or "alerting" or "open" or "opened" or "active" or "activated" or "created" or "updated"
            or "triggered" or "trigger" or "problem" or "critical" or "error" or "warning" or "warn" or "down" or "failed"
            or "failing" or "unhealthy" or "new" => TriggerCondition.Firing,
        "resolved" or "resolve" or "ok" or "closed" or "close" or "recovered" or "recovery" or "normal" or "up" or "healthy"
            or "inactive" or "cleared" or "deactivated" => TriggerCondition.Resolved,
        "unknown" or "no_data" or "nodata" or "insufficient_data" or "pending" or "paused" => TriggerCondition.Unknown,
        "info" or "informational" or "acknowledged" or "test" => TriggerCondition.Informational,
        _ => null,
    };
}
