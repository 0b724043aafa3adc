using System.Net;
using Aiops.Pipeline;

namespace Aiops.Console.Tests;

/// <summary>What must be true of a request before anything is changed, or shown, without a login.</summary>
[Collection(ShopTests.Name)]
public sealed class FormsTests(Shop shop)
{
    private static readonly (string, string)[] Good = [("verdict", "rejected"), ("reviewer", "A program")];
    private const string Nobody = "A program (not authenticated)";

    [Theory]
    [InlineData("/login")]
    [InlineData("/logout")]
    [InlineData("review")]
    public async Task No_form_is_taken_without_its_token(string path)
    {
        using var client = shop.Server.Client();
        var id = await OpenAsync();
        path = path == "review" ? $"/incidents/{id}/review" : path;
        await client.GetAsync($"/incidents/{id}"); // Brings the cookie.
        (await client.PostAsync(path, token: null, Good)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await client.PostAsync(path, token: "made-up", Good)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await client.PostAsync(path, new StringContent("{}", null, "application/json"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ReviewerAsync(id)).ShouldNotBe(Nobody);
    }

    [Fact]
    public async Task A_token_is_worth_nothing_without_the_cookie_that_it_came_with()
    {
        var id = await OpenAsync();
        using var one = shop.Server.Client();
        using var other = shop.Server.Client();
        var token = await one.TokenAsync($"/incidents/{id}");
        (await other.PostAsync($"/incidents/{id}/review", token, Good)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "https://127.0.0.1")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_form_from_elsewhere_is_refused_even_with_its_token(string header, string value)
    {
        var id = await OpenAsync();
        using var client = shop.Server.Client();
        var token = await client.TokenAsync($"/incidents/{id}");
        client.DefaultRequestHeaders.Add(header, value);
        (await client.PostAsync($"/incidents/{id}/review", token, Good)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await ReviewerAsync(id)).ShouldNotBe(Nobody);
    }

    [Fact]
    public async Task A_page_without_a_referrer_names_no_origin_and_its_form_is_taken_all_the_same()
    {
        var id = await OpenAsync();
        using var client = shop.Server.Client();
        var token = await client.TokenAsync($"/incidents/{id}");
        client.DefaultRequestHeaders.Add("Origin", "null");
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        (await client.PostAsync($"/incidents/{id}/review", token, ("verdict", "nonsense"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "127.0.0.1.evil.example:80")]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    [InlineData("Via", "1.1 proxy")]
    public async Task Without_a_login_nobody_is_answered_by_another_name_or_through_a_proxy(string header, string value)
    {
        using var client = shop.Server.Client();
        var request = new HttpRequestMessage(HttpMethod.Get, "/incidents");
        request.Headers.TryAddWithoutValidation(header, value).ShouldBeTrue();
        var answer = await client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.MisdirectedRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("checkout");
    }

    [Fact]
    public async Task Every_page_carries_the_policy_and_is_kept_by_no_cache()
    {
        using var client = shop.Server.Client();
        foreach (var path in new[] { "/incidents", "/knowledge", "/queue", "/accuracy", "/incidents/none", $"/incidents/{await OpenAsync()}" })
        {
            var answer = await client.GetAsync(path);
            var policy = string.Join(' ', answer.Headers.GetValues("Content-Security-Policy"));
            foreach (var part in new[] { "default-src 'none'", "script-src 'self'", "style-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'" })
            {
                policy.ShouldContain(part);
            }

            policy.ShouldNotContain("unsafe");
            answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
            answer.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
            answer.Headers.CacheControl!.NoStore.ShouldBeTrue(path);
            var html = await answer.Content.ReadAsStringAsync();
            html.ShouldNotContain(" style=");
            html.ShouldNotContain("<style");
            html.ShouldNotMatch("<script(?! src=\"/assets/)");
        }
    }

    [Fact]
    public async Task A_review_that_lacks_something_is_handed_back_with_what_was_written()
    {
        var id = await OpenAsync();
        using var client = shop.Server.Client();
        var token = await client.TokenAsync($"/incidents/{id}");
        var answer = await client.PostAsync($"/incidents/{id}/review", token,
            ("round", "1"), ("verdict", "corrected"), ("severity", "sev9"), ("cause", "The pool was \"full\" <b>"), ("minutes", "soon"), ("helped", "made-up"));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var html = await answer.Content.ReadAsStringAsync();
        html.ShouldContain("Name the component that was the cause.");
        html.ShouldContain("Say who you are");
        html.ShouldContain("Whole minutes");
        html.ShouldContain("One from sev1");
        html.ShouldContain("Only actions that were recommended");
        html.ShouldContain("The pool was &quot;full&quot; &lt;b&gt;");
        (await ReviewerAsync(id)).ShouldNotBe(Nobody);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("2")]
    [InlineData("")]
    public async Task A_review_of_another_analysis_than_the_newest_comes_back_and_asks_again(string round)
    {
        var id = await OpenAsync();
        using var client = shop.Server.Client();
        var token = await client.TokenAsync($"/incidents/{id}");
        (string, string)[] said = [("round", round), ("verdict", "rejected"), ("cause", "Kept words"), ("reviewer", "A program")];
        var answer = await client.PostAsync($"/incidents/{id}/review", token, said);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var html = await answer.Content.ReadAsStringAsync();
        html.ShouldContain("was analysed anew since");
        html.ShouldContain("The first cause is now inventory");
        html.ShouldContain("Kept words");
        html.ShouldContain("name=\"round\" value=\"1\"");
        html.ShouldNotContain("value=\"rejected\" required checked");
        (await ReviewerAsync(id)).ShouldNotBe(Nobody);
    }

    [Fact]
    public async Task Events_go_on_to_be_taken_beside_the_console_and_the_bare_address_still_says_what_it_is()
    {
        using var client = shop.Server.Client();
        (await client.GetStringAsync("/")).ShouldStartWith("aiops takes events by POST");
        (await client.GetAsync("/healthz")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync("/nothing-here")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        client.DefaultRequestHeaders.Add("Accept", "text/html,*/*");
        (await client.GetAsync("/")).Headers.Location!.OriginalString.ShouldBe("/incidents");
    }

    private async Task<string> OpenAsync()
        => (await shop.World.Host.Incidents.ListAsync(null, 100, default)).First(incident => incident.OpenedAt.UtcDateTime is { Month: 4, Day: 19 }).Id;

    private async Task<string?> ReviewerAsync(string id)
        => await shop.World.Host.Documents.GetAsync(DocumentKeys.Outcome(id), default) is { } content
            ? System.Text.Json.JsonSerializer.Deserialize(content, Aiops.Pipeline.Learn.LearnJson.Default.Outcome)!.Reviewer
            : null;
}
