using Aiops.Local.Recordings;
using Aiops.Pipeline;
using Aiops.Scenarios.Running;
using Aiops.Simulator;

namespace Aiops.Scenarios.RedHerrings;

/// <summary>Tells a story to the embedded host: what happened before and its review, then the incidents that it is about.</summary>
internal static class StoryTeller
{
    private static readonly TimeSpan Analysed = TimeSpan.FromMinutes(30); // Settling and every round, short of any review.
    private static readonly TimeSpan WeeksBefore = TimeSpan.FromDays(21);

    /// <returns>The incidents of the scene itself, the one with most alarms first.</returns>
    public static async Task<IReadOnlyList<ToldIncident>> TellAsync(Story story, long seed)
    {
        var scene = story.Scene(seed);
        var recording = Recorded(scene);
        if (story.Before is not { } before)
        {
            await using var only = await LocalRunner.StartAsync(recording);
            return await HappenAsync(only, recording, scene);
        }

        var earlier = before.Scene(seed) with { Start = scene.Start - WeeksBefore };
        var past = Recorded(earlier);
        await using var runner = await LocalRunner.StartAsync(past);
        foreach (var told in await HappenAsync(runner, past, earlier))
        {
            await runner.ReviewAsync(new Outcome
            {
                IncidentId = told.Incident.Id,
                Verdict = before.Verdict,
                Component = before.Component,
                Cause = before.Cause,
                Reviewer = "ann",
                At = runner.Now,
            });
        }

        await runner.LookOnAsync(recording);
        return await HappenAsync(runner, recording, scene);
    }

    private static async Task<IReadOnlyList<ToldIncident>> HappenAsync(IPipelineRunner runner, Recording recording, Scenario scene)
    {
        await foreach (var recorded in recording.EventsAsync(default))
        {
            await runner.AdvanceAsync(recorded.ReceivedAt!.Value);
            await runner.SendAsync(recorded.Body);
        }

        await runner.AdvanceAsync(runner.Now + Analysed);
        return [.. (await runner.IncidentsAsync()).Where(told => told.Incident.OpenedAt >= scene.Start).OrderByDescending(told => told.Members.Count)];
    }

    private static Recording Recorded(Scenario scenario)
    {
        var files = new MemoryFiles();
        Simulation.Run(scenario, files);
        return Recording.Open(files);
    }
}
