using System.Net;

namespace Aiops.Console.Tests;

/// <summary>The forms of the page of questions: who may send them, and how many at a time.</summary>
[Collection(ShopTests.Name)]
public sealed class QuestionFormsTests(Shop shop) : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_form_without_its_token_or_from_elsewhere_asks_nothing()
    {
        ScriptedQuestions questions = new();
        await using var server = await StartAsync(questions);
        using var client = server.Client(Tokens.Reader);
        foreach (var path in new[] { "/questions", "/questions/analysis" })
        {
            (await client.PostAsync(path, null, ("question", "errors?"), ("analysed", "checkout"), ("last", "1d"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await client.PostAsync(path, "made-up", ("question", "errors?"), ("analysed", "checkout"), ("last", "1d"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }

        var token = await client.TokenAsync("/questions");
        client.DefaultRequestHeaders.Add("Origin", "https://elsewhere.example");
        (await client.PostAsync("/questions", token, ("question", "errors?"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        questions.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_may_read_may_ask_and_nobody_else()
    {
        ScriptedQuestions questions = new();
        await using var server = await StartAsync(questions);
        using var nobody = server.Client();
        (await nobody.PostAsync("/questions", null, ("question", "errors?"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var stranger = server.Client("rV3-nobody-token-0123456789abcdef0");
        (await stranger.PostAsync("/questions", null, ("question", "errors?"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        questions.Asked.ShouldBeEmpty();

        foreach (var role in new[] { Tokens.Reader, Tokens.Reviewer, Tokens.Approver })
        {
            using var client = server.Client(role);
            (await client.PostAsync("/questions", await client.TokenAsync("/questions"), ("question", "errors?"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        questions.Asked.Select(question => question.Asker).ShouldBe(["token:Rea", "token:Rev", "token:App"]);
    }

    [Fact]
    public async Task One_question_at_a_time_for_each_who_asks_and_the_next_once_it_is_answered()
    {
        TaskCompletionSource under = new(TaskCreationOptions.RunContinuationsAsynchronously), way = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ScriptedQuestions questions = new()
        {
            Answer = async (question, cancellationToken) =>
            {
                if (question.Text == "slow")
                {
                    under.SetResult();
                    await way.Task.WaitAsync(cancellationToken);
                }

                return new QuestionAnswer { Title = "An answer", Cost = "Nothing." };
            },
        };
        await using var server = await StartAsync(questions);
        using var reader = server.Client(Tokens.Reader);
        using var other = server.Client(Tokens.Reviewer);
        var token = await reader.TokenAsync("/questions");
        var slow = reader.PostAsync("/questions", token, ("question", "slow"));
        await under.Task;
        var second = await reader.PostAsync("/questions", token, ("question", "second"));
        second.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await second.Content.ReadAsStringAsync()).ShouldContain("value=\"second\""); // Nothing that was written is lost.
        (await reader.PostAsync("/questions/analysis", token, ("analysed", "checkout"), ("last", "1d"))).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await other.PostAsync("/questions", await other.TokenAsync("/questions"), ("question", "other"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        way.SetResult();
        (await slow).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await reader.PostAsync("/questions", token, ("question", "third"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        questions.Asked.Select(question => question.Text).ShouldBe(["slow", "other", "third"]);
    }

    [Theory]
    [InlineData("", "", "Write a question")]
    [InlineData("2001", "", "2,000 characters at most")]
    [InlineData("errors?", "201", "200 characters at most")]
    public async Task What_is_wrong_with_a_form_is_said_and_nothing_is_asked(string question, string service, string said)
    {
        ScriptedQuestions questions = new();
        await using var server = await StartAsync(questions);
        using var client = server.Client(Tokens.Reader);
        var answer = await client.PostAsync("/questions", await client.TokenAsync("/questions"), ("question", Of(question)), ("service", Of(service)));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()).ShouldContain(said);
        questions.Asked.ShouldBeEmpty();

        static string Of(string text) => int.TryParse(text, out var length) ? new string('x', length) : text;
    }

    [Fact]
    public async Task A_question_and_a_service_of_the_greatest_length_are_asked()
    {
        ScriptedQuestions questions = new();
        await using var server = await StartAsync(questions);
        using var client = server.Client(Tokens.Reader);
        var (text, service) = (new string('x', 2_000), new string('s', 200));
        (await client.PostAsync("/questions", await client.TokenAsync("/questions"), ("question", text), ("service", service), ("conversation", new string('c', 65)))).StatusCode.ShouldBe(HttpStatusCode.OK);
        questions.Asked.ShouldHaveSingleItem().ShouldBe(new AskedQuestion("token:Rea", text, service, null)); // No id of ours is that long.
    }

    [Fact]
    public async Task Where_questions_cannot_be_answered_the_page_says_how_to_get_them_and_has_no_form()
    {
        ScriptedQuestions questions = new() { Scope = new QuestionScope { Absent = "Questions need a library. Run this to get it." } };
        await using var server = await StartAsync(questions);
        using var client = server.Client(Tokens.Reviewer);
        var page = await client.GetStringAsync("/questions");
        page.ShouldContain("Run this to get it.");
        page.ShouldNotContain("action=\"/questions");
        var elsewhere = await client.TokenAsync($"/incidents/{(await shop.World.Host.Incidents.ListAsync(null, 10, default))[0].Id}");
        (await client.PostAsync("/questions", elsewhere, ("question", "errors?"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        questions.Asked.ShouldBeEmpty();
    }

    private Task<ConsoleServer> StartAsync(IConsoleQuestions questions)
        => ConsoleServer.StartAsync(shop.World, new ConsoleOptions { KeyFolder = folder.File("keys"), Tokens = Tokens.OneOfEach(folder.File("tokens.json")) }, questions: questions);
}
