using System.Text.Json.Nodes;
using Aiops.Tickets.Tests.Peer;

namespace Aiops.Tickets.Tests.GitHub;

/// <summary>
/// One repository's issues as docs.github.com describes them: "REST API endpoints for issues", "REST API endpoints for issue
/// comments" and "Rate limits for the REST API", version 2022-11-28.
/// </summary>
internal sealed class GitHubPeer
{
    public const string Token = "planted-token-of-github";

    private readonly List<JsonObject> issues = [];
    private readonly List<JsonObject> comments = [];
    private long lastId = 1000;

    public IReadOnlyList<JsonObject> Issues => issues;

    /// <summary>Without it labels are left out of new issues, and nothing is said.</summary>
    public bool MayPush { get; set; } = true;

    public IEnumerable<JsonObject> CommentsOf(int number) => comments.Where(comment => comment["issue"]!.GetValue<int>() == number);

    public void Delete(int number) => issues.RemoveAll(issue => issue["number"]!.GetValue<int>() == number);

    public void DeleteComment(string id) => comments.RemoveAll(comment => comment["id"]!.ToJsonString() == id);

    public long Say(int number, string login, string body, string type = "User")
    {
        comments.Add(new JsonObject
        {
            ["id"] = ++lastId,
            ["issue"] = number,
            ["user"] = new JsonObject { ["login"] = login, ["type"] = type },
            ["body"] = body,
            ["created_at"] = "2026-03-04T10:00:00Z",
        });
        return lastId;
    }

    public PeerAnswer Answer(PeerCall call)
    {
        lock (issues)
        {
            if (!call.Headers.TryGetValue("User-Agent", out var agent) || agent.Length == 0)
            {
                return new PeerAnswer(403, "Request forbidden by administrative rules.");
            }

            return call.Headers.GetValueOrDefault("Authorization") == $"Bearer {Token}" ? Routed(call) : new PeerAnswer(401, """{"message":"Bad credentials","status":"401"}""");
        }
    }

    private PeerAnswer Routed(PeerCall call)
    {
        var path = call.Path.Trim('/').Split('/');
        return (call.Method, path) switch
        {
            ("GET", ["user"]) => new PeerAnswer(200, """{"login":"aiops-bot","type":"User"}"""),
            (_, ["repos", not "acme", ..]) => NotFound,
            ("GET", ["repos", _, _, "issues"]) => List(call),
            ("POST", ["repos", _, _, "issues"]) => Create(JsonNode.Parse(call.Body)!),
            ("GET", ["repos", _, _, "issues", var number]) => With(number, issue => new PeerAnswer(200, issue.ToJsonString())),
            ("PATCH", ["repos", _, _, "issues", "comments", var id]) => Edit(id, JsonNode.Parse(call.Body)!),
            ("PATCH", ["repos", _, _, "issues", var number]) => With(number, issue => Update(issue, JsonNode.Parse(call.Body)!)),
            ("GET", ["repos", _, _, "issues", var number, "comments"]) => With(number, _ => Page(CommentsOf(int.Parse(number)), call)),
            ("POST", ["repos", _, _, "issues", var number, "comments"]) => With(number, _ => Comment(int.Parse(number), JsonNode.Parse(call.Body)!["body"]!.GetValue<string>())),
            _ => NotFound,
        };
    }

    private static PeerAnswer NotFound { get; } = new(404, """{"message":"Not Found","documentation_url":"https://docs.github.com/rest"}""");

    private static PeerAnswer Page(IEnumerable<JsonObject> all, PeerCall call)
    {
        var (size, page) = (int.Parse(call.Query["per_page"]), int.Parse(call.Query["page"]));
        return new PeerAnswer(200, new JsonArray([.. all.Skip((page - 1) * size).Take(size).Select(one => one.DeepClone())]).ToJsonString());
    }

    private PeerAnswer List(PeerCall call)
    {
        var label = call.Query["labels"];
        call.Query["state"].ShouldBe("all");
        return Page(issues.Where(issue => issue["labels"]!.AsArray().Any(one => one!["name"]!.GetValue<string>() == label)).Reverse(), call);
    }

    private PeerAnswer Create(JsonNode asked)
    {
        if (TooLong(asked["body"]) is { } refused)
        {
            return refused;
        }

        var number = issues.Count + 1;
        var issue = new JsonObject
        {
            ["number"] = number,
            ["html_url"] = $"https://github.com/acme/shop/issues/{number}",
            ["title"] = asked["title"]!.GetValue<string>(),
            ["body"] = asked["body"]!.GetValue<string>(),
            ["state"] = "open",
            ["user"] = new JsonObject { ["login"] = "aiops-bot", ["type"] = "User" },
            ["labels"] = Labels(MayPush ? asked["labels"] : null),
        };
        issues.Add(issue);
        return new PeerAnswer(201, issue.ToJsonString());
    }

    private static PeerAnswer Update(JsonObject issue, JsonNode asked)
    {
        foreach (var (name, value) in asked.AsObject())
        {
            issue[name] = name == "labels" ? Labels(value) : value?.DeepClone();
        }

        return new PeerAnswer(200, issue.ToJsonString());
    }

    private PeerAnswer Comment(int number, string body)
    {
        if (TooLong(body) is { } refused)
        {
            return refused;
        }

        var id = Say(number, "aiops-bot", body);
        return new PeerAnswer(201, $$"""{"id":{{id}}}""");
    }

    private PeerAnswer Edit(string id, JsonNode asked)
    {
        var comment = comments.FirstOrDefault(one => one["id"]!.ToJsonString() == id);
        if (comment is null)
        {
            return NotFound;
        }

        comment["body"] = asked["body"]!.GetValue<string>();
        return new PeerAnswer(200, comment.ToJsonString());
    }

    private PeerAnswer With(string number, Func<JsonObject, PeerAnswer> act)
        => issues.FirstOrDefault(issue => issue["number"]!.ToJsonString() == number) is { } found ? act(found)
            : new PeerAnswer(410, """{"message":"This issue was deleted","documentation_url":"https://docs.github.com/rest"}""");

    private static PeerAnswer? TooLong(JsonNode? body) => body?.GetValue<string>().Length > 65_536
        ? new PeerAnswer(422, """{"message":"Validation Failed","errors":[{"resource":"Issue","code":"custom","field":"body","message":"body is too long (maximum is 65536 characters)"}]}""")
        : null;

    private static JsonArray Labels(JsonNode? names)
        => new([.. (names?.AsArray() ?? []).Select(name => new JsonObject { ["name"] = name!.GetValue<string>() })]);
}
