using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Mcp.Tests.Http;

/// <summary>The server on a free port of loopback, its clock in the test's hand, and requests as a client that nobody wrote carefully sends them.</summary>
/// <remarks>Two tokens are known: <c>reader</c> and <c>reviewer</c>.</remarks>
internal sealed class HttpTestServer : IAsyncDisposable
{
    public const string Initialize =
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""";

    public const string ListTools = """{"jsonrpc":"2.0","id":2,"method":"tools/list"}""";

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly List<IDisposable> open = [];
    private McpHttpServer server = null!;

    public RingingClock Clock { get; } = new();

    public Uri Address { get; set; } = null!;

    public static async Task<HttpTestServer> StartAsync(McpPorts ports, Func<McpHttpOptions, McpHttpOptions>? change = null)
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
        HttpTestServer started = new();
        started.server = new McpHttpServer(new AiopsMcp(ports, NullLoggerFactory.Instance), change?.Invoke(options) ?? options, started.Clock, NullLoggerFactory.Instance);
        started.Address = await started.server.StartAsync(default);
        return started;
    }

    public static Action<HttpRequestMessage> With(string? token)
        => request => request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);

    public static Action<HttpRequestMessage> Header(string name, params string[] values) => request =>
    {
        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, values).ShouldBeTrue();
    };

    /// <returns>The new session's id.</returns>
    public async Task<string> OpenAsync(string? token = null)
    {
        using var opened = await SendAsync(Initialize, change: With(token));
        opened.StatusCode.ShouldBe(HttpStatusCode.OK, await opened.Content.ReadAsStringAsync());
        return opened.Headers.GetValues("Mcp-Session-Id").Single();
    }

    /// <returns>How long the server says to wait, once it has said that it is full; null where it doesn't know.</returns>
    public async Task<TimeSpan?> FullAsync(string? token = null)
    {
        using var refused = await SendAsync(Initialize, change: With(token));
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        return refused.Headers.RetryAfter?.Delta;
    }

    public async Task<HttpStatusCode> StatusAsync(string? body, string? session = null, HttpMethod? method = null, Action<HttpRequestMessage>? change = null)
    {
        using var answer = await SendAsync(body, session, method, change);
        return answer.StatusCode;
    }

    /// <summary>Whether a session of that id can be used, which uses it.</summary>
    public async Task<bool> LivesAsync(string session, string? token = null)
        => await StatusAsync(ListTools, session, change: With(token)) switch
        {
            HttpStatusCode.OK => true,
            HttpStatusCode.NotFound => false,
            var other => throw new InvalidOperationException($"{other}"),
        };

    public async Task<HttpResponseMessage> SendAsync(string? body, string? session = null, HttpMethod? method = null, Action<HttpRequestMessage>? change = null)
    {
        using var request = Request(body, session, method ?? HttpMethod.Post);
        change?.Invoke(request);
        return await http.SendAsync(request);
    }

    /// <summary>What the server says to whoever listens, line by line.</summary>
    public async Task<StreamReader> ListenAsync(string session, string? token = null)
    {
        using var request = Request(null, session, HttpMethod.Get);
        With(token)(request);
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        open.Add(answer);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return new StreamReader(await answer.Content.ReadAsStreamAsync());
    }

    public async ValueTask DisposeAsync()
    {
        open.ForEach(one => one.Dispose());
        http.Dispose();
        await server.DisposeAsync();
    }

    private HttpRequestMessage Request(string? body, string? session, HttpMethod method)
    {
        HttpRequestMessage request = new(method, Address) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        if (session is not null)
        {
            request.Headers.Add("Mcp-Session-Id", session);
        }

        return request;
    }
}
