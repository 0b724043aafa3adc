using System.Net;
using System.Security.Cryptography;
using System.Text;
using Aiops.Console.Security.Oidc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.Tokens;

namespace Aiops.Console.Tests;

/// <summary>Logging in by way of an identity provider, and every way in which that must not work.</summary>
[Collection(ShopTests.Name)]
public sealed class OidcTests(Shop shop) : IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private IdentityProvider provider = null!;
    private ConsoleServer server = null!;
    private HttpClient browser = null!;

    private DateTimeOffset Now => shop.World.Clock.GetUtcNow();

    public async Task InitializeAsync()
    {
        provider = await IdentityProvider.StartAsync();
        server = await ConsoleServer.StartAsync(shop.World, new ConsoleOptions
        {
            KeyFolder = folder.File("keys"),
            Identity = new OidcOptions { Authority = new Uri(provider.Issuer), ClientId = IdentityProvider.Client },
        });
        browser = server.Client();
    }

    public async Task DisposeAsync()
    {
        browser.Dispose();
        await server.DisposeAsync();
        await provider.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Who_the_provider_vouches_for_gets_the_roles_that_it_names()
    {
        provider.Issue = nonce => provider.Token(Now, nonce);
        var answer = await ComeBackAsync(await LeaveAsync("/queue"));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("0; url=/queue");
        provider.Proven.ShouldBeTrue();
        var page = await browser.GetStringAsync("/incidents");
        page.ShouldContain("ines");
        var incident = (await shop.World.Host.Incidents.ListAsync(null, 1, default))[0].Id;
        (await browser.GetStringAsync($"/incidents/{incident}")).ShouldContain("Send the review");
    }

    [Fact]
    public async Task The_browser_is_sent_away_with_state_nonce_and_challenge_that_are_new_each_time()
    {
        var (one, other) = (await LeaveAsync(), await LeaveAsync());
        foreach (var name in new[] { "state", "nonce", "code_challenge" })
        {
            one[name].Length.ShouldBe(43); // 32 bytes.
            one[name].ShouldNotBe(other[name]);
        }

        (one["response_type"], one["code_challenge_method"], one["client_id"]).ShouldBe(("code", "S256", IdentityProvider.Client));
        one["redirect_uri"].ShouldBe($"{server.Address}login/answer");
    }

    [Fact]
    public async Task Another_state_is_refused()
    {
        provider.Issue = nonce => provider.Token(Now, nonce);
        var asked = await LeaveAsync();
        asked["state"] = new string('A', 43);
        await ShouldBeRefusedAsync(await ComeBackAsync(asked));
        provider.Proven.ShouldBeFalse(); // The code wasn't even redeemed.
    }

    [Fact]
    public async Task An_answer_that_this_browser_never_asked_for_is_refused()
    {
        provider.Issue = nonce => provider.Token(Now, nonce);
        var asked = await LeaveAsync();
        using var victim = server.Client();
        var answer = await victim.GetAsync($"/login/answer?code=c&state={asked["state"]}");
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await victim.GetAsync("/incidents")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task An_answer_is_good_once()
    {
        provider.Issue = nonce => provider.Token(Now, nonce);
        var asked = await LeaveAsync();
        (await ComeBackAsync(asked)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ComeBackAsync(asked)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("another nonce")]
    [InlineData("no nonce")]
    [InlineData("another audience")]
    [InlineData("another issuer")]
    [InlineData("expired")]
    [InlineData("not yet valid")]
    [InlineData("without an end")]
    [InlineData("unsigned")]
    [InlineData("signed by a stranger")]
    [InlineData("signed with the public key as a secret")]
    [InlineData("made for another client too")]
    [InlineData("no token")]
    public async Task A_token_with_a_fault_logs_nobody_in(string fault)
    {
        using var stranger = RSA.Create(2048);
        provider.Issue = nonce => fault switch
        {
            "another nonce" => provider.Token(Now, "n-other"),
            "no nonce" => provider.Token(Now, nonce, token => token.Claims.Remove("nonce")),
            "another audience" => provider.Token(Now, nonce, token => token.Audience = "another-app"),
            "another issuer" => provider.Token(Now, nonce, token => token.Issuer = "http://evil.example"),
            "expired" => provider.Token(Now.AddMinutes(-10), nonce),
            "not yet valid" => provider.Token(Now.AddMinutes(10), nonce),
            "without an end" => provider.Token(Now, nonce, token => token.Expires = null),
            "unsigned" => provider.Token(Now, nonce, token => token.SigningCredentials = null),
            "signed by a stranger" => provider.Token(Now, nonce, token => token.SigningCredentials = new(new RsaSecurityKey(stranger) { KeyId = "k1" }, SecurityAlgorithms.RsaSha256)),
            "signed with the public key as a secret" => provider.Token(Now, nonce, token => token.SigningCredentials =
                new(new SymmetricSecurityKey(Encoding.ASCII.GetBytes(new string('k', 64))) { KeyId = "k1" }, SecurityAlgorithms.HmacSha256)),
            "made for another client too" => provider.Token(Now, nonce, token =>
            {
                token.Audience = null;
                token.Claims["aud"] = new[] { IdentityProvider.Client, "another-app" };
                token.Claims["azp"] = "another-app";
            }),
            _ => "",
        };
        await ShouldBeRefusedAsync(await ComeBackAsync(await LeaveAsync()));
        provider.Proven.ShouldBeTrue(); // It is the token that was refused.
    }

    [Fact]
    public async Task The_providers_token_opens_pages_to_programs_too_and_only_a_good_one()
    {
        using var good = server.Client(provider.Token(Now, "any"));
        (await good.GetAsync("/incidents")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var late = server.Client(provider.Token(Now.AddHours(-1), "any"));
        (await late.GetAsync("/incidents")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Whoever_has_no_role_there_sees_nothing()
    {
        provider.Issue = nonce => provider.Token(Now, nonce, token => token.Claims["roles"] = new[] { "reviewer", "admin" }); // Other programs' words.
        (await ComeBackAsync(await LeaveAsync())).StatusCode.ShouldBe(HttpStatusCode.OK);
        var answer = await browser.GetAsync("/incidents");
        answer.Headers.Location!.PathAndQuery.ShouldStartWith("/forbidden");
    }

    private async Task<Dictionary<string, string>> LeaveAsync(string to = "/incidents")
    {
        var answer = await browser.GetAsync($"/login/start?to={Uri.EscapeDataString(to)}");
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.AbsoluteUri.ShouldStartWith($"{provider.Issuer}/authorize?");
        var asked = QueryHelpers.ParseQuery(answer.Headers.Location.Query).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        (provider.Challenge, provider.Nonce) = (asked["code_challenge"], asked["nonce"]);
        return asked;
    }

    private Task<HttpResponseMessage> ComeBackAsync(Dictionary<string, string> asked) => browser.GetAsync($"/login/answer?code=c-1&state={asked["state"]}");

    private async Task ShouldBeRefusedAsync(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await browser.GetAsync("/incidents")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }
}
