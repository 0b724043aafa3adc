using Aiops.Pipeline;
using Aiops.Pipeline.Reason.Models;
using Microsoft.Extensions.AI;

namespace Aiops.Cli.Commands;

/// <summary>Asks the model one word, within its budget, and says what became of it.</summary>
internal static class ModelCheck
{
    // Enough for a model that thinks before it says a word.
    private const int MostTokens = 400;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <param name="model">Null where none is named.</param>
    public static async Task<Diagnostic> AskAsync(MeteredModel? model, TimeProvider time, CancellationToken cancellationToken)
    {
        if (model is null)
        {
            return Found("none", "no model: the figures decide alone; name one with --model");
        }

        var began = time.GetTimestamp();
        using CancellationTokenSource late = new(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        var who = Who(model.Settings);
        try
        {
            var reply = await model.AskAsync(
                MeteredModel.Looks,
                $"doctor/{time.GetUtcNow():O}",
                [new ChatMessage(ChatRole.User, "Answer with the word yes.")],
                new ChatOptions { MaxOutputTokens = MostTokens },
                either.Token);
            return Found("ok", $"{who} answered in {time.GetElapsedTime(began).TotalSeconds:0.0} s, {reply.Spent.Tokens} tokens for {reply.Spent.MicroDollars / 1e6m:0.######} USD");
        }
        catch (ModelException e)
        {
            return Found("look", $"{e.Message} Until then the figures decide alone.");
        }
        catch (StoreUnavailableException e)
        {
            return Found("look", $"{who} was not asked: {e.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Found("look", $"{who} gave no answer within {Patience.TotalSeconds:0} s. Until then the figures decide alone.");
        }
    }

    private static string Who(ModelSettings settings) => settings.Provider == ModelProvider.Bedrock
        ? $"{settings.InferenceProfile ?? settings.Model} on Bedrock"
        : $"{settings.Model} at {settings.Endpoint?.GetComponents(UriComponents.SchemeAndServer, UriFormat.Unescaped) ?? "https://api.openai.com"}";

    private static Diagnostic Found(string status, string detail) => new("language model", status, detail);
}
