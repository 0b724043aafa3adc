using Aiops.Analysis.RootCauses;
using Aiops.Analysis.Traces;

namespace Aiops.Tests.Analysis.RootCauses;

public class LinkEvidenceTests
{
    [Fact]
    public void Where_all_calls_to_a_component_wait_it_is_that_component()
        => Strongest([Link("shop", "stock", 3, 400), Link("cart", "stock", 3, 400), Link("shop", "price", 3, 3), Link("cart", "price", 3, 3)])
            .ShouldBe(("stock", 1));

    [Fact]
    public void Where_all_calls_from_a_component_wait_it_is_that_component()
        => Strongest([Link("shop", "stock", 3, 400), Link("shop", "price", 3, 400), Link("cart", "stock", 3, 3), Link("cart", "price", 3, 3)])
            .ShouldBe(("shop", 1));

    [Fact]
    public void One_link_alone_speaks_more_of_the_callee()
    {
        var findings = LinkEvidence.Of([Link("shop", "stock", 3, 400)]).ToDictionary(finding => finding.Component, finding => finding.Weight);
        findings["stock"].ShouldBeGreaterThan(findings["shop"]);
        findings["shop"].ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(300, 310)] // By less than a fifth.
    [InlineData(0.2, 0.9)] // By less than a millisecond.
    [InlineData(0, 400)]   // Never measured before.
    public void A_rise_too_small_or_beyond_comparison_says_nothing(double before, double during)
        => LinkEvidence.Of([Link("shop", "stock", before, during)]).ShouldBeEmpty();

    private static (string, double) Strongest(IReadOnlyList<OperationShift> operations)
    {
        var strongest = LinkEvidence.Of(operations).OfType<Finding.CallersWait>().MaxBy(finding => finding.Weight)!;
        return (strongest.Component, strongest.Share);
    }

    private static OperationShift Link(string caller, string callee, double before, double during)
        => new(callee, "GET /", caller, Waits(before), Waits(during));

    private static OperationStatistics Waits(double gap) => new(40, 0, 5, 5, 9) { GapMedian = gap, GapSpread = gap / 10, SelfTimeSpread = 1 };
}
