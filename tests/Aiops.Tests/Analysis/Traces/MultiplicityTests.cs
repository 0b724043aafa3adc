using Aiops.Analysis.Traces;

namespace Aiops.Tests.Analysis.Traces;

public class MultiplicityTests
{
    [Fact]
    public void What_could_never_come_out_is_not_counted()
        => Multiplicity.NatsOf([9, 9, 9, .. Enumerable.Repeat(1.0, 1_000)], each: 4).ShouldBe(Math.Log(3 * 4), 1e-12);

    [Fact]
    public void Where_all_could_come_out_all_are_counted()
        => Multiplicity.NatsOf(Enumerable.Repeat(50.0, 200), each: 6).ShouldBe(Math.Log(200 * 6), 1e-12);

    [Fact]
    public void Counting_more_lets_some_fall_out_again()
        => Multiplicity.NatsOf([.. Enumerable.Repeat(2.0, 100)], each: 1).ShouldBe(Math.Log(8), 1e-12); // Just above 2.

    [Fact]
    public void Nothing_to_compare_costs_its_repetitions_alone() => Multiplicity.NatsOf([], each: 6).ShouldBe(Math.Log(6), 1e-12);
}
