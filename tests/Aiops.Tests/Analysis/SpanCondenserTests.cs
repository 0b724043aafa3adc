using Aiops.Analysis.Telemetry;
using Aiops.Analysis.Topology;
using Aiops.Analysis.Traces;

namespace Aiops.Tests.Analysis;

public class SpanCondenserTests
{
    [Fact]
    public void Self_time_is_the_duration_less_what_children_cover()
    {
        var condenser = Condenser();
        Add(condenser, "t", "a", "", "web", "GET /", 0, 100);
        Add(condenser, "t", "b", "a", "db", "SELECT", 10, 40);
        Add(condenser, "t", "c", "a", "db", "UPDATE", 30, 60); // Overlaps the other by 10 ms.
        var web = condenser.Condense().Single(s => s.Component == "web");
        web.Incident.SelfTimeMedian.ShouldBe(50);
        web.Incident.DurationMedian.ShouldBe(100);
        condenser.Calls.ShouldBe([new Call("web", "db")]);
    }

    [Fact]
    public void A_failure_counts_as_first_where_no_child_failed()
    {
        var condenser = Condenser();
        Add(condenser, "t", "a", "", "web", "GET /", 0, 100, failed: true);
        Add(condenser, "t", "b", "a", "db", "SELECT", 10, 40, failed: true);
        condenser.Condense().Select(s => (s.Component, s.Incident.Failed, s.Incident.FailedFirst)).ShouldBe([("db", 1, 1), ("web", 1, 0)]);
    }

    [Fact]
    public void The_gap_is_what_an_only_caller_waits_beyond_the_callees_own_time()
    {
        var condenser = Condenser();
        Add(condenser, "t", "a", "", "web", "call", 0, 100);
        Add(condenser, "t", "b", "a", "stock", "GET /stock", 30, 40);
        condenser.Condense().Single(s => s.Component == "stock").Incident.GapMedian.ShouldBe(90);
    }

    [Fact]
    public void A_span_that_only_calls_waits_and_does_not_work()
    {
        var condenser = Condenser();
        Add(condenser, "t", "a", "", "web", "GET /", 0, 120);
        Add(condenser, "t", "b", "a", "web", "call", 10, 110);
        Add(condenser, "t", "c", "b", "stock", "GET /stock", 40, 50);
        var operations = condenser.Condense();
        operations.Single(s => s.Operation == "call").Incident.SelfTimeMedian.ShouldBe(0);
        operations.Single(s => s.Operation == "GET /").Incident.SelfTimeMedian.ShouldBe(20);
        operations.Single(s => s.Component == "stock").Incident.GapMedian.ShouldBe(90);
    }

    [Fact]
    public void Order_and_interleaving_do_not_matter()
    {
        var (one, other) = (Condenser(), Condenser());
        Add(one, "t", "a", "", "web", "GET /", 0, 100);
        Add(one, "u", "x", "", "web", "GET /", 5, 50);
        Add(one, "t", "b", "a", "db", "SELECT", 10, 40);
        Add(other, "t", "b", "a", "db", "SELECT", 10, 40);
        Add(other, "t", "a", "", "web", "GET /", 0, 100);
        Add(other, "u", "x", "", "web", "GET /", 5, 50);
        other.Condense().ShouldBe(one.Condense());
    }

    [Fact]
    public void Beyond_the_bound_the_oldest_trace_is_condensed_early()
    {
        var condenser = new SpanCondenser(Samples.Baseline, Samples.Incident, mostHeld: 2);
        Add(condenser, "t", "a", "", "web", "GET /", 0, 100);
        Add(condenser, "u", "x", "", "web", "GET /", 0, 100);
        Add(condenser, "v", "y", "", "web", "GET /", 0, 100);
        Add(condenser, "t", "b", "a", "db", "SELECT", 10, 40); // Too late: its parent is gone.
        condenser.Condense().Single(s => s.Component == "db").Caller.ShouldBe("");
    }

    [Theory]
    [InlineData(3, new[] { "db", "mail" })]
    [InlineData(2, new[] { "db" })]
    public void Operations_beyond_the_bound_and_their_calls_are_left_out(int mostOperations, string[] called)
    {
        var condenser = new SpanCondenser(Samples.Baseline, Samples.Incident, mostOperations: mostOperations);
        Add(condenser, "t", "a", "", "web", "GET /", 0, 100);
        Add(condenser, "t", "b", "a", "db", "SELECT", 10, 40);
        Add(condenser, "t", "c", "a", "mail", "SEND", 50, 60);
        condenser.Condense().Count.ShouldBe(mostOperations);
        condenser.Calls.ShouldBe(called.Select(callee => new Call("web", callee)));
        condenser.LeftOut.ShouldBe(3 - mostOperations);
    }

    [Fact]
    public void Spans_that_end_before_they_start_or_lie_outside_are_left_out()
    {
        var condenser = Condenser();
        Add(condenser, "t", "a", "", "web", "GET /", 10, 0);
        condenser.Add(new Span("t", "b", "", "web", "GET /", 0, 1, false));
        condenser.Condense().ShouldBeEmpty();
        condenser.LeftOut.ShouldBe(2);
    }

    [Fact]
    public void A_span_that_is_its_own_parent_ends()
    {
        var condenser = Condenser();
        Add(condenser, "t", "a", "a", "web", "GET /", 0, 100);
        condenser.Condense().ShouldHaveSingleItem();
    }

    private static SpanCondenser Condenser() => new(Samples.Baseline, Samples.Incident);

    /// <summary>Times in milliseconds from the incident's start.</summary>
    private static void Add(
        SpanCondenser condenser, string trace, string id, string parent, string component, string operation, int from, int to, bool failed = false)
    {
        var start = Samples.Incident.Start.ToUnixTimeMilliseconds();
        condenser.Add(new Span(trace, id, parent, component, operation, (start + from) * 1_000_000, (start + to) * 1_000_000, failed));
    }
}
