using System.Text;
using Aiops.Aws.Wire.CloudWatch;

namespace Aiops.Aws.CloudWatch;

/// <summary>Puts wishes into calls of at most 500 queries, each under an id of its own; what belongs together stays so.</summary>
internal static class MetricBatches
{
    /// <summary>What GetMetricData takes in one call.</summary>
    public const int MostQueries = 500;

    public static IEnumerable<IReadOnlyList<MetricWish>> Of(IEnumerable<MetricWish> wishes)
    {
        List<MetricWish> batch = [];
        var count = 0;
        foreach (var wish in wishes.Where(w => w.Queries.Count <= MostQueries))
        {
            if (wish.IsAlone)
            {
                yield return [wish];
                continue;
            }

            if (count + wish.Queries.Count > MostQueries)
            {
                yield return batch;
                (batch, count) = ([], 0);
            }

            batch.Add(wish);
            count += wish.Queries.Count;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    /// <summary>The id under which a wish's answers come back.</summary>
    public static string IdOf(int wish, string id) => $"q{wish}_{id}";

    public static IEnumerable<MetricDataQuery> Queries(IReadOnlyList<MetricWish> batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            var ids = batch[i].Queries.Select(q => q.Id).ToHashSet(StringComparer.Ordinal);
            foreach (var query in batch[i].Queries)
            {
                yield return query with
                {
                    Id = IdOf(i, query.Id),
                    Expression = query.Expression is { } expression ? Renamed(expression, ids, i) : null,
                };
            }
        }
    }

    /// <summary>An expression with its ids renamed, and what is quoted (a search) or called (a function) left alone.</summary>
    private static string Renamed(string expression, HashSet<string> ids, int wish)
    {
        StringBuilder renamed = new(expression.Length);
        for (var i = 0; i < expression.Length;)
        {
            var end = i + 1;
            if (expression[i] is '\'' or '"')
            {
                var quote = expression.IndexOf(expression[i], i + 1);
                end = quote < 0 ? expression.Length : quote + 1;
                renamed.Append(expression, i, end - i);
            }
            else if (char.IsAsciiLetterOrDigit(expression[i]) || expression[i] == '_')
            {
                while (end < expression.Length && (char.IsAsciiLetterOrDigit(expression[end]) || expression[end] == '_'))
                {
                    end++;
                }

                var word = expression[i..end];
                renamed.Append(ids.Contains(word) ? IdOf(wish, word) : word);
            }
            else
            {
                renamed.Append(expression[i]);
            }

            i = end;
        }

        return renamed.ToString();
    }
}
