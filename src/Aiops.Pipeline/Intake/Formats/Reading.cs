using System.Text.Json;

namespace Aiops.Pipeline.Intake.Formats;

/// <summary>What a format's reader made of an event: a trigger, or the problem that prevents one.</summary>
internal readonly record struct Reading
{
    private Reading(Trigger? trigger, string? problem) => (Trigger, Problem) = (trigger, problem);

    public Trigger? Trigger { get; }

    public string? Problem { get; }

    public static implicit operator Reading(Trigger trigger) => new(trigger, null);

    public static Reading Failed(string problem) => new(null, problem);

    /// <summary>A required member is missing or of a wrong kind.</summary>
    public static Reading Expected(string path, string what, JsonElement found)
        => new(null, $"{path}: expected {what}, found {found.Describe()}");
}
