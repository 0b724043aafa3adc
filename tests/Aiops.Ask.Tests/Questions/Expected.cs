using System.Globalization;
using Aiops.Ask.Questions;

namespace Aiops.Ask.Tests.Questions;

/// <summary>Rows counted in C#, and their comparison with an answer's.</summary>
public static class Expected
{
    public static List<object?[]> Rows<T>(IEnumerable<T> items, Func<T, object?[]> row) => [.. items.Select(row)];

    /// <summary>As quantile_cont has it: between two samples by their distance.</summary>
    public static double Quantile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        var place = (sorted.Length - 1) * share;
        var below = (int)Math.Floor(place);
        return below + 1 < sorted.Length ? sorted[below] + ((sorted[below + 1] - sorted[below]) * (place - below)) : sorted[below];
    }

    public static DateTime Hour(DateTime time) => time.Date.AddHours(time.Hour);

    public static DateTime Month(DateTime time) => new(time.Year, time.Month, 1);

    public static double? Mean(IEnumerable<double> values) => values.Select(value => (double?)value).Average();

    public static void ShouldHave(this Answer answer, IReadOnlyList<object?[]> rows)
    {
        var answered = answer.ShouldBeOfType<Answer.Answered>(answer.ToString());
        answered.Rows.Count.ShouldBe(rows.Count, answered.Sql);
        for (var i = 0; i < rows.Count; i++)
        {
            answered.Rows[i].Select(Text).ShouldBe(rows[i].Select(Text), $"row {i} of {answered.Sql}");
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "null",
        double real => Math.Round(real, 6).ToString("0.######", CultureInfo.InvariantCulture),
        int whole => whole.ToString(CultureInfo.InvariantCulture),
        DateTime time => time.ToString("s"),
        DateOnly day => day.ToDateTime(default).ToString("s"),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
