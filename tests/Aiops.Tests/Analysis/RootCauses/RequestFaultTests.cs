namespace Aiops.Tests.Analysis.RootCauses;

public class RequestFaultTests
{
    private static readonly int[] Seeds = [1, 2, 3];

    [Theory]
    [InlineData(RequestFault.Exception)]
    [InlineData(RequestFault.EarlyReturn)]
    [InlineData(RequestFault.Down)]
    [InlineData(RequestFault.Processor)]
    [InlineData(RequestFault.Delay)]
    public void Whatever_is_done_to_a_service_it_is_found_in_logs_and_traces(RequestFault fault) => ShareFound(fault).ShouldBeGreaterThanOrEqualTo(0.95);

    [Theory]
    [InlineData(RequestFault.Exception)]
    [InlineData(RequestFault.EarlyReturn)]
    [InlineData(RequestFault.Down)]
    public void Logs_alone_tell_what_was_left_undone(RequestFault fault) => ShareFound(fault, withTraces: false).ShouldBeGreaterThanOrEqualTo(0.95);

    [Theory]
    [InlineData(RequestFault.Processor)]
    [InlineData(RequestFault.Delay)]
    public void Traces_alone_tell_what_took_longer(RequestFault fault) => ShareFound(fault, withLogs: false).ShouldBeGreaterThanOrEqualTo(0.95);

    [Theory]
    [InlineData(RequestFault.Exception, 0.95)]
    [InlineData(RequestFault.EarlyReturn, 0.95)]
    [InlineData(RequestFault.Down, 0.9)]
    [InlineData(RequestFault.Processor, 0.9)]
    [InlineData(RequestFault.Delay, 0.9)]
    public void Where_a_sixth_of_lines_and_traces_is_lost_most_is_found_still(RequestFault fault, double share)
        => ShareFound(fault, lost: 1 / 6.0).ShouldBeGreaterThanOrEqualTo(share);

    [Theory]
    [InlineData(0)]
    [InlineData(1 / 6.0)]
    public void Other_requests_than_before_are_no_fault_nor_are_lost_ones(double lost)
        => Enumerable.Range(0, 20)
            .Count(seed => new SimulatedRequests(seed, RequestFault.None, "", lost: lost).Rank().Suspects.Count > 0)
            .ShouldBeLessThanOrEqualTo(1);

    /// <summary>Over each service in turn, but for what callers alone can tell of those that nobody calls.</summary>
    private static double ShareFound(RequestFault fault, bool withLogs = true, bool withTraces = true, double lost = 0)
    {
        var services = SimulatedRequests.Services.Where(service => fault is not (RequestFault.Delay or RequestFault.Down) || service is not ("shop" or "cart" or "order")).ToList();
        var found = services.Sum(service => Seeds.Count(seed =>
            new SimulatedRequests(seed, fault, service, lost: lost).Rank(withLogs, withTraces).Suspects is [var first, ..] && first.Component == service));
        return found / (double)(services.Count * Seeds.Length);
    }
}
