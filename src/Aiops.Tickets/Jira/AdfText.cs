using System.Text;
using System.Text.Json.Nodes;
using Aiops.Tickets.Http;

namespace Aiops.Tickets.Jira;

/// <summary>What a document in Atlassian's format says, as plain text: a line for each block.</summary>
internal static class AdfText
{
    private const int Deepest = 60; // Nobody nests so deep by hand.

    public static string Of(JsonNode? document)
    {
        StringBuilder text = new();
        Append(text, document, 0);
        return text.ToString().Trim();
    }

    private static void Append(StringBuilder text, JsonNode? node, int depth)
    {
        if (node is not JsonObject || depth > Deepest)
        {
            return;
        }

        var type = node.Text("type");
        switch (type)
        {
            case "text":
                text.Append(node.Text("text"));
                break;
            case "hardBreak":
                text.Append('\n');
                break;
            case "mention" or "emoji" or "inlineCard" when node["attrs"] is { } attributes:
                text.Append(attributes.Text("text") is { Length: > 0 } shown ? shown : attributes.Text("url"));
                break;
            default:
                break;
        }

        foreach (var child in node.Items("content"))
        {
            Append(text, child, depth + 1);
        }

        if (type is "paragraph" or "heading" or "codeBlock" or "rule")
        {
            text.Append('\n');
        }
    }
}
