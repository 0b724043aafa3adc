namespace Aiops.Console;

/// <summary>The pages in the bar at the top, in its order; a page that its viewer may not open isn't there.</summary>
internal static class ConsoleNavigation
{
    private static readonly NavigationItem[] All =
    [
        new("Incidents", "/incidents"),
        new("Actions", "/actions") { MayOpen = viewer => viewer.MayPropose },
        new("Knowledge", "/knowledge"),
        new("Questions", "/questions"),
        new("Queue", "/queue"),
        new("Accuracy", "/accuracy"),
    ];

    public static IEnumerable<NavigationItem> For(Viewer viewer) => All.Where(item => item.MayOpen(viewer));
}

/// <param name="Path">Also the page's own address.</param>
internal sealed record NavigationItem(string Title, string Path)
{
    /// <summary>Readers may open a page unless it says otherwise.</summary>
    public Func<Viewer, bool> MayOpen { get; init; } = _ => true;
}
