namespace Aiops.Accuracy.Storms;

/// <summary>
/// Seeded storms of one system, for where there is no data: a tree of services on a few hosts, of which a fault at one spreads to
/// what calls it. Calls name both ends, metrics their host; some components nobody names and they name nobody.
/// </summary>
internal sealed record SimulatedStorms(int Seed)
{
    public int Services { get; init; } = 12;

    public int Faults { get; init; } = 40;

    /// <summary>Components that only ever speak of themselves: a coordinator, a licence server.</summary>
    public int Loners { get; init; }

    /// <summary>The mean time between two faults.</summary>
    public TimeSpan Between { get; init; } = TimeSpan.FromMinutes(40);

    /// <summary>The median time between two alarms of one fault.</summary>
    public TimeSpan Pace { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>In the order of time.</summary>
    public IReadOnlyList<StormAlarm> Generate(DateTimeOffset start)
    {
        var random = new Random(Seed);
        List<StormAlarm> alarms = [];
        var begin = start;
        for (var fault = 0; fault < Faults; fault++)
        {
            var stricken = Stricken(random);
            var at = begin;
            for (var left = 10 + random.Next(70); left > 0; left--)
            {
                alarms.Add(Alarm(at, stricken[random.Next(stricken.Count)], fault, random));
                at += Pace * Math.Exp(1.2 * Normal(random));
            }

            // Faults of one system don't run at once: that is what overlaying systems is for.
            begin = at + TimeSpan.FromMinutes(8) + Between * -Math.Log(1 - random.NextDouble());
        }

        return [.. alarms.OrderBy(alarm => alarm.At)];
    }

    /// <summary>The service at fault, what calls it, up to the entry; each loner suffers with three faults in four.</summary>
    private List<int> Stricken(Random random)
    {
        List<int> stricken = [1 + random.Next(Services - 1)];
        while (stricken[^1] > 0)
        {
            stricken.Add(Caller(stricken[^1]));
        }

        stricken.AddRange(Enumerable.Range(Services, Loners).Where(_ => random.NextDouble() < 0.75));
        return stricken;
    }

    private StormAlarm Alarm(DateTimeOffset at, int component, int fault, Random random)
    {
        var name = $"c{component}";
        return component >= Services ? new StormAlarm(at, name, Other: null, IsCall: false, $"m{random.Next(5)}", $"{fault}")
            : component > 0 && random.Next(2) == 0
                ? new StormAlarm(at, name, $"c{Caller(component)}", IsCall: true, "500", $"{fault}")
            : new StormAlarm(at, name, $"host{component % 3}", IsCall: false, $"m{random.Next(5)}", $"{fault}");
    }

    private static int Caller(int service) => (service - 1) / 2;

    // Box and Muller's.
    private static double Normal(Random random)
        => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
