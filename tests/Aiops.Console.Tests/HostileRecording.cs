using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aiops.Local.Recordings;

namespace Aiops.Console.Tests;

/// <summary>A recording that ships, with an attack in every text that comes from outside.</summary>
internal static class HostileRecording
{
    public const string Attack =
        "<script>window.owned=1</script>\"'><img src=x onerror=\"window.owned=1\"><svg/onload=window.owned=1> javascript:window.owned=1 \u202Egnp.exe\u2066 {{7*7}}";

    /// <summary>In the attack's company, and never to be seen.</summary>
    public const string Secret = "aZ3xQ9kL7baZ3xQ9kL7b";

    /// <summary>The component that the analysis will find.</summary>
    public const string Component = "payments\"><img src=x onerror=window.owned=1>";

    private const string Poison = $"{Attack} token={Secret} jane.doe@shop.example";

    public static Recording Make(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(TestFolder.Checkout("recordings", "bad-deployment")))
        {
            var name = Path.GetFileName(file);
            if (name == "recording.json")
            {
                File.Copy(file, Path.Combine(folder, name));
                continue;
            }

            var changed = Lines(file).Select((line, i) => name switch
            {
                "events.jsonl.gz" => Event(line),
                "logs.jsonl.gz" => Log(Renamed(line), i),
                "changes.jsonl.gz" => With(Renamed(line), json => (json["summary"], json["actor"], json["reference"]) = (json["summary"] + Poison, Attack, Attack)),
                "cases.jsonl.gz" => With(line, json =>
                {
                    json["title"] = Poison;
                    json["outcome"]!["cause"] = Poison;
                }),
                _ => Renamed(line),
            });
            Write(Path.Combine(folder, name), changed);
        }

        return Recording.Open(folder);
    }

    private static string Event(string line) => With(line, json =>
    {
        if (json["body"]?["Message"] is { } message && JsonNode.Parse((string)message!) is JsonObject alarm)
        {
            (alarm["AlarmName"], alarm["AlarmDescription"], alarm["NewStateReason"]) = (alarm["AlarmName"] + Poison, Poison, Poison);
            foreach (var dimension in alarm["Trigger"]?["Dimensions"]?.AsArray() ?? [])
            {
                dimension!["value"] = (string?)dimension["value"] == "payments" ? Component : dimension["value"]!.DeepClone();
            }

            json["body"]!["Message"] = alarm.ToJsonString();
        }
    });

    private static string Log(string line, int number) => With(line, json =>
    {
        if ((string?)json["severity"] is "ERROR" or "WARN")
        {
            json["body"] = $"{Attack} {json["body"]} token={Secret}" + (number % 7 == 0 ? new string('A', 100_000) : "");
        }
    });

    private static string Renamed(string line) => line.Replace("\"payments\"", JsonSerializer.Serialize(Component), StringComparison.Ordinal);

    private static string With(string line, Action<JsonObject> change)
    {
        var json = JsonNode.Parse(line)!.AsObject();
        change(json);
        return json.ToJsonString();
    }

    private static IEnumerable<string> Lines(string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress), Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    private static void Write(string file, IEnumerable<string> lines)
    {
        using var writer = new StreamWriter(new GZipStream(File.Create(file), CompressionLevel.Fastest));
        foreach (var line in lines)
        {
            writer.WriteLine(line);
        }
    }
}
