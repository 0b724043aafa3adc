using System.Net;
using Aiops.Cli.Serve;
using Aiops.Console.Routes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;

namespace Aiops.Console.Tests;

/// <summary>Who may ask for what, over every route there is.</summary>
[Collection(ShopTests.Name)]
public sealed class RolesTests(Shop shop) : IAsyncLifetime
{
    // The whole list of what anybody may ask for.
    private static readonly string[] ForAnybody =
        ["GET /login", "POST /login", "GET /login/start", "GET /login/answer", "POST /logout", "GET /forbidden", "GET /assets/{digest}/{name}"];

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
    public void Each_route_names_its_role_or_is_on_the_list_for_anybody()
    {
        foreach (var route in Routes())
        {
            var policies = route.Metadata.OfType<IAuthorizeData>().Select(data => data.Policy).ToList();
            var open = route.Metadata.OfType<IAllowAnonymous>().Any();
            (open ? ForAnybody : [Name(route)]).ShouldContain(Name(route));
            if (!open)
            {
                policies.ShouldHaveSingleItem().ShouldBeOneOf("reader", "reviewer", "approver", "proposer");
            }
        }

        Routes().Where(route => route.Metadata.OfType<IAllowAnonymous>().Any()).Select(Name).ShouldBe(ForAnybody, ignoreOrder: true);
        Routes().Count(route => !route.Metadata.OfType<IAllowAnonymous>().Any()).ShouldBeGreaterThan(8);
    }

    [Fact]
    public async Task Without_a_login_every_other_route_leads_to_it_and_tells_nothing()
    {
        using var client = server.Client();
        foreach (var route in Routes().Where(route => !ForAnybody.Contains(Name(route))))
        {
            var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(Method(route)), await PathAsync(route)));
            answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, Name(route));
            answer.Headers.Location!.PathAndQuery.ShouldStartWith("/login?to=");
            (await answer.Content.ReadAsStringAsync()).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_token_that_is_nobodys_is_refused_on_every_other_route()
    {
        using var client = server.Client("rV3-nobody-token-0123456789abcdef0");
        foreach (var route in Routes().Where(route => !ForAnybody.Contains(Name(route))))
        {
            var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(Method(route)), await PathAsync(route)));
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, Name(route));
        }
    }

    [Theory]
    [InlineData(Tokens.Reader, "reader")]
    [InlineData(Tokens.Reviewer, "reviewer")]
    [InlineData(Tokens.Approver, "approver")]
    public async Task A_role_opens_its_own_routes_and_those_for_readers_alone(string token, string role)
    {
        using var client = server.Client(token);
        foreach (var route in Routes().Where(route => !ForAnybody.Contains(Name(route))))
        {
            var asked = route.Metadata.OfType<IAuthorizeData>().Single().Policy;
            var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(Method(route)), await PathAsync(route)));
            if (asked == "reader" || asked == role || (asked == "proposer" && role != "reader"))
            {
                answer.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.BadRequest); // The last: a form without its token.
            }
            else
            {
                answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, Name(route));
            }
        }
    }

    [Fact]
    public async Task A_method_that_no_page_answers_is_refused_like_any_stranger()
    {
        using var client = server.Client();
        (await client.DeleteAsync("/incidents")).StatusCode.ShouldNotBe(HttpStatusCode.OK);
        (await client.PutAsync("/knowledge", new StringContent(""))).StatusCode.ShouldNotBe(HttpStatusCode.OK);
    }

    private static string Name(RouteEndpoint route) => $"{Method(route)} {route.RoutePattern.RawText}";

    private static string Method(RouteEndpoint route) => route.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Single();

    private async Task<string> PathAsync(RouteEndpoint route)
        => route.RoutePattern.RawText!.Replace("{id}", (await shop.World.Host.Incidents.ListAsync(null, 10, default))[^1].Id, StringComparison.Ordinal);

    private List<RouteEndpoint> Routes()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddAiopsConsole(new ConsoleOptions { KeyFolder = folder.File("keys") }, ConsoleSettings.PortsOf(shop.World.Host, new ScriptedQuestions(), shop.World.Clock));
        var app = builder.Build();
        ConsoleRoutes.Map(app);
        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).Cast<RouteEndpoint>()];
    }
}
