using Aiops.Pipeline.Reason.Models;
using Aiops.PortTests.Running;
using FsCheck;
using FsCheck.Fluent;

namespace Aiops.PortTests.Reason;

/// <summary>What any budget of models must hold to.</summary>
public abstract class ModelBudgetTests : IAsyncLifetime
{
    private static readonly DateOnly Day = new(2026, 3, 2);
    private static readonly string DayAccount = ModelReservation.DayAccount(Day);
    private static readonly TimeSpan Ten = TimeSpan.FromSeconds(10);
    private static readonly ModelSpend Wide = new(1_000_000, 1_000_000_000, 1_000_000_000, TimeSpan.FromDays(1_000));
    private static readonly ModelSpend Hundred = new(1, 100, 1_000, Ten);

    private IModelBudget budget = null!;

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync() => budget = await OpenAsync();

    public virtual Task DisposeAsync() => Task.CompletedTask;

    /// <summary>The same budget as another process would open it.</summary>
    protected abstract Task<IModelBudget> OpenAsync();

    [PortFact]
    public async Task A_call_that_reaches_a_cap_exactly_is_granted_and_one_past_it_reserves_nothing_in_either_account()
    {
        (string Words, ModelCaps Caps)[] cases =
        [
            ("this incident's calls", new(Wide with { Calls = 2 }, Wide)),
            ("this incident's tokens", new(Wide with { Tokens = 200 }, Wide)),
            ("this incident's money", new(Wide with { MicroDollars = 2_000 }, Wide)),
            ("this incident's time", new(Wide with { Time = 2 * Ten }, Wide)),
            ("the day's calls", new(Wide, Wide with { Calls = 2 })),
            ("the day's tokens", new(Wide, Wide with { Tokens = 200 })),
            ("the day's money", new(Wide, Wide with { MicroDollars = 2_000 })),
            ("the day's time", new(Wide, Wide with { Time = 2 * Ten })),
        ];
        var day = Day;
        foreach (var (words, caps) in cases)
        {
            day = day.AddDays(1);
            var incident = $"INC-{day.Day}";
            ModelReservation Call(string key, ModelSpend worst) => new(key, incident, day, worst);
            (await budget.ReserveAsync(Call("a", Hundred), caps, None)).Reached.ShouldBeNull();
            (await budget.ReserveAsync(Call("b", Hundred), caps, None)).Reached.ShouldBeNull();
            (await budget.ReserveAsync(Call("c", new(words.Contains("calls") ? 1 : 0, 1, 1, TimeSpan.FromTicks(1))), caps, None)).Reached.ShouldBe(words);
            (await budget.SpentAsync(incident, None)).ShouldBe(Hundred + Hundred);
            (await budget.SpentAsync(ModelReservation.DayAccount(day), None)).ShouldBe(Hundred + Hundred);
        }
    }

    [PortFact]
    public async Task A_refused_key_is_granted_once_there_is_room()
    {
        var caps = new ModelCaps(Wide, Wide with { Calls = 1 });
        await budget.ReserveAsync(Call("a"), caps, None);
        (await budget.ReserveAsync(Call("b", "INC-2"), caps, None)).Granted.ShouldBeFalse();
        await budget.SettleAsync(Call("b", "INC-2"), Hundred, None); // It was never reserved.
        (await budget.SpentAsync("INC-2", None)).ShouldBe(ModelSpend.Zero);
        await budget.SettleAsync(Call("a"), ModelSpend.Zero, None);
        (await budget.ReserveAsync(Call("b", "INC-2"), caps, None)).Granted.ShouldBeTrue();
        (await budget.SpentAsync("INC-2", None)).ShouldBe(Hundred);
        (await budget.SpentAsync(DayAccount, None)).ShouldBe(Hundred);
    }

    [PortFact]
    public async Task A_key_that_is_not_settled_is_granted_again_at_the_cap_and_counted_once()
    {
        var caps = new ModelCaps(Hundred, Hundred);
        (await budget.ReserveAsync(Call("a"), caps, None)).Granted.ShouldBeTrue();
        (await (await OpenAsync()).ReserveAsync(Call("a"), caps, None)).Granted.ShouldBeTrue();
        await SpentIsAsync(Hundred);
    }

    [PortFact]
    public async Task A_retry_that_may_cost_more_is_charged_the_more_and_held_to_the_cap()
    {
        var caps = new ModelCaps(new(1, 150, 1_500, 2 * Ten), Wide);
        await budget.ReserveAsync(Call("a"), caps, None);
        (await budget.ReserveAsync(Call("a") with { Worst = new(1, 150, 900, 2 * Ten) }, caps, None)).Granted.ShouldBeTrue();
        await SpentIsAsync(new(1, 150, 1_000, 2 * Ten));
        (await budget.ReserveAsync(Call("a") with { Worst = new(1, 151, 900, Ten) }, caps, None)).Reached.ShouldBe("this incident's tokens");
        (await budget.ReserveAsync(Call("a") with { Worst = new(1, 150, 900, 3 * Ten) }, caps, None)).Reached.ShouldBe("this incident's time");
        await SpentIsAsync(new(1, 150, 1_000, 2 * Ten));
    }

    [PortFact]
    public async Task What_a_call_cost_takes_the_place_of_what_was_reserved_be_it_less_or_more()
    {
        var caps = new ModelCaps(Wide, Wide);
        await budget.ReserveAsync(Call("a"), caps, None);
        await budget.SettleAsync(Call("a"), new(1, 40, 400, Ten / 4), None);
        await SpentIsAsync(new(1, 40, 400, Ten / 4));
        await budget.ReserveAsync(Call("b"), caps, None);
        await budget.SettleAsync(Call("b"), new(2, 300, 3_000, 2 * Ten), None);
        await SpentIsAsync(new(3, 340, 3_400, 2.25 * Ten));
    }

    [PortFact]
    public async Task Settling_twice_or_what_was_never_reserved_changes_nothing()
    {
        await budget.SettleAsync(Call("z"), Hundred, None);
        await SpentIsAsync(ModelSpend.Zero);
        await budget.ReserveAsync(Call("a"), new ModelCaps(Wide, Wide), None);
        await budget.SettleAsync(Call("a"), new(1, 40, 400), None);
        await budget.SettleAsync(Call("a"), new(1, 90, 900), None);
        await SpentIsAsync(new(1, 40, 400));
    }

    [PortFact]
    public async Task A_key_that_was_settled_and_is_reserved_again_is_another_call()
    {
        await budget.ReserveAsync(Call("a"), new ModelCaps(Wide, Wide), None);
        await budget.SettleAsync(Call("a"), new(1, 40, 400), None);
        await budget.ReserveAsync(Call("a"), new ModelCaps(Wide, Wide), None);
        await SpentIsAsync(new(2, 140, 1_400, Ten));
    }

    [PortFact]
    public async Task Whoever_dies_between_reserving_and_settling_stays_charged_at_the_worst()
    {
        await budget.ReserveAsync(Call("dead"), new ModelCaps(Wide, Wide), None);
        var after = await OpenAsync();
        await after.ReserveAsync(Call("next"), new ModelCaps(Wide, Wide), None);
        await after.SettleAsync(Call("next"), ModelSpend.Zero, None);
        (await after.SpentAsync("INC-1", None)).ShouldBe(Hundred);
        (await after.SpentAsync(DayAccount, None)).ShouldBe(Hundred);
    }

    [PortFact]
    public async Task A_retry_after_midnight_counts_once_for_its_incident_and_in_each_day()
    {
        await budget.ReserveAsync(Call("a"), new ModelCaps(Wide, Wide), None);
        var next = Call("a") with { Day = Day.AddDays(1) };
        (await budget.ReserveAsync(next, new ModelCaps(Wide, Wide with { Calls = 0 }), None)).Reached.ShouldBe("the day's calls");
        await SpentIsAsync(Hundred);
        (await budget.ReserveAsync(next, new ModelCaps(Wide, Wide), None)).Granted.ShouldBeTrue();
        await SpentIsAsync(Hundred);
        (await budget.SpentAsync(ModelReservation.DayAccount(next.Day), None)).ShouldBe(Hundred);
    }

    [PortFact]
    public async Task Thirty_two_callers_at_once_over_several_connections_never_exceed_a_cap()
    {
        IModelBudget[] budgets = [budget, await OpenAsync(), await OpenAsync(), await OpenAsync()];
        var caps = new ModelCaps(Wide with { Tokens = 500 }, Wide with { Calls = 13 });
        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(
            () => budgets[i % 4].ReserveAsync(new ModelReservation($"call-{i}", $"INC-{i % 4}", Day, Hundred), caps, None))));

        answers.Count(answer => answer.Granted).ShouldBe(13);
        var spent = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => budget.SpentAsync($"INC-{i}", None)));
        spent.ShouldAllBe(one => one.Tokens <= 500);
        spent.Aggregate((a, b) => a + b).ShouldBe(await budget.SpentAsync(DayAccount, None));
        (await budget.SpentAsync(DayAccount, None)).Calls.ShouldBe(13);
    }

    [PortFact]
    public async Task Thirty_two_callers_of_one_incident_are_granted_as_many_calls_as_its_cap_holds()
    {
        var caps = new ModelCaps(Wide with { Tokens = 1_000 }, Wide);
        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() => budget.ReserveAsync(Call($"call-{i}"), caps, None))));
        answers.Count(answer => answer.Granted).ShouldBe(10);
        answers.Where(answer => !answer.Granted).ShouldAllBe(answer => answer.Reached == "this incident's tokens");
        await SpentIsAsync(new(10, 1_000, 10_000, 10 * Ten));
    }

    [PortFact]
    public async Task Thirty_two_analyses_at_once_are_granted_as_many_as_the_days_time_holds()
    {
        var caps = new ModelCaps(Wide, Wide with { Time = 7.5 * Ten });
        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(
            i => Task.Run(() => budget.ReserveAsync(Call($"call-{i}", $"INC-{i}"), caps, None))));
        answers.Count(answer => answer.Granted).ShouldBe(7);
        answers.Where(answer => !answer.Granted).ShouldAllBe(answer => answer.Reached == "the day's time");
        (await budget.SpentAsync(DayAccount, None)).ShouldBe(new(7, 700, 7_000, 7 * Ten));
    }

    [PortFact]
    public async Task Questions_that_reach_their_share_of_the_day_are_refused_and_incidents_still_granted()
    {
        (string Words, ModelSpend Share)[] shares =
        [
            ("the day's questions' calls", Wide with { Calls = 2 }),
            ("the day's questions' tokens", Wide with { Tokens = 200 }),
            ("the day's questions' money", Wide with { MicroDollars = 2_000 }),
            ("the day's questions' time", Wide with { Time = 2 * Ten }),
        ];
        var day = Day;
        foreach (var (words, share) in shares)
        {
            day = day.AddDays(1);
            ModelReservation Asked(string key, ModelSpend worst) => new(key, $"{MeteredModel.Questions}:{day:yyyy-MM-dd}", day, worst);
            (await budget.ReserveAsync(Asked("a", Hundred), new(share, Wide), None)).Reached.ShouldBeNull();
            (await budget.ReserveAsync(Asked("b", Hundred), new(share, Wide), None)).Reached.ShouldBeNull();
            (await budget.ReserveAsync(Asked("c", new(1, 1, 1, TimeSpan.FromTicks(1))), new(share, Wide), None)).Reached.ShouldBe(words);
            (await budget.SpentAsync(ModelReservation.DayAccount(day), None)).ShouldBe(Hundred + Hundred);
            (await budget.ReserveAsync(new ModelReservation("d", $"INC-{day.Day}", day, Hundred), new(Wide, Wide), None)).Reached.ShouldBeNull();
        }
    }

    [PortFact]
    public async Task Questions_within_their_share_are_refused_where_the_day_is_used_up()
    {
        var caps = new ModelCaps(Wide, Wide with { Time = 2 * Ten });
        await budget.ReserveAsync(Call("a"), caps, None);
        (await budget.ReserveAsync(new("b", $"{MeteredModel.Questions}:2026-03-02", Day, Hundred), caps, None)).Reached.ShouldBeNull();
        (await budget.ReserveAsync(new("c", $"{MeteredModel.Questions}:2026-03-02", Day, Hundred), caps, None)).Reached.ShouldBe("the day's time");
    }

    [PortFact]
    public async Task Many_that_reserve_the_same_key_at_once_count_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => budget.ReserveAsync(Call("a"), new ModelCaps(Hundred, Hundred), None))));
        answers.ShouldAllBe(answer => answer.Granted);
        await SpentIsAsync(Hundred);
    }

    /// <summary>Any order of reserving and settling charges what a ledger on paper would, and grants what fits.</summary>
    [PortFact]
    public void Whatever_is_reserved_and_settled_in_whatever_order_the_accounts_say_what_a_ledger_on_paper_does()
    {
        var run = 0;
        Prop.ForAll(ArbMap.Default.ArbFor<(byte Call, byte Kind, byte Size)[]>(), steps =>
        {
            run++;
            return RunAsync($"run{run}", DateOnly.FromDayNumber(Day.DayNumber + (2 * run)), steps).GetAwaiter().GetResult();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30).WithEndSize(25).WithReplay(7, 11));
    }

    private async Task<bool> RunAsync(string run, DateOnly start, (byte Call, byte Kind, byte Size)[] steps)
    {
        var caps = new ModelCaps(new(6, 600, 6_000, 60 * Ten), new(9, 900, 9_000, 60 * Ten));
        Dictionary<(string Account, string Key), ModelSpend> open = [];
        Dictionary<string, ModelSpend> spent = [];
        foreach (var (call, kind, size) in steps)
        {
            var (incident, day, key) = ($"{run}-{call % 2}", start.AddDays(call / 2 % 2), $"{call % 12}");
            var amount = new ModelSpend(1, size, size * 10, TimeSpan.FromSeconds(255 - size)); // Long ones say little.
            ModelReservation reservation = new(key, incident, day, amount);
            string[] names = [incident, ModelReservation.DayAccount(day)];
            if (kind % 3 == 0)
            {
                await budget.SettleAsync(reservation, amount, None);
                foreach (var name in names.Where(name => open.ContainsKey((name, key))))
                {
                    open.Remove((name, key));
                    spent[name] = spent.GetValueOrDefault(name) + amount;
                }
            }
            else
            {
                ModelSpend[] most = [.. names.Select(name => ModelSpend.Most(open.GetValueOrDefault((name, key)), amount))];
                var fits = names.Zip(most).All(one => one.Second == open.GetValueOrDefault((one.First, key))
                    || (Charged(one.First) - open.GetValueOrDefault((one.First, key)) + one.Second).IsWithin(one.First == incident ? caps.PerAccount : caps.PerDay));
                if ((await budget.ReserveAsync(reservation, caps, None)).Granted != fits)
                {
                    return false;
                }

                foreach (var (name, worst) in fits ? names.Zip(most) : [])
                {
                    open[(name, key)] = worst;
                }
            }

            foreach (var name in names)
            {
                (await budget.SpentAsync(name, None)).ShouldBe(Charged(name));
            }
        }

        return true;

        ModelSpend Charged(string name)
            => open.Where(one => one.Key.Account == name).Aggregate(spent.GetValueOrDefault(name), (sum, one) => sum + one.Value);
    }

    private static ModelReservation Call(string key, string account = "INC-1") => new(key, account, Day, Hundred);

    private async Task SpentIsAsync(ModelSpend expected)
    {
        (await budget.SpentAsync("INC-1", None)).ShouldBe(expected);
        (await budget.SpentAsync(DayAccount, None)).ShouldBe(expected);
    }
}
