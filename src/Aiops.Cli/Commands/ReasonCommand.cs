using System.CommandLine;
using System.Text.Json;
using Aiops.Cli.Output;
using Aiops.Local.Hosting;
using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Reason;
using Spectre.Console;

namespace Aiops.Cli.Commands;

/// <summary><c>aiops reason INCIDENT</c>: what a model made of an analysis, what was said to it, and what would be.</summary>
internal static class ReasonCommand
{
    private static readonly Argument<string> Incident = new("INCIDENT") { Description = "An incident's id." };
    private static readonly Option<int?> Round = new("--round") { Description = "Which analysis of it (default: the newest)." };
    private static readonly Option<bool> ShowPrompt = new("--show-prompt") { Description = "Print exactly what would be sent to the model first, and send nothing." };
    private static readonly Option<bool> ShowTranscript = new("--transcript") { Description = "Print what was sent and what came back, masked." };

    public static Command Create(CommandEnvironment environment)
    {
        var command = new Command(
            "reason",
            """
            What a model made of an incident's analysis, sentence by checked sentence, what was struck out and what it cost.

            Examples:
              aiops reason INC-1 --transcript
              aiops reason INC-1 --show-prompt --model model.json     what would leave this machine, and nothing does
            """) { Incident, Round, ShowPrompt, ShowTranscript, CommonOptions.Model };
        command.Validators.Add(result =>
        {
            if (result.GetValue(ShowPrompt) && result.GetValue(ShowTranscript))
            {
                result.AddError("--show-prompt is what would be said, --transcript what was: give one of them.");
            }
        });
        command.SetAction((parsed, ct) => RunAsync(parsed, environment, ct));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        await using var host = await CommonOptions.OpenHostAsync(parsed, environment, cancellationToken);
        var id = parsed.GetValue(Incident)!;
        if ((await host.Incidents.ListAsync(null, int.MaxValue, cancellationToken)).All(incident => incident.Id != id))
        {
            throw new UserErrorException(ExitCodes.NotFound, $"There is no incident {id}.", "`aiops incidents list` names them.");
        }

        var round = parsed.GetValue(Round) ?? await host.Documents.LatestRoundAsync(id, cancellationToken);
        return parsed.GetValue(ShowPrompt) ? await PromptAsync(host, id, round, environment, cancellationToken)
            : parsed.GetValue(ShowTranscript) ? await TranscriptAsync(host, id, round, parsed.GetValue(CommonOptions.Json), environment, cancellationToken)
            : await ReadingAsync(host, id, round, parsed.GetValue(CommonOptions.Json), environment, cancellationToken);
    }

    private static async Task<int> PromptAsync(LocalHost host, string id, int round, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        var (prompt, why) = await host.Reason.PromptAsync(new ReasonInput(id, round), cancellationToken);
        if (prompt is null)
        {
            throw new UserErrorException(ExitCodes.NotFound, $"Nothing would be sent about {id}: {why}", "--model names a model's settings; docs/model.md tells which incidents a model is asked about.");
        }

        await environment.Output.WriteLineAsync(prompt);
        return ExitCodes.Ok;
    }

    private static async Task<int> TranscriptAsync(LocalHost host, string id, int round, bool asJson, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        var json = await host.Documents.GetAsync(DocumentKeys.Transcript(id, round), cancellationToken)
            ?? throw new UserErrorException(ExitCodes.NotFound, $"No model was spoken with about analysis {round} of {id}.", "A known answer isn't asked for again; `aiops reason` tells.");
        var transcript = JsonSerializer.Deserialize(json, ReasonJson.Default.Transcript)!;
        if (asJson)
        {
            return environment.PrintJson(transcript, ReasonJson.Default.Transcript);
        }

        foreach (var entry in transcript.Entries)
        {
            environment.Console.MarkupLineInterpolated($"[bold]{entry.Role}[/]{(entry.Spent is { } spent ? $" [grey]{spent.Tokens} tokens, ${spent.MicroDollars / 1e6:0.####}[/]" : "")}");
            environment.Console.WriteLine(entry.Text);
            environment.Console.WriteLine();
        }

        return ExitCodes.Ok;
    }

    private static async Task<int> ReadingAsync(LocalHost host, string id, int round, bool asJson, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        var reasoning = await host.Documents.ReasoningAsync(id, round, cancellationToken)
            ?? throw new UserErrorException(ExitCodes.NotFound, $"No model took part in analysis {round} of {id}.", "Start `aiops serve`, `handle` or `replay` with --model FILE (docs/model.md).");
        if (asJson)
        {
            return environment.PrintJson(reasoning, ReasonJson.Default.Reasoning);
        }

        environment.Console.MarkupLineInterpolated($"[bold]{ModelWords.Account(reasoning)}[/]");
        Say(environment, "What happened", reasoning.Narrative);
        foreach (var cause in reasoning.Causes)
        {
            Say(environment, cause.Component, cause.Claims);
        }

        foreach (var struck in reasoning.Struck)
        {
            environment.Console.MarkupLineInterpolated($"[grey]struck out: {struck.Count} {IncidentWords.Of(struck.Reason)}[/]");
        }

        return ExitCodes.Ok;
    }

    private static void Say(CommandEnvironment environment, string title, IReadOnlyList<CheckedClaim> claims)
    {
        if (claims.Count > 0)
        {
            environment.Console.MarkupLineInterpolated($"[underline]{title}[/]");
        }

        foreach (var claim in claims)
        {
            environment.Console.MarkupLineInterpolated($"  {claim.Text} [grey]({string.Join(", ", claim.Evidence)})[/]");
        }
    }
}
