using System.Text.Json.Nodes;
using Aiops.Tickets.Tests.Peer;

namespace Aiops.Tickets.Tests.ServiceNow;

/// <summary>
/// As much of a ServiceNow instance as we use, by its REST API reference: "Table API" (GET, POST, PATCH on
/// /api/now/table/{tableName}) and "Attachment API". Errors have the shape {"error":{"message","detail"},"status":"failure"}.
/// </summary>
internal sealed class ServiceNowPeer
{
    private readonly Lock gate = new();
    private int next;

    public Dictionary<string, JsonObject> Incidents { get; } = [];

    public List<JsonObject> Journal { get; } = [];

    public Dictionary<string, JsonObject> Attachments { get; } = [];

    public PeerAnswer Answer(PeerCall call)
    {
        lock (gate)
        {
            var parts = call.Path.Trim('/').Split('/');
            return (call.Method, parts) switch
            {
                ("GET", ["api", "now", "table", "incident"]) => Result(new JsonArray([.. Incidents.Values.Where(one => Fits(one, call.Query["sysparm_query"])).Select(one => one.DeepClone())])),
                ("POST", ["api", "now", "table", "incident"]) => Create(call),
                ("GET", ["api", "now", "table", "incident", var id]) => Incidents.TryGetValue(id, out var incident) ? Result(incident.DeepClone()) : NotFound,
                ("PATCH", ["api", "now", "table", "incident", var id]) => Incidents.TryGetValue(id, out var incident) ? Patch(incident, call) : NotFound,
                ("GET", ["api", "now", "table", "sys_journal_field"]) => Result(new JsonArray([.. Journal.Where(one => Fits(one, call.Query["sysparm_query"])).Select(one => one.DeepClone())])),
                ("GET", ["api", "now", "attachment"]) => Result(new JsonArray([.. Attachments.Values.Where(one => Fits(one, call.Query["sysparm_query"])).Select(one => one.DeepClone())])),
                ("POST", ["api", "now", "attachment", "file"]) => Attach(call),
                ("DELETE", ["api", "now", "attachment", var id]) => Attachments.Remove(id) ? new PeerAnswer(204, "") : NotFound,
                _ => new PeerAnswer(400, """{"error":{"message":"Requested URI does not represent any resource","detail":null},"status":"failure"}"""),
            };
        }
    }

    /// <summary>What a person, or we, write into the journal.</summary>
    public void Write(string incident, string text, string by, string at = "2026-03-01 10:00:00")
        => Journal.Add(new JsonObject
        {
            ["sys_id"] = $"j{++next:d4}",
            ["element_id"] = incident,
            ["element"] = "comments",
            ["value"] = text,
            ["sys_created_by"] = by,
            ["sys_created_on"] = at,
        });

    private static PeerAnswer NotFound => new(404, """{"error":{"message":"No Record found","detail":"Record doesn't exist or ACL restricts the record retrieval"},"status":"failure"}""");

    private static PeerAnswer Result(JsonNode result, int status = 200) => new(status, new JsonObject { ["result"] = result }.ToJsonString());

    private PeerAnswer Create(PeerCall call)
    {
        var incident = JsonNode.Parse(call.Body)!.AsObject();
        incident["sys_id"] = $"{++next:x32}";
        incident["number"] = $"INC{next:d7}";
        Incidents[(string)incident["sys_id"]!] = incident;
        return Result(incident.DeepClone(), 201);
    }

    private PeerAnswer Patch(JsonObject incident, PeerCall call)
    {
        foreach (var (name, value) in JsonNode.Parse(call.Body)!.AsObject())
        {
            if (name is "work_notes" or "comments")
            {
                Write((string)incident["sys_id"]!, (string)value!, "aiops.bot", $"2026-03-01 11:00:{next % 60:d2}");
            }
            else
            {
                incident[name] = value?.DeepClone();
            }
        }

        return Result(incident.DeepClone());
    }

    private PeerAnswer Attach(PeerCall call)
    {
        var attachment = new JsonObject
        {
            ["sys_id"] = $"a{++next:d4}",
            ["table_name"] = call.Query["table_name"],
            ["table_sys_id"] = call.Query["table_sys_id"],
            ["file_name"] = call.Query["file_name"],
            ["sys_created_by"] = "aiops.bot",
            ["content"] = call.Body,
        };
        Attachments[(string)attachment["sys_id"]!] = attachment;
        return Result(attachment.DeepClone(), 201);
    }

    private static bool Fits(JsonObject row, string query)
        => query.Split('^').Where(part => !part.StartsWith("ORDERBY", StringComparison.Ordinal)).All(part => part.Split(["IN", ">=", "="], 2, StringSplitOptions.None) is [var name, var value]
            && (part.Contains(">=", StringComparison.Ordinal) ? string.CompareOrdinal((string?)row[name], value) >= 0
                : part.Contains("IN", StringComparison.Ordinal) && !part.Contains('=') ? value.Split(',').Contains((string?)row[name])
                : (string?)row[name] == value));
}
