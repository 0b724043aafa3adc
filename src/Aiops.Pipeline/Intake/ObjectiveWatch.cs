using System.Text.Json;
using System.Text.Json.Serialization;
using Aiops.Analysis;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Pipeline.Intake;

/// <summary>
/// Raises an alarm of its own for a service level objective whose error budget is spent, and ends it when there is budget again
/// or the objective is no longer watched: a slow burn breaks its promise without any single alarm. Run it every few minutes.
/// </summary>
/// <remarks>
/// What it raised last is remembered in the document store, after the event is in the queue: whoever dies in between raises it
/// again, and intake finds an alarm that fires already.
/// </remarks>
public sealed class ObjectiveWatch(IObjectiveSource objectives, IDocumentStore documents, EventDoor door, TimeProvider time)
{
    /// <summary>Share of the budget at which it counts as spent (this included).</summary>
    public const double SpentAt = 0;

    /// <summary>Share from which a spent budget counts as there again (this included): a gap, or it would flap around zero.</summary>
    public const double RecoveredAt = 0.05;

    private const string MemoryKey = "objectives/raised.json";
    private static readonly TimeSpan Lookback = TimeSpan.FromHours(1); // Budgets are reports of now; a source may want a window all the same.

    /// <param name="account">The account that the objectives are of: the alarms' correlation scope.</param>
    /// <param name="services">The components whose objectives are meant; all where it is empty.</param>
    /// <returns>The objectives whose state changed.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(string? account, IReadOnlyList<string> services, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var answer = await objectives.QueryAsync(new TelemetryQuery("", new TimeWindow(now - Lookback, now), services), cancellationToken);
        var watched = answer.Items.Where(budget => services.Count == 0 || services.Contains(budget.Component))
            .OrderBy(budget => budget.Name, StringComparer.Ordinal).ToList();
        var raised = await ReadAsync(cancellationToken);
        List<string> changed = [];
        foreach (var budget in watched)
        {
            var fires = raised.Contains(budget.Name);
            if (fires ? budget.Remaining < RecoveredAt : budget.Remaining > SpentAt)
            {
                continue;
            }

            await TellAsync(EventOf(budget, firing: !fires, account, now), budget.Name);
        }

        foreach (var name in raised.Except(watched.Select(budget => budget.Name)).ToList())
        {
            if (answer.Gaps.Count == 0 || answer.Items.Any(budget => budget.Name == name)) // What is lacking may be there still.
            {
                await TellAsync(EventOfUnwatched(name, account, now), name);
            }
        }

        if (raised.Count > 0 && changed.Count == 0)
        {
            await RememberAsync(raised, cancellationToken); // Documents may expire by their age, and this one is needed still.
        }

        return changed;

        async Task TellAsync(ObjectiveEvent told, string name)
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(told, ObjectiveWatchJson.Default.ObjectiveEvent);
            await door.AdmitAsync(body, "aiops-objective", cancellationToken);
            changed.Add(name);
            _ = raised.Remove(name) || raised.Add(name);
            await RememberAsync(raised, cancellationToken);
        }
    }

    // Told in the generic format of events/README.md: the watch is a sender like any other.
    private static ObjectiveEvent EventOf(ObjectiveBudget budget, bool firing, string? account, DateTimeOffset now) => new(
        IdOf(budget.Name, now),
        firing ? $"{budget.Name} has spent its error budget" : $"{budget.Name} has error budget again",
        SubjectOf(budget.Name),
        firing ? "firing" : "resolved",
        now,
        budget.Component,
        "high",
        account,
        $"{budget.Remaining:P0} of the error budget is left, the goal is {budget.Goal:P2}");

    private static ObjectiveEvent EventOfUnwatched(string name, string? account, DateTimeOffset now) => new(
        IdOf(name, now), $"{name} is no longer watched", SubjectOf(name), "resolved", now, Service: null, "high", account,
        "It was deleted, renamed or left out of what is watched: nobody will say any more whether there is budget again");

    private static string IdOf(string name, DateTimeOffset now) => $"{SubjectOf(name)}@{now:yyyy-MM-ddTHH:mm:ssZ}";

    private static string SubjectOf(string name) => $"slo/{name}";

    private Task RememberAsync(SortedSet<string> raised, CancellationToken cancellationToken)
        => documents.PutAsync(
            MemoryKey, JsonSerializer.SerializeToUtf8Bytes(raised, ObjectiveWatchJson.Default.SortedSetString), cancellationToken);

    private async Task<SortedSet<string>> ReadAsync(CancellationToken cancellationToken)
        => await documents.GetAsync(MemoryKey, cancellationToken) is { } content
            ? JsonSerializer.Deserialize(content, ObjectiveWatchJson.Default.SortedSetString) ?? []
            : [];
}

internal sealed record ObjectiveEvent(
    string Id, string Title, string Subject, string State, DateTimeOffset OccurredAt, string? Service, string Severity, string? Account, string Description);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ObjectiveEvent))]
[JsonSerializable(typeof(SortedSet<string>))]
internal sealed partial class ObjectiveWatchJson : JsonSerializerContext;
