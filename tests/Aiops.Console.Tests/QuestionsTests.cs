using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Aiops.Local.Models;
using Aiops.Pipeline.Reason.Models;
using Aiops.ScriptedModel;

namespace Aiops.Console.Tests;

/// <summary>Questions over the shop's recordings, as a program asks them.</summary>
[Collection(ShopTests.Name)]
public sealed class QuestionsTests(Shop shop) : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [QuestionFact]
    public async Task Without_a_model_a_trusted_answer_comes_as_table_and_drawing_with_its_statement_and_cost()
    {
        using var client = shop.Server.Client();
        var (status, page) = await AskAsync(client, ("question", "Which service lost most requests?"));
        status.ShouldBe(HttpStatusCode.OK);
        page.ShouldContain("Requests lost, by service");
        page.ShouldContain("<svg class=\"drawn\"");
        page.ShouldNotContain("<style"); // The policy would stop it.
        page.ShouldContain("SELECT service, count(*) FILTER (WHERE failed) AS lost");
        page.ShouldContain("By the trusted answer to");
        page.ShouldContain("no model asked, $0.");
        page.ShouldContain("There is no model here");
        Regex.Count(page, "<td class=\"figure\">").ShouldBeGreaterThan(3);
        shop.Server.Faults.ToString().ShouldBeEmpty();
    }

    [QuestionFact]
    public async Task Without_a_model_a_question_like_none_is_told_the_nearest_and_what_is_missing()
    {
        using var client = shop.Server.Client();
        var (status, page) = await AskAsync(client, ("question", "Which customers are unhappy with their errors?"));
        status.ShouldBe(HttpStatusCode.OK);
        page.ShouldContain("no trusted pair is like the question");
        page.ShouldContain("Nearest questions with a trusted answer");
        page.ShouldNotContain("answer-rows");
    }

    [QuestionFact]
    public async Task A_follow_up_goes_on_from_ones_own_question_and_from_nobody_elses()
    {
        await using var server = await StartAsync(null);
        using var reader = server.Client(Tokens.Reader);
        var (_, first) = await AskAsync(reader, ("question", "How did the error rate of inventory develop over the day?"));
        var conversation = Regex.Match(first, "name=\"conversation\" value=\"([0-9a-f]{32})\"").Groups[1].Value;
        conversation.Length.ShouldBe(32, first);
        var (_, next) = await AskAsync(reader, ("question", "and for checkout?"), ("conversation", conversation));
        next.ShouldContain("Error rate of checkout");
        next.ShouldContain(conversation);

        using var other = server.Client(Tokens.Reviewer);
        (await AskAsync(other, ("question", "and for checkout?"), ("conversation", conversation))).Page.ShouldContain("no trusted pair is like the question");
        (await AskAsync(reader, ("question", "and for checkout?"))).Page.ShouldContain("no trusted pair is like the question"); // It has to be asked for.
    }

    [QuestionFact]
    public async Task The_service_that_the_form_names_is_meant_where_the_question_names_none()
    {
        using var client = shop.Server.Client();
        (await AskAsync(client, ("question", "Which endpoints are slowest?"), ("service", "checkout"))).Page.ShouldContain("Latency of checkout");
    }

    [QuestionFact]
    public async Task A_service_is_analysed_without_a_model_and_one_that_no_data_names_is_refused_with_those_that_it_names()
    {
        using var client = shop.Server.Client();
        var token = await client.TokenAsync("/questions");
        var page = await (await client.PostAsync("/questions/analysis", token, ("analysed", "checkout"), ("last", "1d"))).Content.ReadAsStringAsync();
        foreach (var part in new[] { "In short", "Error rate", "Latency in milliseconds", "Endpoints", "Log patterns", "Unusual traffic, by weekday and hour", "Changes", "Incidents" })
        {
            page.ShouldContain($"<h3>{part}</h3>");
        }

        page.ShouldContain("<svg class=\"drawn\"");
        page.ShouldNotContain("<style");
        var unknown = await client.PostAsync("/questions/analysis", token, ("analysed", "<script>window.owned=1</script>"), ("last", "1d"));
        unknown.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var text = await unknown.Content.ReadAsStringAsync();
        text.ShouldNotContain("<script>window");
        text.ShouldContain("checkout");
        (await client.PostAsync("/questions/analysis", token, ("analysed", "checkout"), ("last", "1y"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [QuestionFact]
    public async Task A_model_writes_the_statement_and_the_page_says_what_that_cost()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Say(Statement("SELECT severity, count(*) AS n FROM incidents GROUP BY severity ORDER BY n DESC", "Incidents by severity")));
        await using var server = await StartAsync(model);
        using var client = server.Client(Tokens.Reader);
        var (_, page) = await AskAsync(client, ("question", "How bad were they all?"));
        page.ShouldContain("Incidents by severity");
        page.ShouldContain("answer-rows");
        page.ShouldContain("1 model call, 150 tokens, $0.0002");
        page.ShouldNotContain("By the trusted answer to");
        page.ShouldContain("A model writes the statement");
    }

    [QuestionFact]
    public async Task A_statement_that_would_write_or_read_files_is_refused_and_shown()
    {
        foreach (var sql in new[] { "SELECT 1; DROP TABLE incidents", "SELECT * FROM read_csv('/etc/passwd')" })
        {
            await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Say(Statement(sql, "All of it")));
            await using var server = await StartAsync(model);
            using var client = server.Client(Tokens.Reader);
            var (status, page) = await AskAsync(client, ("question", "Show me everything"));
            status.ShouldBe(HttpStatusCode.OK);
            page.ShouldContain("Not run");
            page.ShouldContain("The statement, which did not run");
            page.ShouldContain(sql);
            page.ShouldContain("3 model calls"); // It was told twice what is wrong.
            page.ShouldNotContain("answer-rows");
            page.ShouldNotContain("root:");
        }
    }

    [QuestionFact]
    public async Task A_model_that_is_away_leaves_trusted_answers_and_says_so()
    {
        await using var model = await ScriptedModelServer.StartAsync(new ScriptedReply.NoCredentials());
        await using var server = await StartAsync(model);
        using var client = server.Client(Tokens.Reader);
        var (_, page) = await AskAsync(client, ("question", "Which service lost most requests?"));
        page.ShouldContain("a trusted pair answers");
        page.ShouldContain("answer-rows");
    }

    internal static string Statement(string sql, string title) => JsonSerializer.Serialize(new { sql, title });

    internal static MeteredModel ModelOf(ScriptedModelServer scripted, World world) => new(
        new ModelAccess(
            new OpenAiChatClient(new OpenAiOptions { Model = "scripted", Endpoint = scripted.OpenAiBase, Time = TimeProvider.System }),
            new ModelSettings { Where = "test", Provider = ModelProvider.OpenAiCompatible, Model = "scripted", Price = new ModelPrice(1, 1) }),
        world.Host.Budget);

    internal static async Task<(HttpStatusCode Status, string Page)> AskAsync(HttpClient client, params (string, string)[] fields)
    {
        var answer = await client.PostAsync("/questions", await client.TokenAsync("/questions"), fields);
        return (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
    }

    private Task<ConsoleServer> StartAsync(ScriptedModelServer? model) => ConsoleServer.StartAsync(
        shop.World, new ConsoleOptions { KeyFolder = folder.File("keys"), Tokens = Tokens.OneOfEach(folder.File("tokens.json")) }, model is null ? null : ModelOf(model, shop.World));
}
