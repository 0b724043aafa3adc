using Aiops.Analysis.Topology;
using Aiops.Local.Incidents;
using Aiops.Local.Storage;
using Aiops.Pipeline;
using Aiops.Pipeline.Intake;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.CrashHost;

/// <summary>
/// Takes in one storm, in an order and in batches of its own, and tells <c>done ID</c> of each message that might now be
/// deleted from its queue. Executions are files named after their incident, with a byte for each time one began.
/// </summary>
public static class IntakeWorker
{
    /// <summary>Two chains of services that nothing connects, their alarms within a minute; each alarm comes by two paths.</summary>
    public static IReadOnlyList<Trigger> Storm { get; } =
    [
        .. Enumerable.Range(0, 400).Select(i => Alarm(i, TriggerSource.CloudWatch)),
        .. Enumerable.Range(0, 400).Select(i => Alarm(i, TriggerSource.Sns)),
    ];

    public static ServiceGraph Graph { get; } = new([], ((string[])["shop", "bank"]).SelectMany(
        system => Enumerable.Range(0, 9).Select(i => new Call($"{system}-{i}", $"{system}-{i + 1}"))));

    public static string ExecutionsOf(string path) => path + ".executions";

    /// <param name="seed">Of the order and the sizes of batches.</param>
    public static async Task RunAsync(string path, int seed, TextWriter told, CancellationToken cancellationToken)
    {
        await using var database = await SqliteDatabase.OpenAsync(path, SqliteDatabaseOptions.Default, cancellationToken);
        var store = await SqliteIncidentStore.OpenAsync(database, cancellationToken);
        var step = new IntakeStep(
            store, new ExecutionFiles(ExecutionsOf(path)), IntakeRules.Default, new FixedTopology(Graph), TimeProvider.System, NullLogger<IntakeStep>.Instance);
        Random random = new(seed);
        var order = Storm.ToArray();
        random.Shuffle(order);
        for (var i = 0; i < order.Length;)
        {
            var batch = order.Skip(i).Take(random.Next(1, 11)).Select(trigger => new IntakeMessage(trigger.SourceId, [trigger])).ToList();
            i += batch.Count;
            foreach (var done in (await step.RunAsync(batch, cancellationToken)).Done)
            {
                await told.WriteLineAsync($"done {done}");
            }
        }
    }

    private static Trigger Alarm(int i, string source)
    {
        var component = $"{(i % 2 == 0 ? "shop" : "bank")}-{i / 2 % 10}";
        return new Trigger
        {
            Source = source,
            SourceId = $"{source}-{i}",
            Subject = $"{component}-alarm{i / 20}",
            State = "ALARM",
            Condition = TriggerCondition.Firing,
            OccurredAt = new DateTimeOffset(2026, 3, 14, 10, 0, 0, TimeSpan.Zero).AddMilliseconds(100 * i),
            Title = $"{component}-alarm{i / 20}",
            Component = component,
        };
    }

    private sealed class ExecutionFiles(string folder) : IWorkflowStarter
    {
        public Task StartAsync(string incidentId, string inputJson, CancellationToken cancellationToken)
        {
            Directory.CreateDirectory(folder);
            try
            {
                using var file = new FileStream(Path.Combine(folder, incidentId), FileMode.CreateNew);
                file.WriteByte((byte)'x');
            }
            catch (IOException) when (File.Exists(Path.Combine(folder, incidentId)))
            {
                // It runs already: the name makes it one.
            }

            return Task.CompletedTask;
        }
    }
}
