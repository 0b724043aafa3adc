using System.Xml.Linq;
using Aiops.Ask.Charts;
using Aiops.Ask.Sql;

namespace Aiops.Ask.Tests.Charts;

public sealed class ChartTests
{
    private static readonly AnswerColumn Time = new("time", "TIMESTAMP");
    private static readonly AnswerColumn Name = new("service", "VARCHAR");
    private static readonly AnswerColumn Count = new("n", "BIGINT");

    [Fact]
    public void Names_with_figures_are_bars_one_a_row()
        => Marks(Chart.Draw("Lost", [Name, Count], [["checkout", 5L], ["payments", 0L]], null)!, "rect", "f0").ShouldBe(2);

    [Fact]
    public void Times_with_figures_are_a_line()
        => Marks(Chart.Draw("Lost", [Time, Count], Hours(5), null)!, "path", "l c0").ShouldBe(1);

    [Fact]
    public void Times_with_names_are_a_line_each()
    {
        var svg = Chart.Draw("Lost", [Time, Name, Count], [.. Hours(4).SelectMany(row => new[] { "a", "b" }.Select(name => new[] { row[0], name, row[1] }))], null)!;
        (Marks(svg, "path", "l c0"), Marks(svg, "path", "l c1")).ShouldBe((1, 1));
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(31, false)]
    public void More_bars_than_thirty_are_not_drawn(int rows, bool drawn)
        => (Chart.Draw("Lost", [Name, Count], [.. Enumerable.Range(0, rows).Select(i => new object?[] { $"s{i}", 1L })], null) is not null).ShouldBe(drawn);

    [Fact]
    public void What_has_no_figure_or_no_rows_is_not_drawn()
    {
        Chart.Draw("Lost", [Name], [["a"]], null).ShouldBeNull();
        Chart.Draw("Lost", [Name, Name], [["a", "b"]], null).ShouldBeNull();
        Chart.Draw("Lost", [Name, Count], [], null).ShouldBeNull();
        Chart.Draw("Lost", [Name, Count], [["a", 1L]], "none").ShouldBeNull();
    }

    [Theory]
    [InlineData("</text><script>alert(1)</script>")]
    [InlineData("a\u0001b\uFFFE & <\"'>")]
    [InlineData("\uD800 half a letter")]
    public void Any_text_leaves_a_well_formed_drawing(string text)
    {
        foreach (var svg in (string?[])[Chart.Draw(text, [Name, Count], [[text, 1L]], null), Chart.Draw(text, [Time, Count], Hours(3), null)])
        {
            XDocument.Parse(svg!).Descendants().ShouldNotContain(element => element.Name.LocalName == "script");
        }
    }

    [Fact]
    public void Figures_of_any_size_are_drawn()
        => XDocument.Parse(Chart.Draw("Wide", [Name, new AnswerColumn("x", "DOUBLE")], [["a", -1e300], ["b", 1e-300], ["c", null], ["d", double.NaN], ["e", 1e300]], null)!).Root.ShouldNotBeNull();

    private static List<object?[]> Hours(int count) => [.. Enumerable.Range(0, count).Select(i => new object?[] { new DateTime(2026, 3, 1, i, 0, 0), (long)i })];

    private static int Marks(string svg, string element, string style)
        => XDocument.Parse(svg).Descendants().Count(one => one.Name.LocalName == element && (string?)one.Attribute("class") == style);
}
