using Aiops.Analysis;
using Aiops.Aws.Wire;
using Aiops.Aws.Wire.Logs;
using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Aws.Logs;

/// <summary>Runs one Logs Insights query to its end, or stops it and takes what it has found.</summary>
internal sealed class LogQuery(WireClient client, TimeSpan patience, TimeProvider time)
{
    /// <summary>What one query gives at most.</summary>
    public const int MostRows = 10_000;

    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(10);

    /// <param name="query">In the Logs Insights language, without its limit.</param>
    /// <exception cref="SourceUnavailableException">It failed, or its end isn't known.</exception>
    public async Task<Found> RunAsync(
        IReadOnlyList<string> groups, TimeWindow window, string query, CancellationToken cancellationToken)
    {
        var started = await client.AskAsync(
            new StartQueryRequest
            {
                LogGroupNames = groups,
                StartTime = window.Start.ToUnixTimeSeconds(),
                EndTime = window.End.ToUnixTimeSeconds() - 1, // Both ends are included.
                QueryString = $"{query} | limit {MostRows}",
                Limit = MostRows,
            },
            cancellationToken);
        var id = started.QueryId ?? throw new SourceUnavailableException("Logs Insights gave no query id");
        try
        {
            return await WaitAsync(id, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await StopAsync(id); // It would run on, and be charged, for nobody.
            throw;
        }
    }

    private async Task<Found> WaitAsync(string id, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + patience;
        for (var look = FirstLook; ; look = look * 2 < LongestLook ? look * 2 : LongestLook)
        {
            await Task.Delay(look, time, cancellationToken);
            var answer = await client.AskAsync(new GetQueryResultsRequest { QueryId = id }, cancellationToken);
            switch (answer.Status)
            {
                case "Complete":
                    return new Found(answer.Results, answer.Statistics?.RecordsMatched, null);
                case "Failed" or "Unknown":
                    throw new SourceUnavailableException($"Logs Insights says {answer.Status} of query {id}");
                case "Cancelled" or "Timeout":
                    return new Found(answer.Results, answer.Statistics?.RecordsMatched, $"ended as {answer.Status}");
                case var _ when time.GetUtcNow() >= until:
                    await StopAsync(id);
                    return new Found(
                        answer.Results, answer.Statistics?.RecordsMatched, $"stopped after {patience.TotalSeconds:0} s");
            }
        }
    }

    private async Task StopAsync(string id)
    {
        using CancellationTokenSource bound = new(Farewell, time);
        try
        {
            await client.SendAsync(new StopQueryRequest { QueryId = id }, bound.Token);
        }
        catch (Exception error) when (error is WireException or OperationCanceledException)
        {
            // It ended by itself meanwhile, or will within the hour.
        }
    }

    /// <param name="Matched">Lines there were, as far as the query got; null when it doesn't say.</param>
    /// <param name="Cut">Why it is a part only; null when it ran to its end.</param>
    public sealed record Found(IReadOnlyList<IReadOnlyList<ResultField>> Rows, double? Matched, string? Cut);
}
