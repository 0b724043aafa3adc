using Aiops.Aws.Wire.CloudWatch;
using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Aws.CloudWatch;

/// <summary>Counts what CloudWatch gave in part, failed at or forbade, and says it once.</summary>
internal sealed class MetricTally
{
    private const int MostMessages = 3;

    private readonly HashSet<string> messages = new(StringComparer.Ordinal);
    private int count, partial, failed, forbidden;

    public void Add(MetricAnswers answers)
    {
        count += answers.Count;
        partial += answers.Partial;
        failed += answers.Failed;
        forbidden += answers.Forbidden;
        messages.UnionWith(answers.Messages);
    }

    public void Add(IEnumerable<MessageData> told) => messages.UnionWith(told.Select(m => $"{m.Code}: {m.Value}"));

    public void ThrowIfAllForbidden()
    {
        if (count > 0 && forbidden == count)
        {
            throw new SourceDeniedException($"CloudWatch GetMetricData: Forbidden for all {count} metrics");
        }
    }

    public IEnumerable<string> Tell()
    {
        if (partial > 0)
        {
            yield return $"CloudWatch gave {partial} of {count} series in part";
        }

        if (failed > 0)
        {
            yield return $"CloudWatch failed at {failed} of {count} series";
        }

        if (forbidden > 0)
        {
            yield return $"{forbidden} of {count} series are forbidden to us";
        }

        foreach (var message in messages.Order(StringComparer.Ordinal).Take(MostMessages))
        {
            yield return $"CloudWatch says {message}";
        }
    }
}
