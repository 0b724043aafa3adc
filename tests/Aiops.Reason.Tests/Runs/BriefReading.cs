using System.Text.Json;
using Aiops.ScriptedModel;

namespace Aiops.Reason.Tests.Runs;

/// <summary>What a scripted analyst reads in a request: the brief between its tags, as any model would.</summary>
internal sealed record BriefReading(
    IReadOnlyList<BriefReading.Cause> Causes, IReadOnlyDictionary<string, BriefReading.Item> Items, IReadOnlyList<string> Playbooks, string Json)
{
    public sealed record Item(string Id, string Component, string Text);

    public sealed record Cause(string Id, string Component, string Text, double Confidence, IReadOnlyList<string> For, IReadOnlyList<string> Against, string Test);

    public static BriefReading Of(ScriptedRequest request) => Of(request.Messages.First(message => message.Role == "user").Text);

    public static BriefReading Of(string prompt)
    {
        var start = prompt.IndexOf("<data-", StringComparison.Ordinal);
        var json = prompt[prompt.IndexOf('{', start)..(prompt.IndexOf("\n</data-", start, StringComparison.Ordinal))];
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var items = new[] { "evidence", "logPatterns", "changes", "similarReviewedIncidents", "missing" }
            .SelectMany(part => root.GetProperty(part).EnumerateArray())
            .Select(item => new Item(Text(item, "id"), Text(item, "component"), Text(item, "text")));
        return new BriefReading(
            [.. root.GetProperty("hypotheses").EnumerateArray().Select(one => new Cause(
                Text(one, "id"), Text(one, "component"), Text(one, "text"), one.GetProperty("confidence").GetDouble(), Ids(one, "for"), Ids(one, "against"),
                one.TryGetProperty("wouldDisprove", out var test) ? test.GetString()! : ""))],
            items.ToDictionary(item => item.Id),
            [.. root.GetProperty("playbooks").EnumerateArray().Select(one => Text(one, "id"))],
            json);
    }

    private static string Text(JsonElement one, string member) => one.GetProperty(member).GetString()!;

    private static List<string> Ids(JsonElement one, string member) => [.. one.GetProperty(member).EnumerateArray().Select(id => id.GetString()!)];
}
