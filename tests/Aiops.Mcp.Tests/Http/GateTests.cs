using System.Net;
using System.Net.Http.Headers;
using static Aiops.Mcp.Tests.Http.HttpTestServer;

namespace Aiops.Mcp.Tests.Http;

public sealed class GateTests(World world) : IClassFixture<World>
{
    private const string Page = "https://tools.example.com";

    [Theory]
    [InlineData("http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("", HttpStatusCode.Forbidden)]
    [InlineData("http://localhost:1", HttpStatusCode.Forbidden)]
    [InlineData("https://tools.example.com.evil.example", HttpStatusCode.Forbidden)]
    [InlineData(Page, HttpStatusCode.OK)]
    public async Task A_page_calls_only_from_an_origin_that_was_named(string origin, HttpStatusCode status)
    {
        await using var server = await StartAsync(world.Ports, options => options with { Origins = [Page], Callers = null });
        var answer = await server.SendAsync(Initialize, change: Header("Origin", origin));
        answer.StatusCode.ShouldBe(status);
        answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBe(status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_browser_is_told_without_a_token_what_the_page_may_and_what_it_may_read()
    {
        await using var server = await StartAsync(world.Ports, options => options with { Origins = [Page] });
        var asked = await server.SendAsync(null, method: HttpMethod.Options, change: request =>
        {
            Header("Origin", Page)(request);
            Header("Access-Control-Request-Method", "POST")(request);
        });
        asked.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        asked.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe([Page]);
        asked.Headers.GetValues("Access-Control-Allow-Headers").Single().ShouldContain("Authorization");
        asked.Headers.GetValues("Access-Control-Allow-Headers").Single().ShouldContain("Mcp-Session-Id");
        asked.Headers.GetValues("Access-Control-Allow-Methods").Single().ShouldContain("DELETE");
        var answer = await server.SendAsync(Initialize, change: request =>
        {
            Header("Origin", Page)(request);
            With("reader")(request);
        });
        answer.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe([Page]);
        answer.Headers.GetValues("Access-Control-Expose-Headers").Single().ShouldContain("Mcp-Session-Id");
        answer.Headers.Vary.ShouldContain("Origin");
    }

    [Fact]
    public async Task A_page_that_nobody_named_is_refused_before_it_asks()
    {
        await using var server = await StartAsync(world.Ports, options => options with { Origins = [Page] });
        var asked = await server.SendAsync(null, method: HttpMethod.Options, change: request =>
        {
            Header("Origin", "https://evil.example")(request);
            Header("Access-Control-Request-Method", "POST")(request);
        });
        asked.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        asked.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
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
        await using var server = await StartAsync(world.Ports, options => options with { Hosts = ["aiops.example.com"] });
        (await server.StatusAsync(Initialize, change: request =>
        {
            request.Headers.Host = host;
            With("reader")(request);
        })).ShouldBe(status);
    }

    [Fact]
    public async Task Beyond_loopback_every_request_needs_a_token_that_is_known()
    {
        await using var server = await StartAsync(world.Ports, options => options with { Listen = new IPEndPoint(IPAddress.Any, 0), Hosts = ["127.0.0.1"] });
        server.Address = new UriBuilder(server.Address) { Host = "127.0.0.1" }.Uri;
        var refused = await server.SendAsync(Initialize);
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        refused.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        (await server.StatusAsync(Initialize, change: With("wrong"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await server.StatusAsync(Initialize, change: Header("Authorization", "Basic cmVhOng="))).ShouldBe(HttpStatusCode.Unauthorized);
        (await server.StatusAsync(null, method: HttpMethod.Delete)).ShouldBe(HttpStatusCode.Unauthorized);
        (await server.StatusAsync(Initialize, change: With("reader"))).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Host", "localhost", HttpStatusCode.OK)]
    [InlineData("Forwarded", "for=203.0.113.7", HttpStatusCode.Unauthorized)]
    [InlineData("X-Forwarded-For", "203.0.113.7", HttpStatusCode.Unauthorized)]
    [InlineData("x-forwarded-proto", "https", HttpStatusCode.Unauthorized)]
    [InlineData("Via", "1.1 proxy", HttpStatusCode.Unauthorized)]
    [InlineData("Origin", Page, HttpStatusCode.Unauthorized)]
    public async Task Where_tokens_are_known_only_the_machine_itself_does_without_one(string header, string value, HttpStatusCode status)
    {
        await using var server = await StartAsync(world.Ports, options => options with { Origins = [Page] });
        (await server.StatusAsync(Initialize, change: Header(header, value))).ShouldBe(status);
        (await server.StatusAsync(Initialize, change: request =>
        {
            Header(header, value)(request);
            With("reader")(request);
        })).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Once_a_name_is_given_nobody_does_without_a_token()
    {
        await using var server = await StartAsync(world.Ports, options => options with { Hosts = ["aiops.example.com"] });
        (await server.StatusAsync(Initialize)).ShouldBe(HttpStatusCode.Unauthorized);
        (await server.StatusAsync(Initialize, change: With("reader"))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task There_is_one_path_and_whoever_looks_for_another_learns_that_without_a_token()
    {
        await using var server = await StartAsync(world.Ports, options => options with { Hosts = ["127.0.0.1"] });
        foreach (var path in new[] { "/", "/mcp/", "/mcp/../", "/.well-known/oauth-protected-resource" })
        {
            (await server.StatusAsync(Initialize, change: request => request.RequestUri = new Uri(server.Address, path))).ShouldBe(HttpStatusCode.NotFound);
        }

        (await server.StatusAsync(Initialize, change: request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer"))).ShouldBe(HttpStatusCode.Unauthorized);
    }
}
