using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Aiops.PortTests;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Client;

namespace Aiops.Mcp.Tests;

public sealed class HttpTests(World world) : IClassFixture<World>, IAsyncLifetime
{
    private const string Initialize =
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""";

    private const string ListTools = """{"jsonrpc":"2.0","id":2,"method":"tools/list"}""";

    private readonly HttpClient http = new();
    private readonly ManualTimeProvider clock = new();
    private McpHttpServer? server;
    private Uri address = null!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        http.Dispose();
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_client_of_the_package_works_over_it_and_ends_its_session()
    {
        await StartAsync();
        await using (var client = await McpClient.CreateAsync(
            new HttpClientTransport(new HttpClientTransportOptions { Endpoint = address, TransportMode = HttpTransportMode.StreamableHttp })))
        {
            (await client.AskAsync("get_report", ("incidentId", world.Incident.Id))).At("result", "round").GetInt32().ShouldBe(1);
            await client.PingAsync();
        }

        (await SendAsync(Initialize)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_session_goes_on_by_its_id_and_ends_with_delete()
    {
        await StartAsync();
        var id = await OpenAsync();
        (await (await SendAsync(ListTools, id)).Content.ReadAsStringAsync()).ShouldContain("list_incidents");
        (await SendAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", id)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await SendAsync(null, id, HttpMethod.Delete)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(ListTools, id)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await SendAsync(null, id, HttpMethod.Delete)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_client_that_listens_is_answered_at_once_and_holds_its_session_open()
    {
        await StartAsync();
        var id = await OpenAsync();
        using var request = Request(null, id, HttpMethod.Get);
        using var listening = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        listening.StatusCode.ShouldBe(HttpStatusCode.OK);
        listening.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        (await SendAsync(null, id, HttpMethod.Get)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        clock.Advance(TimeSpan.FromHours(1));
        await OpenAsync();
        (await SendAsync(ListTools, id)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("http://localhost:1", HttpStatusCode.Forbidden)]
    [InlineData("https://tools.example.com.evil.example", HttpStatusCode.Forbidden)]
    [InlineData("https://tools.example.com", HttpStatusCode.OK)]
    public async Task A_page_calls_only_from_an_origin_that_was_named(string origin, HttpStatusCode status)
    {
        await StartAsync(options => options with { Origins = ["https://tools.example.com"], Callers = null });
        (await SendAsync(Initialize, change: request => request.Headers.Add("Origin", origin))).StatusCode.ShouldBe(status);
    }

    [Theory]
    [InlineData("evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("evil.example:8811", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1.evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("10.0.0.1", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("[::1]:8811", HttpStatusCode.OK)]
    [InlineData("aiops.example.com", HttpStatusCode.OK)]
    public async Task A_name_that_leads_here_by_somebody_s_dns_is_refused(string host, HttpStatusCode status)
    {
        await StartAsync(options => options with { Hosts = ["aiops.example.com"] });
        (await SendAsync(Initialize, change: request => (request.Headers.Host, request.Headers.Authorization) = (host, new AuthenticationHeaderValue("Bearer", "reader")))).StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task Beyond_loopback_every_request_needs_a_token_that_is_known()
    {
        await StartAsync(options => options with { Listen = new IPEndPoint(IPAddress.Any, 0), Hosts = ["127.0.0.1"] });
        address = new UriBuilder(address) { Host = "127.0.0.1" }.Uri;
        var refused = await SendAsync(Initialize);
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        refused.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        (await SendAsync(Initialize, change: With("wrong"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await SendAsync(Initialize, change: request => request.Headers.TryAddWithoutValidation("Authorization", "Basic cmVhOng="))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await SendAsync(Initialize, change: With("reader"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Host", "localhost", HttpStatusCode.OK)]
    [InlineData("Forwarded", "for=203.0.113.7", HttpStatusCode.Unauthorized)]
    [InlineData("X-Forwarded-For", "203.0.113.7", HttpStatusCode.Unauthorized)]
    [InlineData("x-forwarded-proto", "https", HttpStatusCode.Unauthorized)]
    [InlineData("Via", "1.1 proxy", HttpStatusCode.Unauthorized)]
    [InlineData("Origin", "https://tools.example.com", HttpStatusCode.Unauthorized)]
    public async Task Where_tokens_are_known_only_the_machine_itself_does_without_one(string header, string value, HttpStatusCode status)
    {
        await StartAsync(options => options with { Origins = ["https://tools.example.com"] });
        (await SendAsync(Initialize, change: request => request.Headers.TryAddWithoutValidation(header, value))).StatusCode.ShouldBe(status);
        (await SendAsync(Initialize, change: request =>
        {
            request.Headers.TryAddWithoutValidation(header, value);
            With("reader")(request);
        })).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Once_a_name_is_given_nobody_does_without_a_token()
    {
        await StartAsync(options => options with { Hosts = ["aiops.example.com"] });
        (await SendAsync(Initialize)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await SendAsync(Initialize, change: With("reader"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_session_is_of_the_token_that_opened_it_and_of_no_other()
    {
        await StartAsync();
        var id = await OpenAsync(With("reviewer"));
        (await (await SendAsync(ListTools, id, change: With("reviewer"))).Content.ReadAsStringAsync()).ShouldContain("review_incident");
        (await SendAsync(ListTools, id, change: With("reader"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await SendAsync(ListTools, id)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await SendAsync(null, id, HttpMethod.Delete, With("reader"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await SendAsync(ListTools, id, change: With("nobody's"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await (await SendAsync(ListTools, await OpenAsync(With("reader")), change: With("reader"))).Content.ReadAsStringAsync()).ShouldNotContain("review_incident");
    }

    [Fact]
    public async Task A_flood_of_sessions_ends_at_the_limit_and_leaves_room_for_those_with_a_token()
    {
        await StartAsync(options => options with { MostSessions = 4 });
        await OpenAsync();
        await OpenAsync();
        var flooded = await SendAsync(Initialize);
        flooded.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        flooded.Headers.RetryAfter.ShouldNotBeNull();
        await OpenAsync(With("reader"));
        var last = await OpenAsync(With("reader"));
        (await SendAsync(Initialize, change: With("reader"))).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await SendAsync(null, last, HttpMethod.Delete, With("reader"));
        await OpenAsync(With("reader"));
    }

    [Fact]
    public async Task A_session_that_nobody_uses_ends_when_its_time_is_up_and_not_before()
    {
        await StartAsync(options => options with { MostSessions = 2 });
        var id = await OpenAsync();
        clock.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(1));
        (await SendAsync(Initialize)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await SendAsync(ListTools, id)).StatusCode.ShouldBe(HttpStatusCode.OK); // Used: its time begins anew.
        clock.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(1));
        (await SendAsync(Initialize)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        clock.Advance(TimeSpan.FromSeconds(1));
        await OpenAsync();
        (await SendAsync(ListTools, id)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_is_no_message_is_refused_by_what_is_wrong_with_it()
    {
        await StartAsync();
        (await SendAsync("{")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync($"[{Initialize}]")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync(ListTools)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync(ListTools, "nope")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await SendAsync(null, null, HttpMethod.Get)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync(Initialize, method: HttpMethod.Put)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await SendAsync(Initialize, change: request => request.Headers.Accept.Clear())).StatusCode.ShouldBe(HttpStatusCode.NotAcceptable);
        (await SendAsync(Initialize, change: request => request.Content!.Headers.ContentType = new MediaTypeHeaderValue("text/plain"))).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await SendAsync(Initialize, change: request => request.Headers.Add("MCP-Protocol-Version", "1999-01-01"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync(Initialize, change: request => request.RequestUri = new Uri(address, "/"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var padded = Initialize.Replace("\"t\"", $"\"{new string('t', 256 * 1024)}\"");
        (await SendAsync(padded)).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    private static Action<HttpRequestMessage> With(string token) => request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

    private async Task StartAsync(Func<McpHttpOptions, McpHttpOptions>? change = null)
    {
        McpHttpOptions options = new()
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            Callers = token => token switch
            {
                "reader" => new McpCaller("r", "Rea", false),
                "reviewer" => new McpCaller("v", "Rev", true),
                _ => null,
            },
        };
        server = new McpHttpServer(
            new AiopsMcp(world.Ports, NullLoggerFactory.Instance), change?.Invoke(options) ?? options, clock, NullLoggerFactory.Instance);
        address = await server.StartAsync(default);
    }

    private async Task<string> OpenAsync(Action<HttpRequestMessage>? change = null)
    {
        using var opened = await SendAsync(Initialize, change: change);
        opened.StatusCode.ShouldBe(HttpStatusCode.OK, await opened.Content.ReadAsStringAsync());
        return opened.Headers.GetValues("Mcp-Session-Id").Single();
    }

    private async Task<HttpResponseMessage> SendAsync(string? body, string? session = null, HttpMethod? method = null, Action<HttpRequestMessage>? change = null)
    {
        using var request = Request(body, session, method ?? HttpMethod.Post);
        change?.Invoke(request);
        return await http.SendAsync(request);
    }

    private HttpRequestMessage Request(string? body, string? session, HttpMethod method)
    {
        HttpRequestMessage request = new(method, address) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        if (session is not null)
        {
            request.Headers.Add("Mcp-Session-Id", session);
        }

        return request;
    }
}
