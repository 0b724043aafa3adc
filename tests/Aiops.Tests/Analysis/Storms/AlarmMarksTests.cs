using Aiops.Analysis.Storms;

namespace Aiops.Tests.Analysis.Storms;

public class AlarmMarksTests
{
    [Theory]
    [InlineData("shop-checkout-5xx", "checkout,shop")]
    [InlineData("ShopCheckoutAPILatencyHigh", "checkout,shop")]
    [InlineData("prod_orders-db_CPUUtilization > 90", "orders")]
    [InlineData("svc-17", "")]
    [InlineData("checkout12", "checkout")]
    [InlineData("", "")]
    [InlineData(null, "")]
    [InlineData("---", "")]
    [InlineData("Überwachung Größe", "größe,überwachung")]
    public void Words_are_those_that_say_which_system_it_is(string? name, string expected)
        => string.Join(',', AlarmWords.In(name)).ShouldBe(expected);

    [Fact]
    public void A_long_sentence_gives_a_few_words()
        => AlarmWords.In(string.Join(' ', Enumerable.Range(0, 500).Select(i => $"w{(char)('a' + i % 26)}{(char)('a' + i / 26)}x"))).Count().ShouldBeLessThanOrEqualTo(12);

    [Fact]
    public void The_same_metric_of_another_system_is_alike_in_part_only()
        => AlarmMarks.Similarity(Of("shop-cart", "Errors"), Set(Of("bank-ledger", "Errors"))).ShouldBe(0.4, 1e-9);

    [Fact]
    public void Words_count_by_the_part_that_is_known()
    {
        AlarmMarks.Similarity(Of("shop-cart", null), Set(Of("shop-checkout", null))).ShouldBe(0.3, 1e-9);
        AlarmMarks.Similarity(Of("shop-1", null), Set(Of("shop-2", null))).ShouldBe(0.6, 1e-9);
        AlarmMarks.Similarity(Of("shop-1", "Errors"), Set(Of("shop-2", "Errors"))).ShouldBe(1, 1e-9);
        AlarmMarks.Similarity(Of("svc-1", null), Set(Of("svc-2", null))).ShouldBe(0);
    }

    [Fact]
    public void A_shared_resource_counts_as_the_whole_name_and_a_broad_one_as_nothing()
    {
        AlarmMarks.Similarity(Of("cart", null, ("LoadBalancer", "app/x/1")), Set(Of("ledger", null, ("LoadBalancer", "app/x/1")))).ShouldBe(0.6, 1e-9);
        AlarmMarks.Similarity(Of("cart", null, ("ClusterName", "main")), Set(Of("ledger", null, ("ClusterName", "main")))).ShouldBe(0);
    }

    private static IReadOnlyList<string> Of(string component, string? metric, params (string Name, string Value)[] dimensions)
        => AlarmMarks.Of(new AlarmMarks.Subject(component, "alarm", null, "AWS/X", metric, dimensions.ToDictionary(d => d.Name, d => d.Value), new Dictionary<string, string>()));

    private static HashSet<string> Set(IReadOnlyList<string> marks) => [.. marks];
}
