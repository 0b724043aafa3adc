using System.Globalization;

namespace Aiops.Cli.Output;

/// <summary>Durations as people say them: one unit, rounded down.</summary>
internal static class Ages
{
    public static string ForPeople(TimeSpan age) => age switch
    {
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalMilliseconds:0} ms"),
        { TotalMinutes: < 1 } => $"{(int)age.TotalSeconds} s",
        { TotalHours: < 1 } => $"{(int)age.TotalMinutes} min",
        { TotalDays: < 1 } => $"{(int)age.TotalHours} h",
        _ => $"{(int)age.TotalDays} d",
    };
}
