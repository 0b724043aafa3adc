using Aiops.Ask.Data;

namespace Aiops.Ask.Tests.Shop;

/// <summary>Puts the shop's rows into the catalogue's tables.</summary>
public sealed class ShopFeed(ShopData shop) : ITableFeed
{
    public Task FeedAsync(ITableStore tables, CancellationToken cancellationToken)
    {
        Fill("spans", shop.Spans, (rows, one) =>
        {
            rows.AddTime(At(one.Time)).Add(one.Service).Add(one.Operation).Add(one.Milliseconds).Add(one.Failed);
            (one.Status is { } status ? rows.Add(status) : rows.AddNull()).Add(one.Trace).AddNull().AddNull();
        });
        Fill("logs", shop.Logs, (rows, one) => rows.AddTime(At(one.Time)).Add(one.Service).AddOrNull(one.Severity).Add(one.Body).AddNull());
        Fill("metrics", shop.Metrics, (rows, one) => rows.AddTime(At(one.Time)).Add(one.Service).Add(one.Metric).AddNull().Add(one.Unit).Add(one.Signal).Add(one.Value));
        Fill("changes", shop.Changes, (rows, one) => rows.AddTime(At(one.Time)).Add(one.Service).Add(one.Kind).Add(one.Summary).Add(one.Actor).AddNull());
        Fill("calls", shop.Calls, (rows, one) => rows.Add(one.Caller).Add(one.Callee));
        Fill("incidents", shop.Incidents, (rows, one) =>
        {
            rows.Add(one.Id).Add(one.Title).Add(one.Status).Add(one.Kind).AddOrNull(one.Severity).Add(one.Service).AddTime(At(one.Opened)).AddTime(At(one.Opened));
            (one.Resolved is { } resolved ? rows.AddTime(At(resolved)) : rows.AddNull()).Add((long)one.Alarms);
        });
        Fill("alarms", shop.Alarms, (rows, one) => rows.Add(one.Incident).AddTime(At(one.Time)).Add(one.Source).Add(one.Title).Add(one.Service).Add(one.Severity).AddNull().AddNull().AddNull());
        Fill("hypotheses", shop.Hypotheses, (rows, one) => rows.Add(one.Incident).Add(1L).Add((long)one.Rank).Add(one.Service).Add(one.Kind).Add("cause").Add(one.Confidence).Add("it broke").AddNull());
        Fill("reviews", shop.Reviews, (rows, one) => rows.Add(one.Incident).AddTime(At(one.Time)).Add(one.Verdict).AddOrNull(one.Service).AddNull()
            .Add(one.BlamedService).Add(one.BlamedKind).AddOrNull(one.Severity).AddOrNull(one.Minutes));
        Fill("model_cost", shop.ModelCosts, (rows, one) => rows.Add(one.Incident).Add((long)one.Round).AddTime(At(one.Time)).Add(one.Model).Add(one.Calls).Add(one.Tokens).Add(one.Usd));
        Fill("cloud_cost", shop.CloudCosts, (rows, one) => rows.Add(one.Day).Add(one.Service).Add(one.Usd));
        return Task.CompletedTask;

        void Fill<T>(string table, IEnumerable<T> items, Action<DuckDb.DuckDbAppender, T> add)
        {
            using var rows = tables.Append(table);
            foreach (var item in items)
            {
                add(rows, item);
                rows.EndRow();
            }

            rows.Finish();
        }
    }

    public static long At(DateTime time) => (time.Ticks - DateTime.UnixEpoch.Ticks) / 10;
}
