using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Aiops.Mcp.Http;
using static Aiops.Mcp.Tests.Http.HttpTestServer;

namespace Aiops.Mcp.Tests.Http;

public sealed class HostileClientTests(World world) : IClassFixture<World>
{
    [Theory]
    [InlineData("{", -32700)]
    [InlineData("", -32700)]
    [InlineData(ListTools + ListTools, -32700)]
    [InlineData("null", -32600)]
    [InlineData("5", -32600)]
    [InlineData("[]", -32600)]
    [InlineData($"[{ListTools}]", -32600)]
    [InlineData("""{"jsonrpc":"1.0","id":2,"method":"tools/list"}""", -32600)]
    [InlineData("""{"id":2,"method":"tools/list"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"tools/list"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":{},"method":"tools/list"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":"\ud800","method":"tools/list"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":2,"method":null}""", -32600)]
    public async Task What_is_no_message_is_refused_and_the_session_goes_on(string body, int code)
    {
        await using var server = await StartAsync(world.Ports);
        var id = await server.OpenAsync();
        var refused = await server.SendAsync(body, id);
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        JsonElement.Parse(await refused.Content.ReadAsStringAsync()).At("error", "code").GetInt32().ShouldBe(code);
        (await server.LivesAsync(id)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_message_nested_without_end_is_refused()
    {
        await using var server = await StartAsync(world.Ports);
        var deep = $$"""{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{{new string('[', 5_000)}}{{new string(']', 5_000)}}}""";
        (await server.StatusAsync(deep, await server.OpenAsync())).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_message_may_be_as_large_as_the_limit_and_no_larger()
    {
        await using var server = await StartAsync(world.Ports);
        var id = await server.OpenAsync();
        (await server.StatusAsync(ListTools.PadRight(MessageBody.MostBytes), id)).ShouldBe(HttpStatusCode.OK);
        (await server.StatusAsync(ListTools.PadRight(MessageBody.MostBytes + 1), id)).ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await server.StatusAsync(ListTools.PadRight(MessageBody.MostBytes + 1), id, change: request => request.Headers.TransferEncodingChunked = true))
            .ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task A_body_that_drips_is_waited_for_as_long_as_is_said_and_no_longer()
    {
        await using var server = await StartAsync(world.Ports);
        var justInTime = await DripAsync(server, TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1));
        (await justInTime(true)).ShouldStartWith("HTTP/1.1 200");
        var tooLate = await DripAsync(server, TimeSpan.FromSeconds(10));
        (await tooLate(false)).ShouldStartWith("HTTP/1.1 408");
    }

    [Theory]
    [InlineData("no number\r\n{}")]
    [InlineData("2\r\n{} and more\r\n")]
    public async Task A_body_in_chunks_that_are_none_is_told_from_one_that_is_too_large(string chunks)
    {
        await using var server = await StartAsync(world.Ports);
        using TcpClient client = new();
        var answer = await AnswerAsync(client, server, chunks);
        answer.ShouldStartWith("HTTP/1.1 400");
        answer.ShouldContain("cut short");
        answer.ShouldNotContain("at most");
        (await (await server.SendAsync(Initialize.PadRight(MessageBody.MostBytes + 1))).Content.ReadAsStringAsync()).ShouldContain($"{MessageBody.MostBytes} bytes at most");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x+json")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("")]
    public async Task A_body_of_another_kind_is_refused(string type)
    {
        await using var server = await StartAsync(world.Ports);
        (await server.StatusAsync(Initialize, change: request =>
        {
            request.Content!.Headers.ContentType = null;
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        })).ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await server.StatusAsync(Initialize, change: request => request.Content!.Headers.ContentEncoding.Add("gzip"))).ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("application/json, text/event-stream", HttpStatusCode.OK)]
    [InlineData("*/*", HttpStatusCode.OK)]
    [InlineData("application/json", HttpStatusCode.NotAcceptable)]
    [InlineData("text/event-stream", HttpStatusCode.NotAcceptable)]
    [InlineData("application/json;q=0, text/event-stream", HttpStatusCode.NotAcceptable)]
    [InlineData("///,,;;", HttpStatusCode.NotAcceptable)]
    public async Task Whoever_doesn_t_take_both_forms_of_an_answer_is_told_so(string accept, HttpStatusCode status)
    {
        await using var server = await StartAsync(world.Ports);
        (await server.StatusAsync(Initialize, change: Header("Accept", accept))).ShouldBe(status);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, "2025-06-18")]
    [InlineData(HttpStatusCode.OK, "2024-11-05")]
    [InlineData(HttpStatusCode.BadRequest, "1999-01-01")]
    [InlineData(HttpStatusCode.BadRequest, "2026-07-28")]
    [InlineData(HttpStatusCode.BadRequest, "")]
    [InlineData(HttpStatusCode.BadRequest, "2025-06-18", "2024-11-05")]
    public async Task A_version_that_isn_t_spoken_is_refused(HttpStatusCode status, params string[] versions)
    {
        await using var server = await StartAsync(world.Ports);
        (await server.StatusAsync(ListTools, await server.OpenAsync(), change: Header("MCP-Protocol-Version", versions))).ShouldBe(status);
    }

    [Theory]
    [InlineData("2024-11-05", "2024-11-05")]
    [InlineData("2025-11-25", "2025-11-25")]
    [InlineData("2099-01-01", "2025-11-25")]
    [InlineData("", "2025-11-25")]
    public async Task A_beginning_in_a_version_that_isn_t_known_is_answered_with_the_newest_that_is(string asked, string answered)
    {
        await using var server = await StartAsync(world.Ports);
        (await (await server.SendAsync(Initialize.Replace("2025-06-18", asked))).Content.ReadAsStringAsync()).ShouldContain($"\"protocolVersion\":\"{answered}\"");
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"initialize"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":[1]}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":5}}""")]
    public async Task A_beginning_that_can_t_be_understood_opens_no_session(string body)
    {
        await using var server = await StartAsync(world.Ports, options => options with { MostSessions = 1 });
        var refused = await server.SendAsync(body);
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        JsonElement.Parse(await refused.Content.ReadAsStringAsync()).At("error", "code").GetInt32().ShouldBe(-32602);
        await server.OpenAsync();
    }

    [Fact]
    public async Task A_session_is_begun_once_and_goes_by_its_exact_id()
    {
        await using var server = await StartAsync(world.Ports);
        var id = await server.OpenAsync();
        (await server.StatusAsync(ListTools)).ShouldBe(HttpStatusCode.BadRequest);
        (await server.StatusAsync(null, null, HttpMethod.Get)).ShouldBe(HttpStatusCode.BadRequest);
        (await server.StatusAsync(ListTools, "nope")).ShouldBe(HttpStatusCode.NotFound);
        (await server.StatusAsync(ListTools, id.ToUpperInvariant())).ShouldBe(HttpStatusCode.NotFound);
        (await server.StatusAsync(Initialize, id)).ShouldBe(HttpStatusCode.BadRequest);
        (await server.StatusAsync(Initialize, "nope")).ShouldBe(HttpStatusCode.NotFound);
        (await server.LivesAsync(id)).ShouldBeTrue();
    }

    [Fact]
    public async Task Nothing_is_told_again_and_nobody_is_left_to_believe_so()
    {
        await using var server = await StartAsync(world.Ports);
        var id = await server.OpenAsync();
        (await server.StatusAsync(null, id, HttpMethod.Get, Header("Last-Event-ID", "1"))).ShouldBe(HttpStatusCode.BadRequest);
        (await (await server.SendAsync(ListTools, id)).Content.ReadAsStringAsync()).ShouldNotContain("\nid:");
    }

    [Fact]
    public async Task Answers_that_nobody_asked_for_do_nothing()
    {
        await using var server = await StartAsync(world.Ports);
        var id = await server.OpenAsync();
        (await server.StatusAsync("""{"jsonrpc":"2.0","id":99,"result":{"tools":[]}}""", id)).ShouldBe(HttpStatusCode.Accepted);
        (await server.StatusAsync("""{"jsonrpc":"2.0","id":99,"error":{"code":1,"message":"x"}}""", id)).ShouldBe(HttpStatusCode.Accepted);
        (await server.StatusAsync("""{"jsonrpc":"2.0","method":"notifications/of_nobody","params":{"a":1}}""", id)).ShouldBe(HttpStatusCode.Accepted);
        (await server.LivesAsync(id)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("OPTIONS")]
    [InlineData("BREW")]
    public async Task Another_method_is_refused_with_those_that_there_are(string method)
    {
        await using var server = await StartAsync(world.Ports);
        var refused = await server.SendAsync(ListTools, await server.OpenAsync(), new HttpMethod(method));
        refused.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        refused.Content.Headers.Allow.ShouldBe(["GET", "POST", "DELETE"], ignoreOrder: true);
    }

    private static async Task<string> AnswerAsync(TcpClient client, HttpTestServer server, string chunks)
    {
        await client.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /mcp HTTP/1.1\r\nHost: {server.Address.Authority}\r\nContent-Type: application/json\r\nAccept: */*\r\nConnection: close\r\n"
            + $"Transfer-Encoding: chunked\r\n\r\n{chunks}"));
        return await new StreamReader(stream).ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(1));
    }

    /// <returns>Sends the rest or not, and reads what is answered.</returns>
    private static async Task<Func<bool, Task<string>>> DripAsync(HttpTestServer server, TimeSpan after)
    {
        var reading = server.Clock.WhenSet(TimeSpan.FromSeconds(10));
        TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /mcp HTTP/1.1\r\nHost: {server.Address.Authority}\r\nContent-Type: application/json\r\nAccept: */*\r\nConnection: close\r\n"
            + $"Content-Length: {Initialize.Length}\r\n\r\n{Initialize[..10]}"));
        await reading;
        server.Clock.Advance(after);
        return async rest =>
        {
            using (client)
            {
                if (rest)
                {
                    await stream.WriteAsync(Encoding.ASCII.GetBytes(Initialize[10..]));
                }

                return await new StreamReader(stream).ReadToEndAsync();
            }
        };
    }
}
