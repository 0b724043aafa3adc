namespace Aiops.Pipeline.Intake.Maintenance;

/// <summary>The windows in which people don't want to be disturbed by what they are changing themselves.</summary>
public sealed class MaintenanceWindows(IReadOnlyList<MaintenanceWindow> windows)
{
    public static MaintenanceWindows None { get; } = new([]);

    public IReadOnlyList<MaintenanceWindow> All { get; } = windows;

    /// <summary>The window that covers the trigger at that instant; of several the one that ends last. Null where none does.</summary>
    public Suppression? Find(string scope, Trigger trigger, DateTimeOffset at)
    {
        Suppression? longest = null;
        foreach (var window in All)
        {
            if (window.EndOf(at) is { } end && (longest is null || end > longest.Until) && window.Match.Covers(scope, trigger))
            {
                longest = new Suppression(window.Id, window.Reason, end);
            }
        }

        return longest;
    }
}

/// <summary>One window: once from start to end, or every week.</summary>
public sealed record MaintenanceWindow(string Id, string Reason, WindowMatch Match, IWindowTime Time)
{
    /// <summary>The end of the occurrence that covers the instant; null where none does.</summary>
    public DateTimeOffset? EndOf(DateTimeOffset at) => Time.EndOf(at);
}

/// <summary>When a window is open. Its start is included, its end is not.</summary>
public interface IWindowTime
{
    /// <inheritdoc cref="MaintenanceWindow.EndOf"/>
    DateTimeOffset? EndOf(DateTimeOffset at);
}

/// <summary>Once.</summary>
public sealed record OneTime(DateTimeOffset Start, DateTimeOffset End) : IWindowTime
{
    public DateTimeOffset? EndOf(DateTimeOffset at) => at >= Start && at < End ? End : null;
}

/// <summary>Every week on these days, in UTC. One that ends at or before its start ends on the day after.</summary>
public sealed record Weekly(IReadOnlyList<DayOfWeek> Days, TimeOnly From, TimeOnly Until) : IWindowTime
{
    public DateTimeOffset? EndOf(DateTimeOffset at)
    {
        var length = Until > From ? Until - From : TimeSpan.FromDays(1) - (From.ToTimeSpan() - Until.ToTimeSpan());
        var today = new DateTimeOffset(at.UtcDateTime.Date, TimeSpan.Zero);
        foreach (var day in (ReadOnlySpan<DateTimeOffset>)[today, today.AddDays(-1)])
        {
            var start = day + From.ToTimeSpan();
            if (Days.Contains(day.DayOfWeek) && at >= start && at < start + length)
            {
                return start + length;
            }
        }

        return null;
    }
}

/// <summary>What a window covers: every criterion that is given must hold, and of a list one entry.</summary>
public sealed record WindowMatch
{
    /// <summary>Correlation scopes: account ids, or <c>local</c>.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Components, <c>*</c> and <c>?</c> as in file names; letter case doesn't matter.</summary>
    public IReadOnlyList<string> Components { get; init; } = [];

    /// <summary>The alarm's title, as a pattern like those of components.</summary>
    public string? Title { get; init; }

    /// <summary>Tags that the trigger must bear; values are patterns.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public bool Covers(string scope, Trigger trigger)
        => (Scopes.Count == 0 || Scopes.Contains(scope))
        && (Components.Count == 0 || (trigger.Component is { } component && Components.Any(pattern => Fits(pattern, component))))
        && (Title is null || Fits(Title, trigger.Title))
        && Tags.All(tag => trigger.Tags.TryGetValue(tag.Key, out var value) && Fits(tag.Value, value));

    private static bool Fits(string pattern, string text)
        => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: true);
}
