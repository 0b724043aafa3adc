using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aiops.Tests.Cli;

/// <summary>
/// <c>aiops serve</c> is killed (SIGKILL) at random moments while events come in, settle and are analysed. What was
/// acknowledged must end as one incident, one execution and one comment each, whatever was under way.
/// </summary>
public sealed class KilledPipelineTests : IDisposable
{
    private const int Rounds = 12;
    private const int PerRound = 25;
    private readonly TemporaryFolder folder = new();
    private readonly HashSet<string> acknowledged = [];
    private readonly HttpClient client = new() { Timeout = TimeSpan.FromSeconds(10) };

    public void Dispose()
    {
        client.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Whatever_was_acknowledged_ends_as_one_incident_with_one_comment_however_often_the_process_is_killed()
    {
        var random = new Random(20261121);
        var sent = 0;
        for (var round = 0; round < Rounds; round++)
        {
            using var server = await StartAsync();
            var killAfter = TimeSpan.FromMilliseconds(random.Next(50, 2_500));
            var clock = Stopwatch.StartNew();
            for (var posted = 0; posted < PerRound && clock.Elapsed < killAfter && !server.Process.HasExited; posted++)
            {
                await PostAsync(server.Address, sent++);
            }

            if (clock.Elapsed < killAfter)
            {
                await Task.Delay(killAfter - clock.Elapsed, TimeProvider.System, CancellationToken.None); // Into the settling and the analyses.
            }

            server.Process.Kill();
            await server.Process.WaitForExitAsync();
        }

        using var last = await StartAsync();
        foreach (var again in acknowledged.Take(20).ToList())
        {
            await PostAsync(last.Address, int.Parse(again)); // Deliveries are at least once: nothing may come of these.
        }

        var incidents = await SettledAsync();
        incidents.Select(incident => incident["scope"]!.GetValue<string>()).Distinct().Count().ShouldBe(incidents.Count, "an incident was doubled");
        var scopes = incidents.Select(incident => incident["scope"]!.GetValue<string>()).ToHashSet();
        acknowledged.Where(number => !scopes.Contains(Account(int.Parse(number)))).ShouldBeEmpty("acknowledged and lost");
        acknowledged.Count.ShouldBeGreaterThan(Rounds * 5); // Or nothing was looked at.
        incidents.ShouldAllBe(incident => incident["memberCount"]!.GetValue<int>() == 1);
        foreach (var incident in incidents.Where((_, index) => index % 10 == 0)) // A process each: a sample tells as much.
        {
            var shown = await RunAsync("incidents", "show", incident["id"]!.GetValue<string>(), "--json");
            shown["members"]!.AsArray().Count.ShouldBe(1);
            shown["comment"]!.GetValue<string>().ShouldContain("Not enough evidence");
        }

        last.Process.Kill();
        await last.Process.WaitForExitAsync();
    }

    private async Task PostAsync(Uri address, int number)
    {
        try
        {
            using var content = new StringContent(Alarm(number));
            using var answer = await client.PostAsync(new Uri(address, "/events"), content);
            if (answer.IsSuccessStatusCode)
            {
                acknowledged.Add($"{number}");
            }
        }
        catch (HttpRequestException)
        {
            // Killed meanwhile: not acknowledged, so the sender would send it again.
        }
    }

    /// <summary>Every incident, once each has its comment.</summary>
    private async Task<List<JsonObject>> SettledAsync()
    {
        var deadline = Stopwatch.StartNew();
        while (true)
        {
            // The queue first: what it hands out between the two looks is then among the incidents.
            var queued = (await RunAsync("queue", "status", "--json"))["routine"]!;
            var incidents = (await RunAsync("incidents", "list", "--json")).AsArray().Select(node => node!.AsObject()).ToList();
            if (queued["visible"]!.GetValue<int>() + queued["inFlight"]!.GetValue<int>() == 0 && incidents.TrueForAll(HasComment))
            {
                return incidents;
            }

            (deadline.Elapsed < TimeSpan.FromMinutes(4)).ShouldBeTrue($"not settled: {queued}");
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, CancellationToken.None);
        }
    }

    private bool HasComment(JsonObject incident)
        => File.Exists(Path.Combine(folder.Path, "documents", "incidents", incident["id"]!.GetValue<string>(), "comment.md"));

    private async Task<Server> StartAsync()
    {
        var process = Start("serve", "--listen", "127.0.0.1:0", "--settle", "0", "--json");
        var line = await process.StandardOutput.ReadLineAsync();
        line.ShouldNotBeNull(process.HasExited ? await process.StandardError.ReadToEndAsync() : "");
        _ = process.StandardOutput.ReadToEndAsync(); // Drained, so that the process never waits for us.
        _ = process.StandardError.ReadToEndAsync();
        return new Server(process, new Uri(JsonNode.Parse(line)!["listening"]!.GetValue<string>()));
    }

    private async Task<JsonNode> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, $"{string.Join(' ', arguments)}: {output}{await errors}");
        return JsonNode.Parse(output)!;
    }

    private Process Start(params string[] arguments) => Process.Start(
        new ProcessStartInfo("dotnet", ["exec", typeof(Aiops.Cli.AiopsCommand).Assembly.Location, .. arguments, "--state", folder.Path])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    private static string Account(int number) => $"{200_000_000_000 + number}";

    // An account of its own each, for incidents of different accounts never mix.
    private static string Alarm(int number) => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["version"] = "0",
        ["id"] = $"event-{number}",
        ["detail-type"] = "CloudWatch Alarm State Change",
        ["source"] = "aws.cloudwatch",
        ["account"] = Account(number),
        ["time"] = "2026-03-14T10:17:36Z",
        ["region"] = "eu-west-1",
        ["resources"] = new[] { $"arn:aws:cloudwatch:eu-west-1:{Account(number)}:alarm:api-5xx" },
        ["detail"] = new Dictionary<string, object>
        {
            ["alarmName"] = "api-5xx",
            ["state"] = new Dictionary<string, object> { ["value"] = "ALARM", ["reason"] = "Threshold Crossed", ["timestamp"] = "2026-03-14T10:17:36.441+0000" },
        },
    });

    private sealed record Server(Process Process, Uri Address) : IDisposable
    {
        public void Dispose()
        {
            if (!Process.HasExited)
            {
                Process.Kill();
            }

            Process.Dispose();
        }
    }
}
