using Aiops.Local.Recordings;
using Aiops.Pipeline;
using Aiops.Scenarios.Running;

namespace Aiops.Scenarios;

/// <summary>The story of one recorded incident: its alarms come when they came, it is analysed, it settles, and somebody confirms the cause.</summary>
internal static class RecordedIncident
{
    // Long enough for the settling and every retry, short of the review's two weeks.
    private static readonly TimeSpan Aftermath = TimeSpan.FromMinutes(30);

    public static async Task<IReadOnlyList<ToldIncident>> TellAsync(IPipelineRunner runner, Recording recording)
    {
        await foreach (var recorded in recording.EventsAsync(default))
        {
            await runner.AdvanceAsync(recorded.ReceivedAt ?? runner.Now);
            await runner.SendAsync(recorded.Body);
        }

        await runner.AdvanceAsync(runner.Now + Aftermath);
        foreach (var told in await runner.IncidentsAsync())
        {
            await runner.ReviewAsync(new Outcome { IncidentId = told.Incident.Id, Verdict = Verdict.Confirmed, Reviewer = "ann", At = runner.Now });
        }

        return await runner.IncidentsAsync();
    }
}
