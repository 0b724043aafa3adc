using System.Text;
using Aiops.Local.Recordings;

namespace Aiops.Tests.Local.Recordings;

/// <summary>Whatever the bytes are, a source answers: with what it could read and with what it couldn't.</summary>
public sealed class DirtTests
{
    private const string Json = """
        {"time":"2026-03-14T10:00:00Z","component":"cart","severity":"INFO","body":"one \"two\" \u00e9","traceId":"ab","start":1773482400,"end":1773482401.5,"spanId":"c","operation":"GET","metric":"cpu","value":1.5}
        {"component":"cart","metric":"cpu","start":"2026-03-14T10:00:00Z","step":60,"values":[1,null,3e2,"NaN"],"caller":"a","callee":"b","summary":"x","name":"n","goal":0.9,"remaining":1}

        """;

    private const string Csv = "time,component,severity,body,traceId,spanId,start,end,metric,value,caller,callee,summary,name,goal,remaining\n"
        + "2026-03-14T10:00:00Z,cart,INFO,\"one, \"\"two\"\"\nthree\",ab,c,1773482400,1773482401,cpu,1.5,a,b,x,n,0.9,1\r\n";

    private const string Otlp = """{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"cart"}}]},"scopeLogs":[{"logRecords":[{"timeUnixNano":"1773482400000000000","severityNumber":17,"body":{"stringValue":"x"}}]}]}],"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"ab","startTimeUnixNano":"1","endTimeUnixNano":2,"status":{"code":2}}]}]}],"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"a","sum":{"isMonotonic":true,"aggregationTemporality":2,"dataPoints":[{"timeUnixNano":"1773482400000000000","asDouble":1}]}},{"name":"h","histogram":{"aggregationTemporality":1,"dataPoints":[{"timeUnixNano":"1773482400000000000","count":"2","sum":1}]}}]}]}]}""";

    [Theory]
    [InlineData(".jsonl", Json)]
    [InlineData(".csv", Csv)]
    [InlineData(".otlp.json", Otlp)]
    [InlineData(".jsonl.gz", "not gzip at all")]
    public async Task Bytes_that_were_cut_flipped_doubled_or_lost_never_stop_a_source(string form, string content)
    {
        var chance = new Random(20260314);
        var original = Encoding.UTF8.GetBytes(content);
        for (var round = 0; round < 400; round++)
        {
            var bytes = Mutated(original, chance);
            var files = RecordingFixture.Files();
            foreach (var part in new[] { "logs", "spans", "metrics", "changes", "topology", "objectives" })
            {
                files[part + form] = bytes;
            }

            var recording = Recording.Open(files);

            await recording.ReadLogsAsync();
            await recording.ReadSpansAsync();
            await recording.Metrics.QueryAsync(RecordingFixture.Everything, default);
            await recording.Changes.QueryAsync(RecordingFixture.Everything, default);
            await recording.Topology.QueryAsync(RecordingFixture.Everything, default);
            await recording.Objectives.QueryAsync(RecordingFixture.Everything, default);
        }
    }

    [Fact]
    public async Task A_series_is_ascending_without_repeats_and_finite_whatever_came_in()
    {
        var chance = new Random(7);
        for (var round = 0; round < 100; round++)
        {
            var csv = new StringBuilder("time,component,metric,value\n");
            for (var i = 0; i < 60; i++)
            {
                csv.Append(1773482400 + (chance.Next(40) * 60)).Append(",cart,cpu,").AppendLine(
                    chance.Next(6) switch { 0 => "NaN", 1 => "", 2 => "-Infinity", _ => $"{chance.NextDouble()}" });
            }

            var series = (await RecordingFixture.Of("metrics.csv", csv.ToString()).Metrics.QueryAsync(RecordingFixture.Everything, default)).Items.ShouldHaveSingleItem();

            series.UnixMilliseconds.Zip(series.UnixMilliseconds.Skip(1)).ShouldAllBe(pair => pair.First < pair.Second);
            series.Values.ShouldAllBe(value => double.IsFinite(value));
            series.Values.Length.ShouldBe(series.UnixMilliseconds.Length);
        }
    }

    private static byte[] Mutated(byte[] original, Random chance)
    {
        List<byte> bytes = [.. original];
        for (var change = chance.Next(1, 6); change > 0 && bytes.Count > 1; change--)
        {
            var at = chance.Next(bytes.Count);
            switch (chance.Next(5))
            {
                case 0:
                    bytes[at] = (byte)chance.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(chance.Next(1, 40), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(chance.Next(1, 200), bytes.Count - at)));
                    break;
                case 3:
                    bytes.Insert(at, "\"\n,{}[]\\\0"u8[chance.Next(9)]);
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }
}
