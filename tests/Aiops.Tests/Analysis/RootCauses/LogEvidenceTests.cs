using Aiops.Analysis.LogPatterns;
using Aiops.Analysis.RootCauses;
using Aiops.Analysis.Topology;

namespace Aiops.Tests.Analysis.RootCauses;

/// <summary>Which callees a caller's new error names.</summary>
public class LogEvidenceTests
{
    [Theory]
    [InlineData("orders")]
    [InlineData("no answer from orders")]
    [InlineData("POST http://Orders:8080/pay failed")]
    [InlineData("lookup orders.shop.svc: no such host")]
    [InlineData("GET /orders/17 timed out")]
    [InlineData("reorders orders of today")]    // Not the first time that the letters come.
    [InlineData("orders- gave up")]
    [InlineData("retry --orders")]
    [InlineData("pod orders-6d5f7c9b8d-x2x4q is not ready")]
    [InlineData("pod orders-0 is not ready")]
    public void A_line_names_a_component_as_a_word_of_its_own_or_by_a_pod(string line) => Named(line).ShouldBe(["orders"]);

    [Theory]
    [InlineData("reorders")]
    [InlineData("orders2 is down")]
    [InlineData("orders_db is down")]
    [InlineData("old_orders is down")]
    [InlineData("orders-db is down")]           // Whether anybody knows it or not.
    [InlineData("orders-db-0 is down")]
    [InlineData("old-orders is down")]
    [InlineData("orders-6d5f7c9b8d is down")]   // No pod's.
    [InlineData("orders-6d5f7c9b8d-x2x4qq is down")]
    [InlineData("")]
    public void Part_of_a_longer_name_names_nothing(string line) => Named(line).ShouldBeEmpty();

    [Fact]
    public void What_looks_like_a_pod_but_is_known_as_a_component_is_that_component()
    {
        Named("no answer from orders-0", "orders", "orders-0").ShouldBe(["orders-0"]);
        Named("no answer from orders-1", "orders", "orders-0").ShouldBe(["orders"]);
        Named("no answer from orders-db:5432", "orders", "orders-db").ShouldBe(["orders-db"]);
    }

    private static IEnumerable<string> Named(string line, params string[] callees)
    {
        var shift = new LogPatternShift("web", "1", line, "ERROR", 0, 40, null, line) { Trend = LogPatternTrend.New, Significance = 12 };
        var calls = (callees.Length == 0 ? ["orders"] : callees).Select(callee => new Call("web", callee));
        return LogEvidence.Of(shift, new ServiceGraph([], calls)).OfType<Finding.NamedInLogs>().Select(finding => finding.Component);
    }
}
