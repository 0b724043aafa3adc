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
    [InlineData("/queue")]
    [InlineData("/queue/explain")]
    [InlineData("/accuracy")]
    public async Task Every_page_answers_without_a_fault(string path)
    {
        using var client = shop.Server.Client();
        var answer = await client.GetAsync(path);
        shop.Server.Faults.ToString().ShouldBeEmpty();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
