using System.Xml.Linq;
using Aiops.Pipeline.Evaluate;

namespace Aiops.Tests.Pipeline.Evaluate;

public sealed class LearningCurveTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(500)]
    public void A_curve_of_any_length_is_a_document_that_asks_for_nothing_from_outside(int points)
    {
        var report = new EvaluationReport(points, [], [.. Enumerable.Range(1, points).Select(i => new CurvePoint(i, 0.5, 0.5 + (0.4 * i / points)))]);
        var svg = XDocument.Parse(LearningCurve.Render(report));
        svg.Root!.Name.LocalName.ShouldBe("svg");
        svg.Descendants().SelectMany(element => element.Attributes()).ShouldAllBe(attribute => attribute.IsNamespaceDeclaration || !attribute.Value.Contains("://"));
        svg.Descendants().Count(element => element.Name.LocalName == "path" && element.Attribute("stroke-width")!.Value == "2").ShouldBe(points == 0 ? 0 : 2);
    }
}
