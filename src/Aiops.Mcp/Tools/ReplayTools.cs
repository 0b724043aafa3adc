using Aiops.Mcp.Answers;
using Aiops.Mcp.Asking;
using ModelContextProtocol.Protocol;

namespace Aiops.Mcp.Tools;

internal sealed class ListRecordingsTool(IReplays replays, TimeProvider time) : AiopsTool(
    "list_recordings", "Recordings", "Recorded incidents that replay_recording can run.", [], time)
{
    protected override Task<CallToolResult> AnswerAsync(ToolArguments arguments, CancellationToken cancellationToken)
        => Task.FromResult(Answer.Of(new RecordingsAnswer(replays.List()), AnswerJson.Default.RecordingsAnswer, []).ToResult());
}

internal sealed class ReplayRecordingTool(IReplays replays, TimeProvider time) : AiopsTool(
    "replay_recording",
    "Replay a recording",
    "Runs the pipeline on a recorded incident, by its own time, and says what it finds. Takes seconds, two minutes at most, and changes nothing.",
    [new("recording", ParameterKind.Text, "Its name, as list_recordings has it.") { Required = true, Most = 200 }],
    time)
{
    protected override TimeSpan Longest => TimeSpan.FromMinutes(2);

    protected override async Task<CallToolResult> AnswerAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        // Off the session's own turn: a long computation must not keep its other calls waiting.
        var replayed = await Task.Run(() => replays.RunAsync(arguments.TextOf("recording"), cancellationToken), cancellationToken);
        return Answer.Of(
            new ReplayAnswer(replayed.Recording, replayed.Simulated, replayed.Events, [.. replayed.Reports.Select(report => ReportAnswer.Of(report, null))]),
            AnswerJson.Default.ReplayAnswer, ReportAnswer.Outside("incidents[]")).ToResult();
    }
}
