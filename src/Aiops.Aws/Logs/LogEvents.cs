using Aiops.Analysis;
using Aiops.Analysis.Telemetry;
using Aiops.Aws.Wire;
using Aiops.Aws.Wire.Logs;

namespace Aiops.Aws.Logs;

/// <summary>Reads a small window event by event, group after group.</summary>
internal sealed class LogEvents(WireClient client)
{
    private const int MostLines = 50_000; // Of one group.

    public async Task<long> ReadAsync(
        IReadOnlyList<ComponentLogs> groups, TimeWindow window, LogSink sink, Patience patience, List<string> gaps)
    {
        long count = 0;
        foreach (var group in groups)
        {
            long read = 0;
            if (!await patience.TryAsync(async token =>
            {
                for (string? next = null; ;)
                {
                    var page = await client.AskAsync(
                        new FilterLogEventsRequest
                        {
                            LogGroupName = group.Group,
                            StartTime = window.Start.ToUnixTimeMilliseconds(),
                            EndTime = window.End.ToUnixTimeMilliseconds() - 1,
                            NextToken = next,
                        },
                        token);
                    read += Hand(page.Events, group.Component, sink);
                    if ((next = page.NextToken) is null)
                    {
                        break;
                    }

                    if (read >= MostLines)
                    {
                        gaps.Add($"{group.Group}: the first {read:N0} lines");
                        break;
                    }
                }
            }))
            {
                gaps.Add($"{group.Group} and what follows weren't read in time");
                return count + read;
            }

            count += read;
        }

        return count;
    }

    private static long Hand(IReadOnlyList<FilteredLogEvent> events, string component, LogSink sink)
    {
        foreach (var one in events.Where(e => e.Timestamp is not null))
        {
            var line = LogLine.Read(one.Message ?? "");
            sink(new LogRecord(one.Timestamp!.Value * 1_000_000, component, line.Severity, line.Body, line.TraceId));
        }

        return events.Count;
    }
}
