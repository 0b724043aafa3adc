using System.Diagnostics;
using Aiops.Local.Cases;
using Aiops.Local.Storage;
using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Learn;
using Aiops.Pipeline.Learn.Retrieval;

namespace Aiops.Benchmarks;

/// <summary>What is known, at 1,000 to 100,000 cases: inserting into the embedded store, building the index, searching it.</summary>
/// <remarks>Cases are drawn from seeds: 200 services, 40 metrics, 2,000 log patterns, words by Zipf's law as people write them.</remarks>
public static class KnowledgeBenchmark
{
    private const string Scope = "local";
    private const int Searches = 300;
    private const int SingleInserts = 2_000;
    private const int Writers = 32;
    private static readonly string[] Kinds = ["deployment", "configuration", "scaling"];

    public static async Task RunAsync()
    {
        Console.WriteLine($"{"cases",8} {"insert/s (bulk)",16} {"insert/s (" + Writers + " at once)",22} {"snapshot",10} {"build",10} {"index",9} {"search median",14} {"p95",10}");
        foreach (var count in new[] { 1_000, 10_000, 100_000 })
        {
            await MeasureAsync(count);
        }
    }

    private static async Task MeasureAsync(int count)
    {
        var folder = Directory.CreateTempSubdirectory("aiops-benchmark-");
        try
        {
            await using var database = await SqliteDatabase.OpenAsync(Path.Combine(folder.FullName, "aiops.db"), SqliteDatabaseOptions.Default, default);
            await database.EnsureSchemaAsync(SqliteKnowledge.Schema, default);
            SqliteCaseBook book = new(database, new CaseMaker(null!, null!));
            KnowledgeChange change = new(ChangeOrigin.Import, "benchmark", DateTimeOffset.UnixEpoch);
            Random random = new(count);
            var cases = Enumerable.Range(0, count).Select(i => Draw(random, i)).ToList();

            var started = Stopwatch.GetTimestamp();
            foreach (var chunk in cases.Chunk(1_000))
            {
                await book.RecordAsync(Scope, chunk, change, default);
            }

            var bulk = count / Stopwatch.GetElapsedTime(started).TotalSeconds;
            started = Stopwatch.GetTimestamp();
            await Parallel.ForEachAsync(
                Enumerable.Range(0, SingleInserts).Select(i => Draw(random, count + i)).ToList(), new ParallelOptions { MaxDegreeOfParallelism = Writers },
                async (one, token) => await book.RecordAsync("other", one, change, token));
            var single = SingleInserts / Stopwatch.GetElapsedTime(started).TotalSeconds;

            started = Stopwatch.GetTimestamp();
            var snapshot = await book.SnapshotAsync(Scope, default);
            var read = Stopwatch.GetElapsedTime(started);
            var before = GC.GetTotalMemory(forceFullCollection: true);
            started = Stopwatch.GetTimestamp();
            var index = KnowledgeIndex.Of(snapshot.Current);
            var built = Stopwatch.GetElapsedTime(started);
            var memory = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6;

            var times = Enumerable.Range(0, Searches + 20).Select(i => Search(index, Draw(random, i))).Skip(20).Order().ToList();
            Console.WriteLine(
                $"{count,8:N0} {bulk,16:N0} {single,22:N0} {read.TotalMilliseconds,7:N0} ms {built.TotalMilliseconds,7:N0} ms {memory,6:N0} MB {times[times.Count / 2],11:0.00} ms {times[times.Count * 95 / 100],7:0.00} ms");
            GC.KeepAlive(snapshot);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <returns>Milliseconds.</returns>
    private static double Search(KnowledgeIndex index, PastCase now)
    {
        var started = Stopwatch.GetTimestamp();
        _ = index.Search(new KnowledgeQuery { Text = $"{now.Title} {now.Cause}", Fingerprint = now.Fingerprint }, 10);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static PastCase Draw(Random random, int i)
    {
        var service = random.Next(200);
        return new PastCase(
            $"INC-{i:D6}",
            $"service-{service} {Words(random, 5)}",
            DateTimeOffset.UnixEpoch.AddMinutes(random.Next(1_000_000)),
            new IncidentFingerprint(
                (IncidentKind)random.Next(1, 6), [$"service-{service}", $"service-{random.Next(200)}"], [$"AWS::Type::{service % 12}"], [$"Metric{random.Next(40)}Errors"],
                [.. Enumerable.Range(0, random.Next(6)).Select(_ => $"pattern-{random.Next(2_000)}").Distinct()])
            {
                Changes = random.Next(3) == 0 ? [Kinds[random.Next(3)]] : [],
                Shape = [$"AWS::Type::{service % 12}>AWS::Type::{random.Next(12)}"],
                Suspects = [.. Enumerable.Range(0, 3).Select(n => new SuspectSignature($"service-{random.Next(200)}", null, [$"metric:{random.Next(5)}:up", $"log:{random.Next(50)}"], 0.5 / (n + 1)))],
            },
            Words(random, 25),
            $"service-{random.Next(200)}",
            [$"playbook-{random.Next(30)}"]);
    }

    private static string Words(Random random, int count)
        => string.Join(' ', Enumerable.Range(0, count).Select(_ => $"w{(int)Math.Pow(8_000, random.NextDouble())}"));
}
