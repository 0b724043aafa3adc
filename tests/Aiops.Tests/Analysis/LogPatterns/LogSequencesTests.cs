using Aiops.Analysis.LogPatterns;
using Aiops.Analysis.Telemetry;

namespace Aiops.Tests.Analysis.LogPatterns;

/// <summary>Requests whose lines all bear the same stamp: a clock of milliseconds tells nothing of their order.</summary>
public class LogSequencesTests
{
    private readonly List<Line> lines = [];
    private int requests;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Lines_of_one_instant_break_the_same_orders_however_they_arrive(int seed)
    {
        WriteRequests();
        var told = Compare(lines);
        told.ShouldNotBeEmpty();
        var random = new Random(seed);
        Compare(lines.OrderBy(_ => random.Next())).ShouldBe(told);
    }

    [Fact]
    public void Repeated_delivery_changes_nothing_even_where_patterns_merge_in_between()
    {
        WriteRequests();
        var told = Compare(lines);
        var random = new Random(7);
        Compare(lines.Concat(lines).OrderBy(_ => random.Next())).ShouldBe(told);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(1, false)] // The second goes by the pattern, and so does the third, which is then nothing new.
    public void Exceptions_beyond_the_bound_go_by_their_pattern(int mostExceptions, bool isTold)
    {
        var sequences = new LogSequences(Samples.Baseline, Samples.Incident, mostExceptions);
        var miner = new LogTemplateMiner();
        for (var request = 0; request < 100; request++)
        {
            var time = (request < 60 ? Samples.Start : Samples.Incident.Start).AddSeconds(request).ToUnixTimeMilliseconds() * 1_000_000;
            var kind = request == 0 ? "Io" : request < 60 ? "Pool" : "Timeout";
            foreach (var (after, body) in new[] { "asked", $"gave up\n{kind}Exception" }.Index())
            {
                var line = new LogRecord(time + after, "orders", after == 0 ? "INFO" : "ERROR", body, $"{request}");
                sequences.Add(line, miner.Add(line.Body));
            }
        }

        sequences.Compare().Any(shift => shift.Break == SequenceBreak.New).ShouldBe(isTold);
    }

    private void WriteRequests()
    {
        for (var i = 0; i < 60; i++)
        {
            var name = new string((char)('a' + (i % 26)), 5); // A word that only many lines show to be a variable.
            Write(i < 36, ("web", "INFO", $"user {name} has signed in at the office"), ("stock", "INFO", "shelf looked up"));
            var ending = i < 36 ? ("stock", "INFO", "item reserved") : ("stock", "ERROR", "TimeoutException: no answer");
            Write(i < 36, ("web", "INFO", "basket opened"), ("cart", "INFO", "items counted"), ("orders", "INFO", "order priced"), ending);
        }
    }

    private void Write(bool before, params (string Component, string Severity, string Body)[] written)
    {
        var time = (before ? Samples.Start : Samples.Incident.Start).AddSeconds(requests).ToUnixTimeMilliseconds() * 1_000_000;
        var trace = $"{requests++:x}";
        lines.AddRange(written.Select(line => new Line(time, line.Component, line.Severity, line.Body, trace)));
    }

    private static IReadOnlyList<SequenceShift> Compare(IEnumerable<Line> arriving)
    {
        var tally = new LogPatternTally(Samples.Baseline, Samples.Incident);
        foreach (var line in arriving)
        {
            tally.Add(new LogRecord(line.Time, line.Component, line.Severity, line.Body, line.Trace));
        }

        return tally.CompareSequences();
    }

    private sealed record Line(long Time, string Component, string Severity, string Body, string Trace);
}
