using System.Runtime.CompilerServices;
using System.Text.Json;
using Aiops.Analysis;
using Aiops.Aws.Changes;
using Aiops.Aws.Wire;
using Aiops.Aws.Wire.CloudTrail;

namespace Aiops.Aws.CloudTrail;

/// <summary>
/// Reads CloudTrail's history of write events, newest first. AWS allows two lookups a second an account and Region, to all
/// callers together: one instance serves a process and spaces its own.
/// </summary>
public sealed class TrailLookup(WireClient client, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Space = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim turn = new(1);
    private DateTimeOffset next = DateTimeOffset.MinValue;

    /// <summary>Up to <paramref name="most"/> pages of 50, noise left out; says so when there were more.</summary>
    public async IAsyncEnumerable<IReadOnlyList<ChangeRecord>> WritesAsync(
        TimeWindow window, int most, List<string> gaps, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? token = null;
        for (var page = 0; page < most; page++)
        {
            var answer = await AskAsync(window, token, cancellationToken);
            yield return [.. answer.Events.Select(Read).OfType<ChangeRecord>().Where(r => window.Contains(r.Change.At))];
            if ((token = answer.NextToken) is null)
            {
                yield break;
            }
        }

        gaps.Add($"CloudTrail has more than the newest {most * 50} write events of the window");
    }

    public void Dispose() => turn.Dispose();

    private async Task<LookupEventsResponse> AskAsync(TimeWindow window, string? token, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            var wait = next - time.GetUtcNow();
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, time, cancellationToken);
            }

            next = time.GetUtcNow() + Space;
        }
        finally
        {
            turn.Release();
        }

        return await client.AskAsync(
            new LookupEventsRequest
            {
                LookupAttributes = [new LookupAttribute("ReadOnly", "false")],
                StartTime = window.Start,
                EndTime = window.End,
                MaxResults = 50,
                NextToken = token,
            },
            cancellationToken);
    }

    private static ChangeRecord? Read(TrailEvent found)
    {
        try
        {
            using var record = JsonDocument.Parse(found.CloudTrailEvent ?? "{}");
            return TrailChange.Read(record.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
