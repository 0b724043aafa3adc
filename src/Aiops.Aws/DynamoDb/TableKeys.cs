using System.Security.Cryptography;
using System.Text;
using Aiops.Pipeline;
using Amazon.DynamoDBv2.Model;

namespace Aiops.Aws.DynamoDb;

/// <summary>The primary key of an item.</summary>
internal readonly record struct ItemKey(string Partition, string Sort)
{
    public static ItemKey Of(IReadOnlyDictionary<string, AttributeValue> item) => new(item[TableKeys.PK].S, item[TableKeys.SK].S);

    public Dictionary<string, AttributeValue> ToItem() => new() { [TableKeys.PK] = new(Partition), [TableKeys.SK] = new(Sort) };
}

/// <summary>Every key of the single table; README.md has them as one table.</summary>
internal static class TableKeys
{
    public const string PK = "PK";
    public const string SK = "SK";
    public const string Index = "GSI1";
    public const string IndexPK = "GSI1PK";
    public const string IndexSK = "GSI1SK";

    /// <summary>Seconds since 1970, after which DynamoDB may delete the item, and we treat it as gone.</summary>
    public const string ExpiresAt = "ExpiresAt";

    /// <summary>The scope's version by which an item was last written.</summary>
    public const string Version = "V";

    public const string Scopes = "SCOPES";
    public const string SubjectPrefix = "SUBJECT#";
    public const string KeyPrefix = "KEY#";
    public const string DecisionPrefix = "DECISION#";
    public const string MemberPrefix = "MEMBER#";
    public const string Pending = "PENDING";
    public const string Reviews = "REVIEWS";
    public const string Tickets = "TICKETS";
    public const string ModelOutages = "MODEL#OUTAGES";

    private const int LongestPart = 700; // Bytes: a sort key has up to 1,024, a partition key up to 2,048.

    public static ItemKey Scope(string scope) => new(Scopes, $"SCOPE#{ScopePart(scope)}"); // The scope itself is an attribute.

    public static ItemKey Head(string scope) => new($"SCOPE#{ScopePart(scope)}", "HEAD");

    public static ItemKey Done(string scope) => new($"SCOPE#{ScopePart(scope)}", "DONE");

    public static ItemKey NoteChunk(string scope, string commit, int number) => new($"SCOPE#{ScopePart(scope)}", $"NOTE#{commit}#{number:D4}");

    public static ItemKey Subject(string scope, string subject) => new($"{SubjectPrefix}{ScopePart(scope)}#{Part(subject)}", "SUBJECT");

    public static ItemKey Decision(string scope, string subject, string decisionId)
        => new($"{SubjectPrefix}{ScopePart(scope)}#{Part(subject)}", $"{DecisionPrefix}{decisionId}");

    public static ItemKey Key(string scope, string key) => new($"{KeyPrefix}{ScopePart(scope)}#{key}", "KEY");

    public static ItemKey Incident(string id) => new($"INCIDENT#{id}", "INCIDENT");

    public static ItemKey Due(string id) => new($"INCIDENT#{id}", "DUE");

    public static ItemKey Signal(string id) => new($"INCIDENT#{id}", "SIGNAL");

    public static ItemKey Member(string id, string subject) => new($"INCIDENT#{id}", $"{MemberPrefix}{Part(subject)}");

    public static ItemKey Start(string scope, DateTimeOffset openedAt, string id) => new(Starts(scope), $"{Instant(openedAt)}#{id}");

    public static ItemKey Review(string incidentId) => new($"INCIDENT#{incidentId}", "REVIEW");

    public static ItemKey Ticket(string key) => new($"TICKET#{Part(key)}", "TICKET");

    public static ItemKey Comment(string key, int version) => new($"TICKET#{Part(key)}", $"COMMENT#{version:D9}");

    public static ItemKey Ledger(string system, string key) => new($"TICKET#{Part(key)}", $"LEDGER#{Part(system)}");

    public static string LedgerOf(string system) => $"LEDGER#{Part(system)}";

    public static ItemKey Ingestion(string knowledgeBase, string dataSource) => new($"INGESTION#{knowledgeBase}#{dataSource}", "WAITS");

    public static ItemKey ModelBudget(string account) => new($"MODEL#BUDGET#{Part(account)}", "BUDGET");

    public static ItemKey ModelOutage(string incidentId) => new(ModelOutages, $"INCIDENT#{Part(incidentId)}");

    public static string Cases(string scope) => $"CASES#{ScopePart(scope)}";

    public static string Starts(string scope) => $"STARTS#{ScopePart(scope)}";

    public static string IncidentsOf(IncidentStatus status) => $"INCIDENTS#{status.ToString().ToLowerInvariant()}";

    public static string DueSubjects(string scope) => $"DUE#SUBJECTS#{ScopePart(scope)}";

    public static string DueIncidents(string scope) => $"DUE#INCIDENTS#{ScopePart(scope)}";

    public static string DecisionsOf(string incidentId) => $"DECISIONS#{incidentId}";

    public static string DecisionsOfNone(string scope) => $"DECISIONS##{ScopePart(scope)}";

    /// <summary>Sorts as the instants do; milliseconds, rounded down.</summary>
    public static string Instant(DateTimeOffset at) => Milliseconds(at.ToUnixTimeMilliseconds());

    /// <summary>The same, rounded up: what is found due by its key must be due, or a sweep by a clock that stands would never end.</summary>
    public static string DueInstant(DateTimeOffset at) => Milliseconds(at.AddTicks(TimeSpan.TicksPerMillisecond - 1).ToUnixTimeMilliseconds());

    public static DateTimeOffset InstantOf(string key)
        => DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(key.AsSpan(0, 16)) - Bias);

    // Digits alone, also for years before 1970: 16 of them reach beyond the last year there is.
    private const long Bias = 100_000_000_000_000;

    private static string Milliseconds(long milliseconds) => $"{milliseconds + Bias:D16}";

    // No scope may look like another one with a subject.
    private static string ScopePart(string scope) => scope.Contains('#', StringComparison.Ordinal) ? Digest(scope) : Part(scope);

    /// <summary>Text as a part of a key: itself, or its digest where it is long.</summary>
    public static string Part(string text)
        => Encoding.UTF8.GetByteCount(text) <= LongestPart ? text : Digest(text);

    private static string Digest(string text) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
}
