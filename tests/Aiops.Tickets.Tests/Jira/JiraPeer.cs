using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Aiops.Tickets.Tests.Peer;

namespace Aiops.Tickets.Tests.Jira;

/// <summary>
/// One project of a Jira Cloud site as developer.atlassian.com/cloud/jira/platform/rest/v3 describes it (groups Issues, Issue
/// search, Issue comments, Issue attachments, Issue links, Myself); its search follows the issues with a delay.
/// </summary>
internal sealed class JiraPeer(TimeProvider clock)
{
    public const string Account = "bot@example.com";
    public const string Token = "planted-token-of-jira";
    public const string Us = "5b10ac8d82e05b22cc7d4ef5";

    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(30);

    private readonly List<JsonObject> issues = [];
    private int lastId = 10_000;

    public IReadOnlyList<JsonObject> Issues => issues;

    public static string Credentials { get; } = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Account}:{Token}"));

    public void Delete(string key) => issues.RemoveAll(issue => issue["key"]!.GetValue<string>() == key);

    public void Say(string key, string accountId, JsonNode body) => Comments(issues.Single(issue => issue["key"]!.GetValue<string>() == key)).Add(Comment(accountId, body));

    public static JsonNode Paragraph(string text) => new JsonObject
    {
        ["version"] = 1,
        ["type"] = "doc",
        ["content"] = new JsonArray(new JsonObject { ["type"] = "paragraph", ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = text }) }),
    };

    public PeerAnswer Answer(PeerCall call)
    {
        lock (issues)
        {
            return call.Headers.GetValueOrDefault("Authorization") == $"Basic {Credentials}" ? Routed(call)
                : new PeerAnswer(401, "Client must be authenticated to access this resource.");
        }
    }

    private PeerAnswer Routed(PeerCall call)
    {
        var path = call.Path.Trim('/').Split('/');
        path[..3].ShouldBe(["rest", "api", "3"]);
        return (call.Method, path[3..]) switch
        {
            ("GET", ["myself"]) => Ok(new JsonObject { ["accountId"] = Us }),
            ("POST", ["search", "jql"]) => Search(JsonNode.Parse(call.Body)!),
            ("POST", ["issue"]) => Create(JsonNode.Parse(call.Body)!["fields"]!),
            ("POST", ["issueLink"]) => Link(JsonNode.Parse(call.Body)!),
            ("DELETE", ["attachment", var id]) => DeleteAttachment(id),
            (_, ["issue", var id, .. var rest]) => issues.FirstOrDefault(issue => issue["id"]!.GetValue<string>() == id) is { } found ? OfIssue(call, found, rest) : NotFound,
            _ => NotFound,
        };
    }

    private static PeerAnswer NotFound { get; } = new(404, """{"errorMessages":["Issue does not exist or you do not have permission to see it."],"errors":{}}""");

    private static PeerAnswer Ok(JsonNode body) => new(200, body.ToJsonString());

    private PeerAnswer OfIssue(PeerCall call, JsonObject issue, string[] rest)
    {
        switch (call.Method, rest)
        {
            case ("GET", []):
                return Ok(issue);
            case ("PUT", []):
                return Update(issue, JsonNode.Parse(call.Body)!);
            case ("GET", ["comment"]):
                var start = int.Parse(call.Query["startAt"], CultureInfo.InvariantCulture);
                var page = Comments(issue).Skip(start).Take(Math.Min(50, int.Parse(call.Query["maxResults"], CultureInfo.InvariantCulture))); // Fewer than asked for may come.
                return Ok(new JsonObject
                {
                    ["startAt"] = start,
                    ["total"] = Comments(issue).Count,
                    ["comments"] = new JsonArray([.. page.Select(comment => comment!.DeepClone())]),
                });
            case ("POST", ["comment"]):
                var body = JsonNode.Parse(call.Body)!["body"]!;
                if (body.ToJsonString().Length > 32_767)
                {
                    return new PeerAnswer(400, """{"errorMessages":[],"errors":{"comment":"The entered text is too long. It exceeds the allowed limit of 32,767 characters."}}""");
                }

                Comments(issue).Add(Comment(Us, body));
                return new PeerAnswer(201, Comments(issue)[^1]!.ToJsonString());
            case ("PUT", ["comment", var id]):
                if (Comments(issue).FirstOrDefault(comment => comment!["id"]!.GetValue<string>() == id) is not { } edited)
                {
                    return new PeerAnswer(404, """{"errorMessages":["Can not find a comment for the id."],"errors":{}}""");
                }

                edited["body"] = JsonNode.Parse(call.Body)!["body"]!.DeepClone();
                return Ok(edited);
            case ("GET", ["transitions"]):
                return Ok(new JsonObject { ["transitions"] = new JsonArray(Transition("11", "Back", "To Do", "new"), Transition("31", "Finish", "Done", "done")) });
            case ("POST", ["transitions"]):
                issue["fields"]!["status"] = JsonNode.Parse(call.Body)!["transition"]!["id"]!.GetValue<string>() == "31" ? Status("Done", "done") : Status("To Do", "new");
                return new PeerAnswer(204, "");
            case ("POST", ["attachments"]):
                return Attach(call, issue);
            default:
                return NotFound;
        }
    }

    private PeerAnswer Search(JsonNode query)
    {
        var words = query["jql"]!.GetValue<string>().Split('"');
        words[0].ShouldBe("project = ");
        words[2].ShouldBe(" AND labels = ");
        if (words[1] != "OPS")
        {
            return new PeerAnswer(400, $$"""{"errorMessages":["The value '{{words[1]}}' does not exist for the field 'project'."],"warningMessages":[]}""");
        }

        var found = issues.Where(issue => clock.GetUtcNow() - Made(issue) >= Lag && issue["fields"]!["labels"]!.AsArray().Any(label => label!.GetValue<string>() == words[3]));
        return Ok(new JsonObject
        {
            ["isLast"] = true,
            ["issues"] = new JsonArray([.. found.Select(issue => new JsonObject
            {
                ["id"] = issue["id"]!.GetValue<string>(),
                ["key"] = issue["key"]!.GetValue<string>(),
                ["fields"] = new JsonObject { ["labels"] = issue["fields"]!["labels"]!.DeepClone() },
            })]),
        });
    }

    private PeerAnswer Create(JsonNode fields)
    {
        if (fields["priority"]!["name"]!.GetValue<string>() is "Nirvana")
        {
            return new PeerAnswer(400, """{"errorMessages":[],"errors":{"priority":"The priority selected is invalid."}}""");
        }

        if (fields["labels"]!.AsArray().Any(label => label!.GetValue<string>().Contains(' ')))
        {
            return new PeerAnswer(400, """{"errorMessages":[],"errors":{"labels":"The label contains spaces which is invalid."}}""");
        }

        var id = $"{++lastId}";
        var issue = new JsonObject { ["id"] = id, ["key"] = $"OPS-{issues.Count + 1}", ["made"] = clock.GetUtcNow().ToString("O"), ["fields"] = fields.DeepClone() };
        issue["fields"]!["status"] = Status("To Do", "new");
        issue["fields"]!["comment"] = new JsonArray();
        issue["fields"]!["attachment"] = new JsonArray();
        issue["fields"]!["issuelinks"] = new JsonArray();
        issues.Add(issue);
        return new PeerAnswer(201, new JsonObject { ["id"] = id, ["key"] = issue["key"]!.GetValue<string>(), ["self"] = "…" }.ToJsonString());
    }

    private static PeerAnswer Update(JsonObject issue, JsonNode asked)
    {
        foreach (var (name, value) in asked["fields"]!.AsObject())
        {
            issue["fields"]![name] = value!.DeepClone();
        }

        foreach (var change in asked["update"]?["labels"]?.AsArray() ?? [])
        {
            var labels = issue["fields"]!["labels"]!.AsArray();
            if (!labels.Any(label => label!.GetValue<string>() == change!["add"]!.GetValue<string>()))
            {
                labels.Add(change!["add"]!.GetValue<string>());
            }
        }

        return new PeerAnswer(204, "");
    }

    private PeerAnswer Link(JsonNode asked)
    {
        var (from, to) = (Keyed(asked["inwardIssue"]!), Keyed(asked["outwardIssue"]!));
        from["fields"]!["issuelinks"]!.AsArray().Add(new JsonObject { ["type"] = asked["type"]!.DeepClone(), ["outwardIssue"] = new JsonObject { ["id"] = to["id"]!.GetValue<string>() } });
        return new PeerAnswer(201, "");
    }

    private PeerAnswer Attach(PeerCall call, JsonObject issue)
    {
        if (call.Headers.GetValueOrDefault("X-Atlassian-Token") != "no-check")
        {
            return new PeerAnswer(403, "XSRF check failed");
        }

        call.Headers["Content-Type"].ShouldStartWith("multipart/form-data");
        call.Body.ShouldContain("name=file");
        if (call.Body.Length > 100_000)
        {
            return new PeerAnswer(413, "");
        }

        issue["fields"]!["attachment"]!.AsArray().Add(new JsonObject { ["id"] = $"{++lastId}", ["filename"] = "report.html", ["author"] = new JsonObject { ["accountId"] = Us } });
        return Ok(new JsonArray());
    }

    private PeerAnswer DeleteAttachment(string id)
    {
        foreach (var attachments in issues.Select(issue => issue["fields"]!["attachment"]!.AsArray()))
        {
            attachments.RemoveAll(attachment => attachment!["id"]!.GetValue<string>() == id);
        }

        return new PeerAnswer(204, "");
    }

    private JsonObject Comment(string accountId, JsonNode body) => new()
    {
        ["id"] = $"{++lastId}",
        ["author"] = new JsonObject { ["accountId"] = accountId, ["displayName"] = "Aiops" },
        ["body"] = body.DeepClone(),
        ["created"] = "2026-03-04T10:00:00.000+0000",
    };

    private JsonObject Keyed(JsonNode asked) => issues.Single(issue => issue["key"]!.GetValue<string>() == asked["key"]!.GetValue<string>());

    private static JsonArray Comments(JsonObject issue) => issue["fields"]!["comment"]!.AsArray();

    private static DateTimeOffset Made(JsonObject issue) => DateTimeOffset.Parse(issue["made"]!.GetValue<string>(), CultureInfo.InvariantCulture);

    private static JsonObject Status(string name, string category) => new() { ["name"] = name, ["statusCategory"] = new JsonObject { ["key"] = category } };

    private static JsonObject Transition(string id, string name, string to, string category) => new() { ["id"] = id, ["name"] = name, ["to"] = Status(to, category) };
}
