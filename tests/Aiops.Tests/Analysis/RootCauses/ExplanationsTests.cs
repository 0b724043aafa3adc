using Aiops.Analysis.RootCauses;
using Aiops.Analysis.Topology;

namespace Aiops.Tests.Analysis.RootCauses;

public class ExplanationsTests
{
    [Theory]
    [InlineData("shop", "bank", true)]
    [InlineData("shop", "users", false)]
    [InlineData("bank", "shop", false)]
    [InlineData("front", "bank", null)] // The one that it calls was never seen.
    [InlineData("shop", "front", null)]
    [InlineData("shop", "mail", null)]  // Not in the graph.
    public void What_depends_on_what_is_unknown_where_no_call_is_known(string from, string to, bool? expected)
    {
        Call[] calls = [new("shop", "cart"), new("cart", "bank"), new("login", "users")];
        var graph = new ServiceGraph([new Component("front")], calls);
        var explanations = new Explanations(graph, new Dictionary<string, ComponentEvidence>(), TimeSpan.Zero);
        explanations.DependsOn(from, to).ShouldBe(expected);
    }
}
