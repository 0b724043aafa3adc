using System.Globalization;
using System.Text;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Maintenance;
using Microsoft.Extensions.Logging;

namespace Aiops.Aws.SystemsManager;

/// <summary>
/// Intake's rules with what operators have set: maintenance windows, the mute switch, and our own alarms, which never come in.
/// Read again after a minute.
/// </summary>
/// <remarks>
/// A setting that can't be read or understood leaves the one of before, or none, in force and says so: alarms must not wait
/// for it, and waking somebody is better than muting by mistake.
/// </remarks>
public sealed partial class RulesInForce(AwsHostSettings settings, IParameters parameters, TimeProvider time, ILogger<RulesInForce> logger)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);

    /// <summary>A window without an end: it is looked at again whenever it would end, and is in force then as well.</summary>
    private static readonly TimeSpan OpenEnd = TimeSpan.FromDays(1);

    private MaintenanceWindows maintenance = MaintenanceWindows.None;
    private DateTimeOffset? mutedUntil;
    private DateTimeOffset askAgainAt = DateTimeOffset.MinValue;

    public async Task<IntakeRules> CurrentAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now >= askAgainAt)
        {
            askAgainAt = now + KeptFor;
            await ReadAsync(cancellationToken);
        }

        return IntakeRules.Default with { Maintenance = new MaintenanceWindows([.. maintenance.All, .. StandingWindows(now)]) };
    }

    private IEnumerable<MaintenanceWindow> StandingWindows(DateTimeOffset now)
    {
        if (mutedUntil is { } until && until > now)
        {
            // From ever: what happened before the switch was thrown and comes now is muted as well.
            yield return new MaintenanceWindow("mute-switch", $"everything is muted until {until:u}", new WindowMatch(), new OneTime(DateTimeOffset.MinValue, until));
        }

        if (settings.OwnAlarmPrefix is { } prefix)
        {
            yield return new MaintenanceWindow(
                "own-alarms", "the system's own alarms go to people directly", new WindowMatch { Title = $"{prefix}*" },
                new OneTime(DateTimeOffset.MinValue, now + OpenEnd));
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        string[] names = [.. new[] { settings.MaintenanceParameter, settings.MuteParameter }.OfType<string>()];
        if (names.Length == 0)
        {
            return;
        }

        try
        {
            var found = await parameters.GetAsync(names, cancellationToken);
            maintenance = WindowsOf(settings.MaintenanceParameter is { } one ? found.GetValueOrDefault(one) : null);
            mutedUntil = MuteOf(settings.MuteParameter is { } other ? found.GetValueOrDefault(other) : null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogUnread(e, string.Join(", ", names));
        }
    }

    private MaintenanceWindows WindowsOf(string? text)
    {
        try
        {
            return string.IsNullOrWhiteSpace(text)
                ? MaintenanceWindows.None
                : MaintenanceWindowsFile.Read(settings.MaintenanceParameter!, Encoding.UTF8.GetBytes(text));
        }
        catch (MaintenanceWindowsException e)
        {
            LogUnread(e, settings.MaintenanceParameter!);
            return maintenance;
        }
    }

    private DateTimeOffset? MuteOf(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || string.Equals(text.Trim(), "off", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (DateTimeOffset.TryParse(text.Trim(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until))
        {
            return until;
        }

        LogNoTime(settings.MuteParameter!, text);
        return mutedUntil;
    }

    [LoggerMessage(LogLevel.Error, "What operators set in {Parameters} could not be used; the rules of before stay in force")]
    private partial void LogUnread(Exception exception, string parameters);

    [LoggerMessage(LogLevel.Error, "{Parameter} holds \"{Text}\", which is neither off nor a time; nothing is muted by it")]
    private partial void LogNoTime(string parameter, string text);
}
