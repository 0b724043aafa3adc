using Aiops.Pipeline.Reason.Models;
using Aiops.ScriptedModel;
using Microsoft.Extensions.AI;

namespace Aiops.Reason.Tests.Scripted;

/// <summary>Every way in which a model fails, over both wires: the same exception, sent once, and nothing said back.</summary>
public sealed class FailureTests
{
    private static readonly Dictionary<string, (ScriptedReply Reply, ModelFailure Failure, bool Charged)> Failing = new()
    {
        ["throttled"] = (new ScriptedReply.Throttle(), ModelFailure.Throttled, false),
        ["out of order"] = (new ScriptedReply.ServerError(), ModelFailure.Unavailable, false),
        ["unavailable"] = (new ScriptedReply.ServerError(503), ModelFailure.Unavailable, false),
        ["a gateway's page"] = (new ScriptedReply.Page(502, "text/html", "<html>Bad Gateway</html>"), ModelFailure.Unavailable, false),
        ["a gateway gave up waiting"] = (new ScriptedReply.Page(504, "text/html", "<html>Timeout</html>"), ModelFailure.TimedOut, true),
        ["wrong model"] = (new ScriptedReply.WrongModel(), ModelFailure.Refused, false),
        ["no credentials"] = (new ScriptedReply.NoCredentials(), ModelFailure.Refused, false),
        ["no right"] = (new ScriptedReply.Error(403, "AccessDeniedException", $"{AnyWire.Prompt} is not allowed"), ModelFailure.Refused, false),
        ["a request it doesn't take"] = (new ScriptedReply.Error(400, "ValidationException", $"{AnyWire.Prompt}?"), ModelFailure.Refused, false),
        ["elsewhere"] = (new ScriptedReply.Page(307, "text/plain", "") { Headers = new Dictionary<string, string> { ["Location"] = "/v1/models" } }, ModelFailure.Refused, false),
        ["empty"] = (new ScriptedReply.EmptyAnswer(), ModelFailure.Malformed, true),
        ["filtered"] = (new ScriptedReply.EmptyAnswer("content_filter"), ModelFailure.Malformed, true),
        ["cut in the body"] = (new ScriptedReply.Truncated(ScriptedReply.Say("never whole"), 40), ModelFailure.Malformed, true),
        ["half its json"] = (new ScriptedReply.Truncated(ScriptedReply.Say("never whole"), 40, Disconnect: false), ModelFailure.Malformed, true),
        ["no body"] = (new ScriptedReply.Page(200, "application/json", ""), ModelFailure.Malformed, true),
        ["null"] = (new ScriptedReply.Page(200, "application/json", "null"), ModelFailure.Malformed, true),
        ["another's json"] = (new ScriptedReply.Page(200, "application/json", """{"hello":"world"}"""), ModelFailure.Malformed, true),
        ["members of other kinds"] = (new ScriptedReply.Page(200, "application/json", """{"choices":7,"output":7}"""), ModelFailure.Malformed, true),
        ["a login page"] = (new ScriptedReply.Page(200, "text/html", "<html>Welcome</html>"), ModelFailure.Malformed, true),
        ["endless"] = (new ScriptedReply.Huge(), ModelFailure.Malformed, true),
        ["an endless error"] = (new ScriptedReply.Huge(500), ModelFailure.Unavailable, false),
        ["hung up"] = (new ScriptedReply.HangUp(), ModelFailure.Unavailable, true),
        ["no http"] = (new ScriptedReply.Garbage(), ModelFailure.Malformed, true),
    };

    public static TheoryData<ModelWire, string> Cases
    {
        get
        {
            TheoryData<ModelWire, string> cases = [];
            foreach (var (wire, how) in Enum.GetValues<ModelWire>().SelectMany(wire => Failing.Keys.Select(how => (wire, how))))
            {
                cases.Add(wire, how);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_failure_is_told_by_its_kind_after_one_request_and_says_nothing_back(ModelWire wire, string how)
    {
        var (reply, failure, charged) = Failing[how];
        await using var server = await ScriptedModelServer.StartAsync(reply);
        using var client = AnyWire.Client(wire, server);
        var error = await Should.ThrowAsync<ModelException>(() => client.GetResponseAsync(AnyWire.Messages, new ChatOptions { MaxOutputTokens = 10 }));
        (error.Failure, error.Charged).ShouldBe((failure, charged), error.Message);
        server.Requests.Count.ShouldBe(1);
        server.Complaints.ShouldBeEmpty(); // A redirect that is followed arrives where nobody expects it.
        error.Message.ShouldNotContain(AnyWire.Prompt);
        error.Message.ShouldNotContain("never-in-a-message");
        error.Message.ShouldContain("tiny");
    }

    [Theory]
    [InlineData(ModelWire.OpenAi)]
    [InlineData(ModelWire.Bedrock)]
    public async Task A_silent_model_and_one_that_drips_past_the_time_are_timed_out_and_may_be_charged(ModelWire wire)
    {
        foreach (var reply in (ScriptedReply[])[new ScriptedReply.Hang(), new ScriptedReply.Drip(ScriptedReply.Say("late"), 1, TimeSpan.FromSeconds(1))])
        {
            await using var server = await ScriptedModelServer.StartAsync(reply);
            using var client = AnyWire.Client(wire, server, TimeSpan.FromMilliseconds(300));
            var error = await Should.ThrowAsync<ModelException>(() => client.GetResponseAsync(AnyWire.Messages));
            (error.Failure, error.Charged).ShouldBe((ModelFailure.TimedOut, true), error.Message);
            server.Requests.Count.ShouldBe(1);
        }
    }

    [Theory]
    [InlineData(ModelWire.OpenAi)]
    [InlineData(ModelWire.Bedrock)]
    public async Task A_caller_who_gives_up_is_told_so_by_a_cancellation(ModelWire wire)
    {
        foreach (var reply in (ScriptedReply[])[new ScriptedReply.Hang(), new ScriptedReply.Drip(ScriptedReply.Say("late"), 1, TimeSpan.FromSeconds(1))])
        {
            using CancellationTokenSource stop = new();
            await using var server = await ScriptedModelServer.StartAsync(_ =>
            {
                stop.CancelAfter(TimeSpan.FromMilliseconds(100));
                return reply;
            });
            using var client = AnyWire.Client(wire, server);
            await Should.ThrowAsync<OperationCanceledException>(() => client.GetResponseAsync(AnyWire.Messages, cancellationToken: stop.Token));
        }
    }

    [Theory]
    [InlineData(ModelWire.OpenAi)]
    [InlineData(ModelWire.Bedrock)]
    public async Task Nobody_listening_costs_nothing(ModelWire wire)
    {
        var server = await ScriptedModelServer.StartAsync(ScriptedReply.Say("ok"));
        using var client = AnyWire.Client(wire, server);
        await server.DisposeAsync();
        var error = await Should.ThrowAsync<ModelException>(() => client.GetResponseAsync(AnyWire.Messages));
        (error.Failure, error.Charged).ShouldBe((ModelFailure.Unavailable, false), error.Message);
    }

    [Theory]
    [InlineData(ModelWire.OpenAi, "7", 7.0)]
    [InlineData(ModelWire.OpenAi, "Sat, 01 Jan 2000 00:00:00 GMT", 0.0)]
    [InlineData(ModelWire.OpenAi, "soon", null)]
    [InlineData(ModelWire.OpenAi, null, null)]
    [InlineData(ModelWire.Bedrock, "7", 7.0)]
    [InlineData(ModelWire.Bedrock, "Sat, 01 Jan 2000 00:00:00 GMT", 0.0)]
    [InlineData(ModelWire.Bedrock, "soon", null)]
    [InlineData(ModelWire.Bedrock, null, null)]
    public async Task A_throttle_says_when_to_come_again_where_the_model_does(ModelWire wire, string? header, double? seconds)
    {
        await using var server = await ScriptedModelServer.StartAsync(new ScriptedReply.Throttle(header));
        using var client = AnyWire.Client(wire, server);
        var error = await Should.ThrowAsync<ModelException>(() => client.GetResponseAsync(AnyWire.Messages));
        error.RetryAfter?.TotalSeconds.ShouldBe(seconds!.Value);
        (error.RetryAfter is null).ShouldBe(seconds is null);
    }

    [Theory]
    [InlineData(ModelWire.OpenAi)]
    [InlineData(ModelWire.Bedrock)]
    public async Task An_answer_at_the_limit_is_read_and_one_past_it_is_not(ModelWire wire)
    {
        var content = "";
        await using var server = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Say(content));
        using var client = AnyWire.Client(wire, server);
        var around = await BodyLengthAsync(wire, server);
        content = new string('x', BoundedAnswers.MostBytes - around);
        (await client.GetResponseAsync(AnyWire.Messages)).Text.Length.ShouldBe(content.Length);
        content += "x";
        (await Should.ThrowAsync<ModelException>(() => client.GetResponseAsync(AnyWire.Messages))).Failure.ShouldBe(ModelFailure.Malformed);
    }

    private static async Task<int> BodyLengthAsync(ModelWire wire, ScriptedModelServer server)
    {
        using HttpClient http = new();
        var (path, body) = wire == ModelWire.OpenAi
            ? ("/v1/chat/completions", """{"model":"tiny","messages":[{"role":"user","content":"?"}]}""")
            : ("/model/tiny/converse", """{"messages":[{"role":"user","content":[{"text":"?"}]}]}""");
        var response = await http.PostAsync(new Uri(server.Address, path), new StringContent(body));
        return (await response.Content.ReadAsByteArrayAsync()).Length;
    }
}
