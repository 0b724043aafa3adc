using System.Text.Json.Serialization;

namespace Aiops.Pipeline.Reason.Models;

/// <summary>
/// One account of a budget as stores keep it: a value that they read, change and write back whole. What may be reserved is
/// decided here, alike on every host; keeping both accounts in step is the store's affair.
/// </summary>
public sealed record ModelAccount
{
    /// <summary>What is held included.</summary>
    public ModelSpend Charged { get; set; }

    /// <summary>What is reserved and not settled, each key once.</summary>
    public IReadOnlyList<ModelHold> Held { get => field ?? []; set; }

    private const string OfIncident = "this incident's";

    /// <summary>Whose cap it is, for people.</summary>
    public static string Whose(string account) => account switch
    {
        _ when account.StartsWith($"{MeteredModel.Questions}:", StringComparison.Ordinal) => "the day's questions'",
        _ when account.StartsWith($"{MeteredModel.Looks}:", StringComparison.Ordinal) => "the day's looks'",
        _ when account.StartsWith("day:", StringComparison.Ordinal) => "the day's",
        _ => OfIncident,
    };

    /// <summary>Whether a cap that was reached is a day's, of all or of some, and opens again with the next.</summary>
    /// <param name="reached">As <see cref="ReservationAnswer.Reached"/> has it.</param>
    public static bool OpensNextDay(string reached) => !reached.StartsWith(OfIncident, StringComparison.Ordinal);

    /// <summary>A key that is held is granted again; should it ask for more this time, the more is charged to it.</summary>
    /// <param name="attempt">Tells those that reserve the same key apart, for <see cref="Release"/>.</param>
    /// <returns>The account afterwards, the same where a cap was reached.</returns>
    public (ModelAccount After, string? Reached) Reserve(string whose, string key, string attempt, ModelSpend worst, ModelSpend cap)
    {
        var before = Find(key);
        var mine = before?.Attempts.FirstOrDefault(one => one.Id == attempt)?.Worst ?? worst;
        ModelHold hold = new(key, [.. before?.But(attempt) ?? [], new ModelAttempt(attempt, ModelSpend.Most(mine, worst))]);
        var charged = Charged - (before?.Worst ?? ModelSpend.Zero) + hold.Worst;
        return charged != Charged && ReservationAnswer.CapExceeded(whose, charged, cap) is { } reached
            ? (this, reached)
            : (With(charged, key, hold), null);
    }

    /// <summary>Takes one attempt back. What another attempt of the same key counts on stays charged.</summary>
    /// <returns>The same where there is no such attempt.</returns>
    public ModelAccount Release(string key, string attempt)
    {
        if (Find(key) is not { } hold || hold.But(attempt) is not { } left || left.Count == hold.Attempts.Count)
        {
            return this;
        }

        ModelHold? after = left.Count == 0 ? null : new ModelHold(key, left);
        return With(Charged - hold.Worst + (after?.Worst ?? ModelSpend.Zero), key, after);
    }

    /// <returns>The same where the key isn't held.</returns>
    public ModelAccount Settle(string key, ModelSpend actual) => Find(key) is { } hold ? With(Charged - hold.Worst + actual, key, null) : this;

    private ModelHold? Find(string key) => Held.FirstOrDefault(hold => hold.Key == key);

    private ModelAccount With(ModelSpend charged, string key, ModelHold? hold)
        => new() { Charged = charged, Held = [.. Held.Where(held => held.Key != key), .. hold is null ? Array.Empty<ModelHold>() : [hold]] };
}

/// <param name="Attempts">Who reserved it and may still take it back; at least one. The most that any of them may cost is charged.</param>
public sealed record ModelHold(string Key, IReadOnlyList<ModelAttempt> Attempts)
{
    [JsonIgnore]
    public ModelSpend Worst => Attempts.Aggregate(ModelSpend.Zero, (most, attempt) => ModelSpend.Most(most, attempt.Worst));

    internal IReadOnlyList<ModelAttempt> But(string attempt) => [.. Attempts.Where(one => one.Id != attempt)];
}

public sealed record ModelAttempt(string Id, ModelSpend Worst);

[JsonSerializable(typeof(ModelAccount))]
public sealed partial class ModelAccountJson : JsonSerializerContext;
