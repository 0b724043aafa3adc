namespace Aiops.Pipeline.Intake.Deciding;

/// <summary>Figures as the sentences of a decision write them.</summary>
internal static class Sentences
{
    public static string Of(TimeSpan span) => span switch
    {
        { TotalSeconds: < 1 } => "less than a second",
        { TotalMinutes: < 2 } => $"{span.TotalSeconds:0} s",
        { TotalHours: < 2 } => $"{span.TotalMinutes:0.#} min",
        { TotalDays: < 2 } => $"{span.TotalHours:0.#} h",
        _ => $"{span.TotalDays:0.#} days",
    };

    public static string Of(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'");
}
