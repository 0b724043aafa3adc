using System.Net;
using System.Text;
using Aiops.ScriptedModel;
using Microsoft.Extensions.AI;

namespace Aiops.Reason.Tests.Scripted;

public sealed class ScriptedModelServerTests
{
    [Fact]
    public async Task Requests_of_many_at_once_are_each_answered_and_all_kept_in_order()
    {
        await using var server = await ScriptedModelServer.StartAsync(request => ScriptedReply.Say($"to {request.LastUserText}"));
        using var openAi = AnyWire.Client(ModelWire.OpenAi, server);
        using var bedrock = AnyWire.Client(ModelWire.Bedrock, server);
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(async n
            => (n, (await (n % 2 == 0 ? openAi : bedrock).GetResponseAsync([new ChatMessage(ChatRole.User, $"{n}")])).Text)));
        answers.ShouldAllBe(answer => answer.Text == $"to {answer.n}");
        server.Requests.Select(request => request.Ordinal).ShouldBe(Enumerable.Range(1, 60));
        server.Requests.Count(request => request.Wire == ModelWire.Bedrock).ShouldBe(30);
    }

    [Fact]
    public async Task A_server_stops_though_its_clients_wait_for_ever()
    {
        var server = await ScriptedModelServer.StartAsync(request => request.Ordinal % 2 == 0 ? new ScriptedReply.Huge() : new ScriptedReply.Hang());
        using HttpClient http = new();
        var asked = Enumerable.Range(0, 4).Select(_ => PostAsync(http, server, "/v1/chat/completions", Question)).ToList();
        while (server.Requests.Count < 4)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, default);
        }

        await server.DisposeAsync();
        foreach (var one in asked)
        {
            await Should.ThrowAsync<HttpRequestException>(one);
        }
    }

    [Theory]
    [InlineData("/v1/chat/completions", """{"model":"m","messages":[{"role":"tool","tool_call_id":"x","content":"1"}]}""", "follows no call")]
    [InlineData("/v1/chat/completions", """{"model":"m","stream":true,"messages":[]}""", "doesn't stream")]
    [InlineData("/v1/chat/completions", "{", "OpenAi")]
    [InlineData("/v1/chat/completions", """{"model":"m"}""", "OpenAi")]
    [InlineData("/model/m/converse", """{"messages":[{"role":"assistant","content":[{"text":"hi"}]}]}""", "must start with a user")]
    [InlineData("/model/m/converse", """{"messages":[{"role":"user","content":[{"text":" "}]}]}""", "blank")]
    [InlineData("/model/m/converse", """{"messages":[{"role":"user","content":[{"text":"a"}]},{"role":"user","content":[{"text":"b"}]}]}""", "must alternate")]
    public async Task A_request_that_the_real_service_would_refuse_is_refused_and_named(string path, string body, string complaint)
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Say("never"));
        using HttpClient http = new();
        (await PostAsync(http, server, path, body)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        server.Complaints.ShouldHaveSingleItem().ShouldContain(complaint);
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_script_that_throws_is_named()
    {
        await using var server = await ScriptedModelServer.StartAsync((Func<ScriptedRequest, ScriptedReply>)(_ => throw new NotSupportedException("no idea")));
        using HttpClient http = new();
        (await PostAsync(http, server, "/v1/chat/completions", Question)).IsSuccessStatusCode.ShouldBeFalse();
        server.Complaints.ShouldHaveSingleItem().ShouldContain("no idea");
    }

    [Fact]
    public async Task The_models_there_are_can_be_listed()
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Say("ok"));
        using HttpClient http = new();
        (await http.GetStringAsync(new Uri($"{server.OpenAiBase}/models"))).ShouldContain("\"scripted\"");
    }

    private const string Question = """{"model":"m","messages":[{"role":"user","content":"?"}]}""";

    private static async Task<HttpResponseMessage> PostAsync(HttpClient http, ScriptedModelServer server, string path, string body)
    {
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        return await http.PostAsync(new Uri(server.Address, path), content);
    }
}
