using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Aiops.PortTests.Tickets;
using Aiops.Tickets.Http;
using Aiops.Tickets.Redmine;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Tickets.Tests.Redmine;

/// <summary>Our adapter against the real server, and a look at the server past the adapter, as a person of the project has it.</summary>
internal sealed class RedmineBench : IDisposable
{
    private readonly HttpClient ours;
    private readonly HttpClient people;

    public RedmineBench(RedmineServer server, ITicketLedger? ledger = null, string key = "bot", Func<RedmineOptions, RedmineOptions>? change = null)
    {
        ours = new HttpClient { BaseAddress = new Uri(server.Url) };
        people = new HttpClient { BaseAddress = new Uri(server.Url) };
        people.DefaultRequestHeaders.Add("X-Redmine-API-Key", RedmineServer.KeyOf("kim"));
        Ledger = ledger ?? new InMemoryTicketLedger(TimeProvider.System);
        var options = new RedmineOptions { Project = "ops" };
        Api = new RedmineApi(
            new TicketHttp("Redmine", ours, TicketHttp.Header("X-Redmine-API-Key", new Fixed(RedmineServer.KeyOf(key))), TimeProvider.System),
            change?.Invoke(options) ?? options);
        Tickets = new RemoteTicketSystem(Api, Ledger, Patience, TimeProvider.System, NullLogger<RemoteTicketSystem>.Instance);
    }

    /// <summary>A server on this machine is done with a request soon after its caller left.</summary>
    public static RemoteTicketOptions Patience { get; } = new() { InFlight = TimeSpan.FromSeconds(1), LeaseWait = TimeSpan.FromSeconds(30), LeasePoll = TimeSpan.FromMilliseconds(20) };

    public static TicketContent Content { get; } = new("SEV2 latency: checkout is slow", "p99 is 4 s\nsince 10:00", Severity.Sev2);

    public ITicketLedger Ledger { get; }

    public RedmineApi Api { get; }

    public RemoteTicketSystem Tickets { get; }

    /// <summary>Every issue whose description or custom field speaks of the key.</summary>
    public async Task<List<JsonNode>> IssuesAsync(string key)
    {
        List<JsonNode> found = [];
        for (var offset = 0; ; offset += 100)
        {
            var page = await GetAsync($"issues.json?project_id=ops&status_id=*&limit=100&offset={offset}");
            var issues = page["issues"]!.AsArray();
            found.AddRange(issues.OfType<JsonNode>().Where(issue => issue.ToJsonString().Contains($"{key}/") || issue.ToJsonString().Contains($"\"{key}\"")));
            if (issues.Count < 100)
            {
                return found;
            }
        }
    }

    public async Task<JsonNode> IssueAsync(string id) => (await GetAsync($"issues/{id.TrimStart('#')}.json?include=journals,relations,attachments"))["issue"]!;

    /// <summary>What was said in it, oldest first.</summary>
    public async Task<List<JsonNode>> NotesAsync(string id)
        => [.. (await IssueAsync(id))["journals"]!.AsArray().OfType<JsonNode>().Where(journal => journal["notes"]?.GetValue<string>() is { Length: > 0 })];

    public async Task<JsonNode> GetAsync(string path) => (await people.GetFromJsonAsync<JsonNode>(path))!;

    /// <summary>As kim, a person of the project.</summary>
    public async Task ByPersonAsync(HttpMethod method, string path, JsonNode? body = null)
    {
        using HttpRequestMessage request = new(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await people.SendAsync(request);
        response.IsSuccessStatusCode.ShouldBeTrue($"{response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
    }

    public void Dispose()
    {
        ours.Dispose();
        people.Dispose();
    }
}
