using Aiops.Analysis.Traces;

namespace Aiops.Tests.Analysis.Traces;

public class EventPairsTests
{
    private const int Asked = 0, Looked = 1, Found = 2, Answered = 3, Broke = 4, Gave = 5, BrokeToo = 6; // Of two components: 0 and 3 of one.

    private readonly EventPairs pairs = new(Samples.Baseline, Samples.Incident, Comparer<int>.Default);
    private readonly List<(ulong Trace, long Time, int Event)> written = [];
    private ulong traces;

    [Fact]
    public void A_line_that_no_longer_comes_is_missing_after_the_one_before_it()
    {
        Write(30, before: true, Asked, Looked, Found, Answered);
        Write(20, before: false, Asked, Looked, Answered);
        var shift = Compare().ShouldHaveSingleItem();
        (shift.After, shift.Event, shift.IsMissing).ShouldBe((Looked, Found, true));
        (shift.Share.Before, shift.Share.During, shift.Before, shift.During).ShouldBe((1, 0, 30, 20));
        shift.Onset.ShouldBe(Samples.Incident.Start);
    }

    [Fact]
    public void Blame_falls_where_the_order_breaks_and_not_on_what_would_have_come_later()
    {
        Write(30, before: true, Asked, Looked, Found, Answered);
        Write(20, before: false, Asked, Looked, Broke);
        Compare().Select(shift => (shift.Event, shift.IsMissing)).ShouldBe([(Found, true), (Broke, false)], ignoreOrder: true);
    }

    [Fact]
    public void An_error_that_stays_away_is_no_fault_nor_what_takes_its_place()
    {
        Write(30, before: true, Asked, Looked, Broke);
        Write(20, before: false, Asked, Looked, Found, Answered);
        Compare().ShouldBeEmpty();
    }

    [Fact]
    public void More_of_one_kind_of_request_breaks_no_order()
    {
        Write(40, before: true, Asked, Looked, Found);
        Write(10, before: true, Gave, Looked, Answered);
        Write(10, before: false, Asked, Looked, Found);
        Write(40, before: false, Gave, Looked, Answered);
        Compare().ShouldBeEmpty();
    }

    [Fact]
    public void Parallel_calls_that_change_places_break_no_order()
    {
        Write(30, before: true, Asked, Looked, Gave, Answered);
        Write(30, before: false, Asked, Gave, Looked, Answered);
        Compare(sourceOf: number => number).ShouldBeEmpty(); // Each of a component of its own.
    }

    [Fact]
    public void Trouble_that_the_system_is_never_without_is_no_news_elsewhere()
    {
        Write(20, before: true, Asked, Looked, Broke);
        Write(40, before: true, Gave, Found, Answered);
        Write(40, before: false, Asked, Looked, Found);
        Write(20, before: false, Gave, Found, Broke);
        Compare().ShouldBeEmpty();
    }

    [Fact]
    public void A_component_that_breaks_by_itself_is_blamed_and_not_the_one_that_it_no_longer_calls()
    {
        Write(30, before: true, Asked, Looked, Found, Answered);
        Write(20, before: false, Asked, Broke);
        Compare(sourceOf: BreakingFirst).ShouldHaveSingleItem().Event.ShouldBe(Broke);
    }

    [Fact]
    public void What_others_miss_as_well_is_missing_even_where_its_caller_complains()
    {
        Write(30, before: true, Asked, Looked, Found, Answered);
        Write(30, before: true, Gave, Looked, Found);
        Write(20, before: false, Asked, Broke);
        Write(20, before: false, Gave, Answered);
        Compare(sourceOf: e => e == Gave ? 2 : BreakingFirst(e))
            .ShouldContain(shift => shift.After == Asked && shift.Event == Looked && shift.IsMissing);
    }

    [Fact]
    public void A_complaint_that_several_have_is_none_of_their_own_trouble()
    {
        Write(30, before: true, Asked, Looked, Found, Answered);
        Write(1, before: true, Gave, BrokeToo);
        Write(20, before: false, Asked, Broke);
        Compare(sourceOf: e => e is Gave or BrokeToo ? 2 : BreakingFirst(e))
            .ShouldContain(shift => shift.Event == Looked && shift.IsMissing);
    }

    [Theory]
    [InlineData(Asked)]
    [InlineData(Gave)]
    public void What_took_the_place_of_nothing_is_not_confirmed_by_whatever_event_bears_the_number_0(int fading)
    {
        Write(100, before: true, Answered, Looked, fading);
        Write(50, before: true, Answered, Looked, Broke);
        Write(50, before: true, Answered); // It is only here that the complaint comes at once, later on: nothing gave way to it.
        Write(25, before: false, Answered, Broke);
        Write(5, before: false, Answered, Looked, Broke); // In all, it comes as often as before.
        Write(70, before: false, Answered, Looked, BrokeToo);
        Compare(sourceOf: e => e is Looked or BrokeToo ? 1 : 0).ShouldNotContain(shift => shift.After == Answered && shift.Event == Broke);
    }

    [Fact]
    public void A_trace_that_lost_its_beginning_is_of_the_same_kind_as_the_others()
    {
        Write(10, before: true, Asked, Looked, Found, Answered);
        Write(4, before: true, Looked, Found, Answered);
        Write(10, before: false, Asked, Looked, Answered);
        var shift = Compare().ShouldHaveSingleItem();
        (shift.Before, shift.During).ShouldBe((14, 10));
        shift.Share.BeforeCount.ShouldBe(14, 1e-9); // None of them is left out for want of its like.
    }

    [Fact]
    public void A_request_that_is_also_part_of_another_stays_a_kind_of_its_own()
    {
        Write(20, before: true, Looked, Answered);
        Write(20, before: true, Asked, Looked, Found);
        Write(40, before: false, Looked, Answered);
        Write(5, before: false, Asked, Looked, Found);
        Compare().ShouldBeEmpty();
    }

    [Fact]
    public void A_fault_that_began_before_the_window_is_found_with_its_onset()
    {
        var early = Samples.Incident.Start - TimeSpan.FromMinutes(15); // The slot before the window has 20 minutes.
        Write(20, before: true, Asked, Looked, Found, Answered);
        WriteAt(early, 20, Asked, Looked, Answered);
        Write(5, before: false, Asked, Looked, Answered);
        Compare().ShouldHaveSingleItem().Onset.ShouldBe(Samples.Incident.Start - TimeSpan.FromMinutes(20));
    }

    [Fact]
    public void Few_traces_tell_nothing()
    {
        Write(3, before: true, Asked, Looked, Found, Answered);
        Write(1, before: false, Asked, Looked, Answered);
        Compare().ShouldBeEmpty();
    }

    [Fact]
    public void The_order_of_arrival_and_repeated_delivery_do_not_matter()
    {
        var other = new EventPairs(Samples.Baseline, Samples.Incident, Comparer<int>.Default);
        var random = new Random(7);
        List<(ulong Trace, long Time, int Event)> events = [];
        for (var trace = 0; trace < 60; trace++)
        {
            var time = (trace < 30 ? Samples.Start : Samples.Incident.Start).ToUnixTimeMilliseconds() * 1_000_000;
            events.AddRange((trace < 30 ? new[] { Asked, Looked, Found } : [Asked, Looked]).Select((e, i) => ((ulong)trace, time + i, e)));
        }

        foreach (var (trace, time, occurrence) in events)
        {
            pairs.Add(trace, time, SourceOf(occurrence), occurrence);
        }

        foreach (var (trace, time, occurrence) in events.Concat(events).OrderBy(_ => random.Next()))
        {
            other.Add(trace, time, SourceOf(occurrence), occurrence);
        }

        other.Compare(number => number, TroubleOf).ShouldBe(Compare());
    }

    [Fact]
    public void Beyond_the_bound_the_oldest_traces_are_counted_early()
    {
        var bounded = new EventPairs(Samples.Baseline, Samples.Incident, Comparer<int>.Default, mostHeld: 4);
        for (ulong trace = 0; trace < 60; trace++)
        {
            var start = (trace < 30 ? Samples.Start : Samples.Incident.Start).ToUnixTimeMilliseconds() * 1_000_000;
            bounded.Add(trace, start, 0, Asked);
            bounded.Add(trace, start + 1, 0, trace < 30 ? Answered : Broke);
        }

        bounded.Compare(number => number, TroubleOf).Select(shift => shift.Event).ShouldBe([Answered, Broke], ignoreOrder: true);
    }

    private void Write(int count, bool before, params int[] events)
        => WriteAt(before ? Samples.Start : Samples.Incident.Start, count, events);

    private void WriteAt(DateTimeOffset from, int count, params int[] events)
    {
        for (var trace = 0; trace < count; trace++)
        {
            var start = from.AddSeconds(trace).ToUnixTimeMilliseconds() * 1_000_000;
            traces++;
            written.AddRange(events.Select((e, i) => (traces, start + i, e)));
        }
    }

    private IReadOnlyList<PairShift> Compare(Func<int, int>? sourceOf = null)
    {
        foreach (var (trace, time, occurrence) in written)
        {
            pairs.Add(trace, time, (sourceOf ?? SourceOf)(occurrence), occurrence);
        }

        return pairs.Compare(number => number, TroubleOf);
    }

    private static int SourceOf(int occurrence) => occurrence is Asked or Answered ? 0 : 1;

    private static int BreakingFirst(int occurrence) => occurrence is Asked or Answered or Broke ? 0 : 1;

    private static int? TroubleOf(int occurrence) => occurrence is Broke or BrokeToo ? 0 : null;
}
