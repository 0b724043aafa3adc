using Aiops.Local.Hosting;
using Aiops.Local.Recordings;
using Aiops.Local.Storage;
using Aiops.Pipeline;
using Aiops.Pipeline.Reason.Models;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Scenarios.Running;

/// <summary>The embedded host on a folder of its own, by event time.</summary>
internal sealed class LocalRunner : IPipelineRunner
{
    private readonly string folder;
    private readonly ReplayClock clock;
    private LocalHost host;
    private HostDriver driver;

    private LocalRunner(string folder, ReplayClock clock, LocalHost host)
        => (this.folder, this.clock, this.host, driver) = (folder, clock, host, new HostDriver(host));

    public DateTimeOffset Now => clock.GetUtcNow();

    public static async Task<LocalRunner> StartAsync(Recording telemetry, ModelAccess? model = null)
    {
        var state = Directory.CreateTempSubdirectory("aiops-scenario-").FullName;
        var time = new ReplayClock(telemetry.Window.Start);
        return new LocalRunner(state, time, await OpenAsync(state, telemetry, time, model));
    }

    /// <summary>Opens the same folder anew with later telemetry: what was learned stays.</summary>
    public async Task LookOnAsync(Recording telemetry)
    {
        await host.DisposeAsync();
        clock.AdvanceTo(telemetry.Window.Start);
        host = await OpenAsync(folder, telemetry, clock);
        driver = new HostDriver(host);
    }

    public async Task SendAsync(ReadOnlyMemory<byte> body)
    {
        await host.Door.AdmitAsync(body.ToArray(), "scenario", default);
        await driver.ConsumeAllAsync(default);
        await driver.SettleDownAsync(default);
    }

    public async Task AdvanceAsync(DateTimeOffset until)
    {
        while (true)
        {
            await driver.SettleDownAsync(default);
            if (await driver.NextDueAsync(default) is not { } due || due > until)
            {
                break;
            }

            clock.AdvanceTo(due);
        }

        clock.AdvanceTo(until);
    }

    public async Task ReviewAsync(Outcome outcome)
    {
        await host.Reviews.TakeAsync(await host.Incidents.GetAsync(outcome.IncidentId, default), outcome, default);
        await driver.SettleDownAsync(default);
    }

    public Task<IReadOnlyList<ToldIncident>> IncidentsAsync() => StoredIncidents.ReadAsync(host.Incidents, host.Tickets, host.Documents);

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static Task<LocalHost> OpenAsync(string state, Recording telemetry, ReplayClock time, ModelAccess? model = null) => LocalHost.OpenAsync(
        new LocalHostOptions { StateFolder = state, Telemetry = telemetry, ReplaysRecording = true, Durability = Durability.ProcessCrash, Model = model },
        time, NullLoggerFactory.Instance, default);
}
