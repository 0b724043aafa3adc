using System.Text.Json;
using Aiops.Tickets.Markdown;

namespace Aiops.Tickets.Tests.Markdown;

/// <summary>The formats in which text is a value: what came in as text is in there as that text, and as nothing else.</summary>
public sealed class JsonFormatTests
{
    // By "Atlassian Document Format": what each node may hold.
    private static readonly Dictionary<string, string[]> AdfChildren = new()
    {
        ["doc"] = ["paragraph", "heading", "bulletList", "orderedList", "codeBlock", "rule"],
        ["paragraph"] = ["text"],
        ["heading"] = ["text"],
        ["codeBlock"] = ["text"],
        ["bulletList"] = ["listItem"],
        ["orderedList"] = ["listItem"],
        ["listItem"] = ["paragraph", "bulletList", "orderedList", "codeBlock"],
        ["rule"] = [],
    };

    [Fact]
    public void The_document_for_Jira_nests_only_what_may_be_nested()
    {
        var document = JsonDocument.Parse(new AdfFormat().Render(Samples.Comment(Samples.Hostile), Samples.Marker)).RootElement;
        document.GetProperty("version").GetInt32().ShouldBe(1);
        CheckAdf(document);
    }

    [Fact]
    public void Lists_within_lists_come_back_as_such_in_the_document_for_Jira()
    {
        var document = JsonDocument.Parse(new AdfFormat().Render("Head\n\n1. one\n   - a\n   - b\n2. two\n\n- p\n\n---\nfoot\n", Samples.Marker)).RootElement;
        var content = document.GetProperty("content").EnumerateArray().Select(node => node.GetProperty("type").GetString()).ToList();
        content.ShouldBe(["paragraph", "orderedList", "bulletList", "rule", "paragraph", "paragraph"]);
        var ordered = document.GetProperty("content")[1].GetProperty("content");
        ordered.GetArrayLength().ShouldBe(2);
        ordered[0].GetProperty("content")[1].GetProperty("content").GetArrayLength().ShouldBe(2);
    }

    [Theory]
    [InlineData("<!channel>")]
    [InlineData("[~admin] {code}")]
    [InlineData("<at>All</at>")]
    [InlineData("<script>alert(1)</script>")]
    public void Hostile_text_is_a_text_value_in_each(string text)
    {
        foreach (var format in new TicketFormat[] { new AdfFormat(), new SlackFormat(), new AdaptiveCardFormat() })
        {
            var body = JsonDocument.Parse(format.Render(Samples.Comment(text), Samples.Marker)).RootElement;
            Texts(body).ShouldContain(one => one == text);
            Types(body).ShouldNotContain(type => type == "mention" || type == "user" || type == "broadcast" || type == "mrkdwn");
        }
    }

    [Fact]
    public void Slack_gets_at_most_fifty_blocks_and_three_thousand_characters_a_text()
    {
        var sections = string.Concat(Enumerable.Range(0, 80).Select(i => $"### S{i}\n\nx\n\n"));
        var many = JsonDocument.Parse(new SlackFormat().Render($"Head\n\n{sections}---\nfoot\n", Samples.Marker)).RootElement;
        many.GetArrayLength().ShouldBe(SlackFormat.MaxBlocks);
        many[49].GetProperty("block_id").GetString().ShouldBe(Samples.Marker);
        Texts(many).ShouldContain("Cut here for length; the full report has the rest.");

        var smile = string.Concat(Enumerable.Repeat("xyzä\ud83d\ude00", 600));
        var wide = JsonDocument.Parse(new SlackFormat().Render($"Head\n\n{smile}\n\n---\nfoot\n", Samples.Marker)).RootElement;
        Texts(wide).ShouldAllBe(text => text.Length <= SlackFormat.MaxText);
        string.Concat(Texts(wide)).ShouldContain(smile);
    }

    [Fact]
    public void Slack_shows_depth_as_indent_and_goes_on_with_the_number()
    {
        var blocks = JsonDocument.Parse(new SlackFormat().Render("Head\n\n1. one\n   - a\n2. two\n\n---\nfoot\n", Samples.Marker)).RootElement;
        var lists = blocks[0].GetProperty("elements").EnumerateArray().Where(e => e.GetProperty("type").GetString() == "rich_text_list").ToList();
        lists.Select(list => (list.GetProperty("style").GetString(), list.GetProperty("indent").GetInt32())).ShouldBe([("ordered", 0), ("bullet", 1), ("ordered", 0)]);
        lists[2].GetProperty("offset").GetInt32().ShouldBe(1);
    }

    [Fact]
    public void The_card_for_Teams_has_the_report_as_a_button()
    {
        var card = JsonDocument.Parse(new AdaptiveCardFormat().Render(Samples.Comment("x"), Samples.Marker)).RootElement;
        card.GetProperty("actions")[0].GetProperty("title").GetString().ShouldBe("Full report");
        card.GetProperty("body").EnumerateArray().Last().GetProperty("id").GetString().ShouldBe(Samples.Marker);
    }

    private static void CheckAdf(JsonElement node)
    {
        var type = node.GetProperty("type").GetString()!;
        if (type == "text")
        {
            node.GetProperty("text").GetString().ShouldNotBeNullOrEmpty();
            var marks = node.TryGetProperty("marks", out var given) ? given.EnumerateArray().Select(mark => mark.GetProperty("type").GetString()).ToList() : [];
            if (marks.Contains("code"))
            {
                marks.ShouldAllBe(mark => mark == "code" || mark == "link");
            }

            return;
        }

        foreach (var child in node.TryGetProperty("content", out var content) ? content.EnumerateArray() : default)
        {
            AdfChildren[type].ShouldContain(child.GetProperty("type").GetString());
            CheckAdf(child);
        }
    }

    private static IEnumerable<string> Texts(JsonElement element) => Strings(element, "text");

    private static IEnumerable<string> Types(JsonElement element) => Strings(element, "type");

    private static IEnumerable<string> Strings(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(one => Strings(one, name)),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member
            => member.Name == name && member.Value.ValueKind == JsonValueKind.String ? [member.Value.GetString()!] : Strings(member.Value, name)),
        _ => [],
    };
}
