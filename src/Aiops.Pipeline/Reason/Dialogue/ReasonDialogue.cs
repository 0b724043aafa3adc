using Aiops.Pipeline.Masking;
using Aiops.Pipeline.Reason.Answer;
using Aiops.Pipeline.Reason.Models;
using Microsoft.Extensions.AI;

namespace Aiops.Pipeline.Reason.Dialogue;

/// <summary>How a dialogue ended.</summary>
/// <param name="Answer">As the model wrote it, what was hidden still hidden; null where there is none that can be read.</param>
/// <param name="Cut">Why it had to answer before it chose to; null where it didn't.</param>
/// <param name="Failure">How the last call failed; null where it didn't.</param>
/// <param name="Why">For people; null where all is well.</param>
internal sealed record DialogueEnd(
    string? Answer, string? Cut, ModelFailure? Failure, string? Why, ModelSpend Spent, IReadOnlyList<Evidence> Found, IReadOnlyList<TranscriptEntry> Entries);

/// <summary>
/// The bounded loop: the model asks for tools or answers, as it chooses, until a cap on steps, money, tokens or time says that
/// this call is the last. That one is always kept room for, so that what was found out isn't lost.
/// </summary>
internal sealed class ReasonDialogue(MeteredModel model, ReasonTools tools)
{
    private const int MostCallsAtOnce = 4;
    private const int LongestKept = 2_000; // Of an answer that can't be read, when it is sent back to be mended.

    private readonly TimeProvider time = model.Clock;
    private readonly List<TranscriptEntry> entries = [];
    private readonly List<ChatMessage> messages = [];
    private ModelSpend spent;
    private TimeSpan slowest;
    private long began;
    private TimeSpan most;
    private string? cut;

    /// <param name="key">
    /// Names the run, for the budget: what is tried again within a call shares its reservation. A stage that is run again, because the
    /// one before died, reserves anew: what that one spent, nobody knows.
    /// </param>
    public async Task<DialogueEnd> RunAsync(string incidentId, string key, string instructions, string brief, CancellationToken cancellationToken)
    {
        most = await model.TimeForAsync(incidentId, cancellationToken);
        began = time.GetTimestamp();
        using CancellationTokenSource wall = new(most, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(wall.Token, cancellationToken);
        Say(ChatRole.System, instructions);
        Say(ChatRole.User, $"{Instructions.Ask}\n{brief}");
        try
        {
            return await LoopAsync(incidentId, key, either.Token, cancellationToken);
        }
        catch (ModelException e)
        {
            spent += e.Spent;
            entries.Add(new TranscriptEntry("failure", e.Message));
            return End(null, e.Failure, e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            const string why = "It hadn't answered when its time was over.";
            entries.Add(new TranscriptEntry("failure", why));
            return End(null, ModelFailure.TimedOut, why);
        }
    }

    private async Task<DialogueEnd> LoopAsync(string incidentId, string key, CancellationToken inTime, CancellationToken cancellationToken)
    {
        var mended = false;
        for (var step = 1; ; step++)
        {
            var last = mended || await IsLastAsync(incidentId, step, inTime);
            if (last && step > 1 && !mended)
            {
                Say(ChatRole.User, Instructions.Last);
            }

            inTime.ThrowIfCancellationRequested(); // Or it would be sent, and paid for, with no time to answer.
            var reply = await CallAsync(incidentId, $"{key}/{step}", last, cancellationToken); // It is bounded by itself, and then says what it cost.
            var calls = reply.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().ToList();
            if (calls.Count > 0 && !last)
            {
                await AnswerAsync(reply, calls, inTime);
                continue;
            }

            if (AnswerReader.Read(reply.Text, out var problem) is not null)
            {
                return End(reply.Text, null, null);
            }

            if (mended || step >= model.Settings.Limits.Steps || Left < slowest)
            {
                return End(null, ModelFailure.Malformed, calls.Count > 0 ? "It asked for tools to the end and gave no answer." : problem);
            }

            mended = true;
            Say(ChatRole.Assistant, reply.Text.Trim() is { Length: > 0 } text ? text[..Math.Min(text.Length, LongestKept)] : "(nothing)", keep: false);
            Say(ChatRole.User, Instructions.Mend(problem!));
        }
    }

    private async Task<ChatResponse> CallAsync(string incidentId, string key, bool last, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var reply = await model.AskAsync(incidentId, key, messages, Options(last), Left, cancellationToken);
        slowest = time.GetElapsedTime(started) is var took && took > slowest ? took : slowest;
        spent += reply.Spent;
        var said = reply.Response.Messages.SelectMany(message => message.Contents).Select(content => content switch
        {
            TextContent text => text.Text,
            FunctionCallContent call => $"{call.Name}({string.Join(", ", (call.Arguments ?? new Dictionary<string, object?>()).Select(argument => $"{argument.Key}: {argument.Value}"))})",
            _ => "",
        });
        entries.Add(new TranscriptEntry("assistant", SecretMask.Mask(string.Join("\n", said.Where(text => text.Length > 0))), reply.Spent));
        return reply.Response;
    }

    private async Task AnswerAsync(ChatResponse reply, List<FunctionCallContent> calls, CancellationToken cancellationToken)
    {
        var text = reply.Text.Trim();
        messages.Add(new ChatMessage(ChatRole.Assistant, [.. text.Length > 0 ? [new TextContent(text)] : Array.Empty<AIContent>(), .. calls]));
        List<AIContent> results = [];
        foreach (var (at, call) in calls.Index())
        {
            var result = at >= MostCallsAtOnce ? $"{{\"problem\":\"At most {MostCallsAtOnce} calls at once.\"}}"
                : call.Exception is not null ? "{\"problem\":\"The arguments are no JSON object.\"}"
                : await tools.CallAsync(call.Name, call.Arguments, cancellationToken);
            var fenced = Instructions.Fenced(result);
            results.Add(new FunctionResultContent(call.CallId, fenced));
            entries.Add(new TranscriptEntry("tool", fenced));
        }

        messages.Add(new ChatMessage(ChatRole.Tool, results));
    }

    /// <summary>Whether this call must be the answer: another after it would go beyond a cap.</summary>
    private async Task<bool> IsLastAsync(string incidentId, int step, CancellationToken cancellationToken)
    {
        var limits = model.Settings.Limits;
        var left = Left;
        cut = step >= limits.Steps ? $"its {limits.Steps} calls were used up"
            : 2 * slowest >= left || left <= most / 2 ? most < limits.WallTime ? "the time that its cap leaves was nearly over" : "its time was nearly over"
            : !await model.HasRoomForTwoAsync(incidentId, messages, Options(last: false), left, cancellationToken) ? "its budget was nearly spent"
            : null;
        return cut is not null;
    }

    // Of its own time, or of what the caps leave; never nothing, for the wall may end it while it is being reckoned.
    private TimeSpan Left => most - time.GetElapsedTime(began) is var left && left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1);

    private static ChatOptions Options(bool last) => new()
    {
        Temperature = 0,
        Tools = last ? null : [.. ToolCatalogue.All],

        // Some servers, Ollama among them, hold an answer to the schema at once and never let it call a tool: who has tools is asked in words.
        ResponseFormat = last ? ChatResponseFormat.ForJsonSchema(AnswerSchema.Element, AnswerSchema.Name) : null,
    };

    private void Say(ChatRole role, string text, bool keep = true)
    {
        messages.Add(new ChatMessage(role, text));
        if (keep)
        {
            entries.Add(new TranscriptEntry(role.Value, text));
        }
    }

    private DialogueEnd End(string? answer, ModelFailure? failure, string? why)
        => new(answer, cut, failure, why, spent, tools.Found, entries);
}
