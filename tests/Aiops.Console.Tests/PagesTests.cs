using System.Net;

namespace Aiops.Console.Tests;

/// <summary>Pages as a program asks for them.</summary>
[Collection(ShopTests.Name)]
public sealed class PagesTests(Shop shop)
{
    [Theory]
    [InlineData("/incidents")]
    [InlineData("/incidents/fragment")]
    [InlineData("/knowledge")]
    [InlineData("/questions")]
    [InlineData("/queue")]
    [InlineData("/queue/explain")]
    [InlineData("/accuracy")]
    [InlineData("/actions")]
    public async Task Every_page_answers_without_a_fault(string path)
    {
        using var client = shop.Server.Client();
        var answer = await client.GetAsync(path);
        shop.Server.Faults.ToString().ShouldBeEmpty();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Without_an_allow_list_the_page_of_actions_says_how_to_turn_them_on_and_no_incident_offers_any()
    {
        using var client = shop.Server.Client();
        (await client.GetStringAsync("/actions")).ShouldContain("aiops serve --actions FILE");
        var incident = (await shop.World.Host.Incidents.ListAsync(null, 10, default))[0];
        (await client.GetStringAsync($"/incidents/{incident.Id}")).ShouldNotContain("Propose it");
    }
}
