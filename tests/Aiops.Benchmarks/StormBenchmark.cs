using System.Diagnostics;
using System.Text;
using Aiops.Analysis;
using Aiops.Analysis.Topology;
using Aiops.Local.Hosting;
using Aiops.Local.Recordings;
using Aiops.Local.Recordings.Writing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Benchmarks;

/// <summary>
/// A burst of alarms over two unrelated systems of 50 services, through door, durable queue, intake and workflow to the
/// comments: <c>-- storm</c>. Prints time, peak memory, incidents, and how often anything was analysed.
/// </summary>
internal static class StormBenchmark
{
    private const int ServicesEach = 50;
    private static readonly DateTimeOffset Start = new(2026, 3, 14, 10, 0, 0, TimeSpan.Zero);

    public static async Task RunAsync()
    {
        Console.WriteLine($"{"alarms",8} {"seconds",8} {"alarms/s",9} {"peak MB",8} {"incidents",10} {"members",8} {"analyses",9}");
        foreach (var alarms in new[] { 1_000, 10_000, 30_000 })
        {
            var folder = Directory.CreateTempSubdirectory("aiops-storm-").FullName;
            try
            {
                await MeasureAsync(alarms, folder);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static async Task MeasureAsync(int alarms, string folder)
    {
        var clock = new ReplayClock(Start);
        var options = new LocalHostOptions { StateFolder = folder, Telemetry = Topology() };
        await using var host = await LocalHost.OpenAsync(options, clock, NullLoggerFactory.Instance, default);
        var analyses = 0;
        host.Stages.Observe = call => analyses += call.Stage == "FindRootCause" ? 1 : 0;
        var driver = new HostDriver(host);
        var random = new Random(alarms);
        List<byte[]> events = [.. Enumerable.Range(0, alarms).Select(i => Event(i, random))];

        var watch = Stopwatch.StartNew();
        foreach (var batch in events.Chunk(10))
        {
            await host.Queue.EnqueueAsync([.. batch.Select(body => host.Door.Label(body, "benchmark"))], default);
        }

        await driver.ConsumeAllAsync(default);
        clock.AdvanceTo(Start + TimeSpan.FromMinutes(10));
        await driver.SettleDownAsync(default);
        watch.Stop();

        var incidents = await host.Incidents.ListAsync(null, int.MaxValue, default);
        var peak = Process.GetCurrentProcess().PeakWorkingSet64 / 1_000_000;
        Console.WriteLine(
            $"{alarms,8} {watch.Elapsed.TotalSeconds,8:0.0} {alarms / watch.Elapsed.TotalSeconds,9:0} {peak,8} {incidents.Count,10} {incidents.Sum(i => i.MemberCount),8} {analyses,9}");
    }

    // Services 0 to 49 are one system and 50 to 99 another, each a tree of three callees a caller.
    private static Recording Topology()
    {
        var files = new MemoryFiles();
        var writer = new RecordingWriter(files);
        writer.WriteTopology(new ServiceGraph([], Enumerable.Range(0, 2 * ServicesEach)
            .Where(i => i % ServicesEach > 0)
            .Select(i => new Call(Service(i - (i % ServicesEach) + (((i % ServicesEach) - 1) / 3)), Service(i)))));
        writer.Finish(
            new RecordingManifest
            {
                FormatVersion = RecordingManifest.CurrentFormat,
                Name = "storm",
                Simulated = true,
                Window = RecordedWindow.From(new TimeWindow(Start - TimeSpan.FromHours(1), Start + TimeSpan.FromHours(1))),
            },
            truth: null);
        return Recording.Open(files);
    }

    private static string Service(int number) => $"svc-{number:00}";

    private static byte[] Event(int number, Random random)
    {
        var service = Service(random.Next(2 * ServicesEach));
        var at = Start.AddMilliseconds(random.Next(60_000)).UtcDateTime;
        var name = $"{service}-{number}";
        return Encoding.UTF8.GetBytes($$$"""
            {"version":"0","id":"storm-{{{number}}}","detail-type":"CloudWatch Alarm State Change","source":"aws.cloudwatch","account":"111122223333",
             "time":"{{{at:yyyy-MM-dd'T'HH:mm:ss'Z'}}}","region":"eu-west-1","resources":["arn:aws:cloudwatch:eu-west-1:111122223333:alarm:{{{name}}}"],
             "detail":{"alarmName":"{{{name}}}","state":{"value":"ALARM","reason":"Threshold Crossed","timestamp":"{{{at:yyyy-MM-dd'T'HH:mm:ss.fff}}}+0000"},
             "previousState":{"value":"OK","timestamp":"2026-03-14T08:00:00.000+0000"},
             "configuration":{"metrics":[{"id":"m1","metricStat":{"metric":{"namespace":"AWS/ApplicationSignals","name":"Fault","dimensions":{"Service":"{{{service}}}"}},"period":60,"stat":"Sum"},"returnData":true}]},
             "alarmTags":{"service":"{{{service}}}"},"alarmTagsStatus":"SUCCESS"}}
            """);
    }
}
