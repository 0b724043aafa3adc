using Aiops.Analysis;

namespace Aiops.Aws.XRay;

/// <summary>X-Ray answers for six hours at a time.</summary>
internal static class XRayWindows
{
    public static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    /// <summary>Newest first, so that what ends early has the incident.</summary>
    public static IEnumerable<TimeWindow> Of(TimeWindow window)
    {
        for (var end = window.End; end > window.Start; end -= Longest)
        {
            yield return new TimeWindow(end - Longest > window.Start ? end - Longest : window.Start, end);
        }
    }
}
