namespace Aiops.Pipeline.Comment.Report;

/// <summary>Time along a drawing, in Unix milliseconds, with ticks where clocks have them.</summary>
internal readonly record struct TimeAxis(long Start, long End, double Left, double Right)
{
    private static readonly TimeSpan[] Steps =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(15),
        TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(3), TimeSpan.FromHours(6),
        TimeSpan.FromHours(12), TimeSpan.FromDays(1), TimeSpan.FromDays(2), TimeSpan.FromDays(7), TimeSpan.FromDays(28),
    ];

    public double X(long time) => End == Start ? Left : Left + ((Right - Left) * (time - Start) / (End - Start));

    /// <summary>At most so many ticks; each with its label, as date where the stretch is of days.</summary>
    public IEnumerable<(double X, string Label)> Ticks(int most)
    {
        var length = End - Start;
        var wanted = Steps.FirstOrDefault(step => length / (long)step.TotalMilliseconds < most);
        var step = (long)(wanted == default ? TimeSpan.FromMilliseconds(Math.Max(1, length / most)) : wanted).TotalMilliseconds;
        for (var tick = (Start + step - 1) / step * step; tick <= End; tick += step)
        {
            var time = DateTimeOffset.FromUnixTimeMilliseconds(tick);
            yield return (X(tick), step >= 86_400_000 ? $"{time:d MMM}" : $"{time:HH:mm}");
        }
    }
}
