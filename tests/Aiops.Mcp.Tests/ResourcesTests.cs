using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Aiops.Mcp.Tests;

public sealed class ResourcesTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_report_is_read_by_the_address_that_the_list_and_the_templates_give()
    {
        var client = await world.ConnectAsync();
        var listed = (await client.ListResourcesAsync()).ShouldHaveSingleItem();
        listed.Uri.ShouldBe($"aiops://incidents/{world.Incident.Id}/report");
        var markdown = (TextResourceContents)(await client.ReadResourceAsync(listed.Uri)).Contents.ShouldHaveSingleItem();
        markdown.MimeType.ShouldBe("text/markdown");
        markdown.Text.ShouldContain("SEV2");

        var templates = (await client.ListResourceTemplatesAsync()).Select(template => template.UriTemplate).ToList();
        templates.ShouldBe(["aiops://incidents/{incidentId}/report", "aiops://incidents/{incidentId}/report.html"]);
        var page = (TextResourceContents)(await client.ReadResourceAsync(templates[1], new Dictionary<string, object?> { ["incidentId"] = world.Incident.Id }))
            .Contents.ShouldHaveSingleItem();
        page.MimeType.ShouldBe("text/html");
        page.Text.ShouldBe(await File.ReadAllTextAsync(world.Host.ReportPath(world.Incident.Id)));
    }

    [Theory]
    [InlineData("aiops://incidents/INC-NOPE/report")]
    [InlineData("aiops://incidents/../report")]
    [InlineData("aiops://incidents/..%2f..%2faiops.db/report")]
    [InlineData("file:///etc/passwd")]
    [InlineData("aiops://incidents//report")]
    public async Task What_is_no_report_s_address_is_not_found(string uri)
    {
        var client = await world.ConnectAsync();
        (await Should.ThrowAsync<McpProtocolException>(async () => await client.ReadResourceAsync(uri))).ErrorCode.ShouldBe(McpErrorCode.ResourceNotFound);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("1", true)]
    [InlineData("168", true)]
    [InlineData("0", false)]
    [InlineData("169", false)]
    [InlineData("a week", false)]
    public async Task A_hand_over_looks_back_an_hour_to_a_week(string? hours, bool taken)
    {
        var client = await world.ConnectAsync();
        var asked = async () => await client.GetPromptAsync("hand_over", hours is null ? null : new Dictionary<string, object?> { ["hours"] = hours });
        if (taken)
        {
            ((TextContentBlock)(await asked()).Messages[0].Content).Text.ShouldContain($"last {hours ?? "12"} hours");
        }
        else
        {
            await Should.ThrowAsync<McpProtocolException>(asked);
        }
    }
}
