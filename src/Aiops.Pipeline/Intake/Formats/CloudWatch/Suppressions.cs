using System.Text.Json;

namespace Aiops.Pipeline.Intake.Formats.CloudWatch;

/// <summary>CloudWatch tells of a change even when its own actions are muted or suppressed; whoever listens has to check.</summary>
internal static class Suppressions
{
    /// <param name="detail">With <c>muteDetail</c>, <c>state</c> and <c>configuration</c>.</param>
    public static Suppression? From(JsonElement detail, DateTimeOffset since)
        => Muted(detail.Member("muteDetail")) ?? Suppressed(detail.Member("state"), detail.Member("configuration"), since);

    private static Suppression? Muted(JsonElement mute)
    {
        if (mute.ValueKind != JsonValueKind.Object)
        {
            return null; // Disturbing someone is the smaller mistake.
        }

        var arn = mute.Text("mutedByArn");
        return new Suppression(
            arn ?? "alarm mute rule",
            $"muted by the alarm mute rule {Arn.Parse(arn)?.Name ?? "(not named)"}",
            EventTime.Read(mute.Member("muteWindowEnd")));
    }

    /// <summary>The documentation differs on the words (Alarm, AlarmSuppressor), so any is taken.</summary>
    private static Suppression? Suppressed(JsonElement state, JsonElement configuration, DateTimeOffset since)
    {
        if (state.Text("actionsSuppressedBy") is not { } by)
        {
            return null;
        }

        var lasts = by switch
        {
            "WaitPeriod" => Signals.Seconds(configuration.Number("actionsSuppressorWaitPeriod")),
            "ExtensionPeriod" => Signals.Seconds(configuration.Number("actionsSuppressorExtensionPeriod")),
            _ => null,
        };
        var suppressor = configuration.Text("actionsSuppressor") is { } alarm ? $" (suppressor {alarm})" : "";
        var reason = state.Text("actionsSuppressedReason") ?? $"actions suppressed by {by}";
        return new Suppression(by, reason + suppressor, since + lasts);
    }
}
