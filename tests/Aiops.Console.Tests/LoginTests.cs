using System.Net;
using Aiops.Console.Security;
using Deque.AxeCore.Playwright;

namespace Aiops.Console.Tests;

/// <summary>A token for a cookie, and back.</summary>
[Collection(ShopTests.Name)]
public sealed class LoginTests(Shop shop) : IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private ConsoleServer server = null!;

    public async Task InitializeAsync()
        => server = await ConsoleServer.StartAsync(
            shop.World, new ConsoleOptions { KeyFolder = folder.File("keys"), Tokens = Tokens.OneOfEach(folder.File("tokens.json")) });

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_token_buys_a_session_whose_cookie_no_script_and_no_other_site_can_use()
    {
        using var client = server.Client();
        var answer = await LogInAsync(client, Tokens.Reader, "/queue");
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Location!.OriginalString.ShouldBe("/queue");
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(text => text.StartsWith("aiops-session=", StringComparison.Ordinal));
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=strict");
        cookie.ShouldNotContain(Tokens.Reader);
        var page = await client.GetStringAsync("/incidents");
        page.ShouldContain("Rea");
        page.ShouldContain("Log out");
    }

    [BrowserFact]
    public async Task A_person_logs_in_by_keyboard_and_comes_back_to_the_page_that_they_wanted()
    {
        await using var context = await shop.Browser.NewContextAsync(new() { BaseURL = server.Address.ToString() });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/accuracy");
        page.Url.ShouldContain("/login?to=%2Faccuracy");
        (await page.RunAxe()).Violations.Where(violation => violation.Impact is "serious" or "critical").ShouldBeEmpty();
        await page.Keyboard.TypeAsync(Tokens.Reader); // The field has the focus.
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/accuracy");
        (await page.TextContentAsync(".who")).ShouldBe("Rea");
        await page.ClickAsync("text=Log out");
        await page.WaitForURLAsync("**/login");
    }

    [Fact]
    public async Task A_wrong_token_buys_nothing()
    {
        using var client = server.Client();
        var answer = await LogInAsync(client, "rV3-nobody-token-0123456789abcdef0");
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await client.GetAsync("/incidents")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Taking_a_token_out_of_the_file_ends_its_sessions_at_once()
    {
        using var client = server.Client();
        await LogInAsync(client, Tokens.Reader);
        (await client.GetAsync("/incidents")).StatusCode.ShouldBe(HttpStatusCode.OK);
        Tokens.Write(folder.File("tokens.json"), ("Rev", Tokens.Reviewer, ["reviewer"]));
        (await client.GetAsync("/incidents")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_file_that_breaks_lets_nobody_in()
    {
        using var client = server.Client(Tokens.Reader);
        File.WriteAllText(folder.File("tokens.json"), "[ half a li");
        (await client.GetAsync("/incidents")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Logging_out_ends_it()
    {
        using var client = server.Client();
        await LogInAsync(client, Tokens.Reviewer);
        var token = await client.TokenAsync("/incidents");
        (await client.PostAsync("/logout", token)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await client.GetAsync("/incidents")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData("//evil.example", "/incidents")]
    [InlineData("/\\evil.example", "/incidents")]
    [InlineData("https://evil.example/", "/incidents")]
    [InlineData("/a\nSet-Cookie: x=y", "/incidents")]
    [InlineData("", "/incidents")]
    [InlineData(null, "/incidents")]
    [InlineData("/incidents?q=a", "/incidents?q=a")]
    public void A_login_leads_back_to_an_address_of_ours_alone(string? asked, string to) => LocalPath.Of(asked).ShouldBe(to);

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""[{"name":"a","roles":["reader"],"sha256":"short"}]""")]
    [InlineData("""[{"name":"a","roles":["root"],"sha256":"0000000000000000000000000000000000000000000000000000000000000000"}]""")]
    [InlineData("""[{"name":"a","roles":[],"sha256":"0000000000000000000000000000000000000000000000000000000000000000"}]""")]
    [InlineData("""[{"roles":["reader"],"sha256":"0000000000000000000000000000000000000000000000000000000000000000"}]""")]
    public void A_file_that_says_less_than_who_and_what_is_refused_at_the_start(string json)
    {
        File.WriteAllText(folder.File("other.json"), json);
        Should.Throw<TokenFileException>(() => TokenFile.Open(folder.File("other.json")));
    }

    private static async Task<HttpResponseMessage> LogInAsync(HttpClient client, string token, string to = "/incidents")
        => await client.PostAsync("/login", await client.TokenAsync("/login"), ("token", token), ("to", to));
}
