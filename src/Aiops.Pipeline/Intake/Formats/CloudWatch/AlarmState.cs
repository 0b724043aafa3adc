namespace Aiops.Pipeline.Intake.Formats.CloudWatch;

/// <summary>The three states of an alarm, and what they mean to us.</summary>
internal static class AlarmState
{
    public const string Expected = "OK, ALARM or INSUFFICIENT_DATA";

    private const string Creation = "Unchecked: Initial alarm creation";

    /// <summary>Null for a word that is no state.</summary>
    /// <param name="reason">Of this state.</param>
    /// <param name="previousReason">Of the state before, when it is said.</param>
    public static TriggerCondition? Condition(string? state, string? reason, string? previousReason)
    {
        // The first state after an alarm was made is no recovery: nothing was wrong before it was watched.
        var created = IsCreation(reason) || IsCreation(previousReason);
        return state?.Trim().ToUpperInvariant() switch
        {
            "ALARM" => TriggerCondition.Firing,
            "OK" => created ? TriggerCondition.Informational : TriggerCondition.Resolved,
            "INSUFFICIENT_DATA" => created ? TriggerCondition.Informational : TriggerCondition.Unknown,
            _ => null,
        };
    }

    private static bool IsCreation(string? reason) => reason?.StartsWith(Creation, StringComparison.OrdinalIgnoreCase) == true;
}
