using System.Diagnostics;
using Aiops.Analysis.Telemetry;
using Aiops.Local.Recordings;
using Aiops.Local.Recordings.Writing;
using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Benchmarks;

/// <summary>
/// How fast a recording's logs and spans are read: <c>-- recordings</c>. Written to a temporary folder first, compressed as
/// recordings are, and plain; each size is read once to warm up and three times for the best figure.
/// </summary>
internal static class RecordingBenchmark
{
    private static readonly string[] Components = ["storefront", "checkout", "orders", "cart", "catalog", "payments", "inventory", "fulfilment"];

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("aiops-recordings-").FullName;
        try
        {
            Console.WriteLine($"{"part",-6} {"records",10} {"file",6} {"seconds",8} {"records/s",12} {"MB allocated",13} {"bytes/record",13}");
            foreach (var count in new[] { 10_000, 100_000, 1_000_000 })
            {
                var packed = Path.Combine(folder, $"{count}-gz");
                Write(packed, count);
                var plain = Path.Combine(folder, $"{count}-plain");
                Unpack(packed, plain);
                foreach (var (path, form) in new[] { (plain, "plain"), (packed, "gz") })
                {
                    var recording = Recording.Open(path);
                    var query = new TelemetryQuery("benchmark", recording.Window, []);
                    await MeasureAsync("logs", form, () => recording.Logs.ReadAsync(query, (in LogRecord _) => { }, default));
                    await MeasureAsync("spans", form, () => recording.Traces.ReadAsync(query, (in Span _) => { }, default));
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(string part, string form, Func<Task<SourceReport>> read)
    {
        await read();
        var (best, allocated, count) = (TimeSpan.MaxValue, 0L, 0L);
        for (var i = 0; i < 3; i++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var watch = Stopwatch.StartNew();
            count = (await read()).Count;
            best = watch.Elapsed < best ? watch.Elapsed : best;
            allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        }

        Console.WriteLine(
            $"{part,-6} {count,10:N0} {form,6} {best.TotalSeconds,8:0.000} {count / best.TotalSeconds,12:N0} {allocated / 1e6,13:0.0} {(double)allocated / count,13:0.0}");
    }

    private static void Write(string folder, int count)
    {
        var start = new DateTimeOffset(2026, 3, 14, 10, 0, 0, TimeSpan.Zero);
        var writer = new RecordingWriter(new FolderFiles(folder));
        using (var logs = writer.OpenLogs())
        using (var spans = writer.OpenSpans())
        {
            for (var i = 0; i < count; i++)
            {
                var at = (start.ToUnixTimeMilliseconds() * 1_000_000) + (i * 1_000_000L);
                var trace = $"{i / 10:x8}4bf92f3577b34da6a3ce92d0";
                var component = Components[i % Components.Length];
                logs.Write(new LogRecord(at, component, i % 50 == 0 ? "ERROR" : "INFO", $"c.e.shop.{component}.Controller : POST /orders \"order {i}\" completed in {i % 317} ms", trace));
                spans.Write(new Span(trace, $"{i:x16}", i % 10 == 0 ? "" : $"{i / 10 * 10:x16}", component, "POST /orders", at, at + 12_345_678, i % 50 == 0));
            }
        }

        writer.Finish(new RecordingManifest { FormatVersion = 1, Name = "benchmark", Window = new RecordedWindow(start, start.AddDays(1)) }, truth: null);
    }

    private static void Unpack(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            using var source = File.OpenRead(file);
            using Stream content = file.EndsWith(".gz", StringComparison.Ordinal)
                ? new System.IO.Compression.GZipStream(source, System.IO.Compression.CompressionMode.Decompress)
                : source;
            using var target = File.Create(Path.Combine(to, Path.GetFileName(file).Replace(".gz", "", StringComparison.Ordinal)));
            content.CopyTo(target);
        }
    }
}
