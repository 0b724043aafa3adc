using System.Text.Json;

namespace Aiops.Pipeline.Intake.Formats;

/// <summary>When a state began: what the event says, else what its envelope says, and then the reason owns up to it.</summary>
/// <param name="Note">To be added to the trigger's reason; null when the event said it itself.</param>
internal readonly record struct OccurredAt(DateTimeOffset Time, string? Note)
{
    /// <param name="path">Where the time stands, for the problem's text.</param>
    public static OccurredAt? From(JsonElement said, string path, Delivery delivery, out Reading problem)
    {
        problem = default;
        if (EventTime.Read(said, out var outOfRange) is { } time)
        {
            return new OccurredAt(time, null);
        }

        if (outOfRange)
        {
            problem = Reading.Expected(path, $"a time in the years {EventTime.FirstYear} to {EventTime.LastYear}", said);
            return null;
        }

        if (delivery.Time is { } sent)
        {
            return new OccurredAt(sent, $"[{path} is {said.Describe()}: the time is that of the envelope]");
        }

        problem = Reading.Expected(path, "a time such as 2026-03-14T10:17:36.441+0000 (and no envelope says one)", said);
        return null;
    }

    /// <summary>The sender's reason, with the note when there is one.</summary>
    public string? Explain(string? reason) => Note is null ? reason : reason is null ? Note : $"{reason} {Note}";
}
