using System.Diagnostics;
using Aiops.Ask.Catalogue;
using Aiops.Ask.Data;
using Aiops.Ask.Questions;

namespace Aiops.Benchmarks;

/// <summary>Questions over 100,000, 1 and 10 million log lines, loaded and in Parquet: the whole way from the question to the answer, checks included.</summary>
internal static class AskBenchmark
{
    private const int Runs = 9;

    private static readonly (string Name, string Question)[] Questions =
    [
        ("lines by severity", "Log lines by severity"),
        ("error lines by service", "Which service wrote most error lines?"),
        ("error lines by hour", "Error lines per hour"),
        ("errors of one service, grouped by message", "Which errors did service-3 log most yesterday?"),
    ];

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("aiops-ask-");
        try
        {
            foreach (var rows in (int[])[100_000, 1_000_000, 10_000_000])
            {
                var began = Stopwatch.GetTimestamp();
                using var loaded = await OpenAsync(new DataOptions { Feeds = [new Lines(rows)] });
                Console.WriteLine($"{rows:N0} lines loaded in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s, {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB at the peak");
                await MeasureAsync("loaded", loaded);
                var file = Path.Combine(folder.FullName, $"{rows}.parquet");
                WriteParquet(file, rows);
                began = Stopwatch.GetTimestamp();
                using var parquet = await OpenAsync(new DataOptions { Files = [new AttachedFile("logs", file)] });
                Console.WriteLine($"  Parquet of {new FileInfo(file).Length >> 20} MB attached in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.00} s");
                await MeasureAsync("Parquet", parquet);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Task<QuestionData> OpenAsync(DataOptions options) => QuestionData.OpenAsync(KnowledgeLibrary.Shipped, options, TimeProvider.System, CancellationToken.None);

    private static async Task MeasureAsync(string where, QuestionData data)
    {
        var desk = new QuestionDesk(KnowledgeLibrary.Shipped, data, null, TimeProvider.System);
        foreach (var (name, question) in Questions)
        {
            List<double> seconds = [];
            for (var run = 0; run < Runs; run++)
            {
                var answer = await desk.AskAsync(new Question(question), CancellationToken.None) as Answer.Answered ?? throw new InvalidOperationException(question);
                seconds.Add(answer.Cost.Elapsed.TotalSeconds);
            }

            Console.WriteLine($"  {where}, {name}: {seconds.Order().ElementAt(Runs / 2) * 1_000:0} ms at the median of {Runs}, {seconds.Max() * 1_000:0} ms at most");
        }
    }

    private static void WriteParquet(string file, int rows)
    {
        using var database = new Aiops.Ask.DuckDb.DuckDbDatabase();
        using var connection = database.Connect();
        connection.Execute("CREATE SCHEMA store");
        connection.Execute("CREATE TABLE store.logs (time TIMESTAMP, service VARCHAR, severity VARCHAR, body VARCHAR, trace_id VARCHAR)");
        new Lines(rows).Fill(connection.Append("store", "logs"));
        connection.Execute($"COPY store.logs TO '{file}' (FORMAT parquet)");
    }

    /// <summary>Lines of three days and twelve services, from a seed.</summary>
    private sealed class Lines(int rows) : ITableFeed
    {
        private static readonly string[] Severities = ["DEBUG", "INFO", "INFO", "INFO", "INFO", "INFO", "WARN", "ERROR"];

        public Task FeedAsync(ITableStore tables, CancellationToken cancellationToken)
        {
            Fill(tables.Append("logs"));
            return Task.CompletedTask;
        }

        public void Fill(Aiops.Ask.DuckDb.DuckDbAppender logs)
        {
            using (logs)
            {
                var random = new Random(7);
                var start = new DateTimeOffset(2026, 3, 9, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1_000;
                var step = 3L * 86_400_000_000 / rows;
                for (var i = 0; i < rows; i++)
                {
                    logs.AddTime(start + (i * step)).Add($"service-{random.Next(12)}").Add(Severities[random.Next(Severities.Length)])
                        .Add($"POST /orders/{random.Next(1_000_000)} answered {(random.Next(10) == 0 ? 503 : 200)} in {random.Next(900)} ms for session {random.Next():x8}").AddNull().EndRow();
                }

                logs.Finish();
            }
        }
    }
}
