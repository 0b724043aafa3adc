using System.CommandLine;
using Aiops.Cli.Output;
using Aiops.Pipeline.Intake;
using Spectre.Console;

namespace Aiops.Cli.Commands;

/// <summary><c>aiops explain SUBJECT</c>: why an alarm was grouped, held, suppressed or ignored, from the stored decisions.</summary>
internal static class ExplainCommand
{
    private static readonly Argument<string> Subject = new("ALARM") { Description = "An alarm's ARN or other subject, a message id, or an incident's id." };

    public static Command Create(CommandEnvironment environment)
    {
        var command = new Command(
            "explain",
            """
            Why an alarm went where it went: every decision about it, with the score's parts and the rule that did it.

            Example: aiops explain arn:aws:cloudwatch:eu-west-1:111122223333:alarm:checkout-errors
            """) { Subject };
        command.SetAction((parsed, ct) => RunAsync(parsed, environment, ct));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        await using var host = await CommonOptions.OpenStoresAsync(parsed, environment, cancellationToken);
        var asked = parsed.GetValue(Subject)!;
        IReadOnlyList<TriggerDecision> decisions = [];
        foreach (var filter in new DecisionFilter[] { new() { Subject = asked }, new() { IncidentId = asked }, new() { SourceId = asked } })
        {
            decisions = await host.Incidents.ListDecisionsAsync(filter, cancellationToken);
            if (decisions.Count > 0)
            {
                break;
            }
        }

        if (decisions.Count == 0)
        {
            throw new UserErrorException(ExitCodes.NotFound, $"Nothing was decided about {asked}.", "Give an alarm's ARN as `aiops incidents show` prints it.");
        }

        if (parsed.GetValue(CommonOptions.Json))
        {
            return environment.PrintJson(decisions, CliJson.Default.IReadOnlyListTriggerDecision);
        }

        foreach (var decision in decisions)
        {
            Show(decision, environment.Console);
        }

        return ExitCodes.Ok;
    }

    private static void Show(TriggerDecision decision, IAnsiConsole console)
    {
        console.MarkupLineInterpolated($"[bold]{decision.Trigger.OccurredAt:u}[/] {decision.Trigger.Title} {decision.Trigger.State}: [bold]{decision.Outcome.ToString().ToLowerInvariant()}[/]{(decision.IncidentId is { } id ? $" {id}" : "")}");
        foreach (var reason in decision.Reasons)
        {
            console.MarkupLineInterpolated($"  {reason.Sentence}{(reason.Rule is { } rule ? $" [grey]({rule})[/]" : "")}");
            if (reason.Score is not { } score)
            {
                continue;
            }

            foreach (var part in score.Parts)
            {
                console.MarkupLineInterpolated($"    [grey]{part.Name,-11} {part.Weight:0.00} × {part.Value,5:0.00}  {part.Detail}[/]");
            }

            console.MarkupLineInterpolated($"    [grey]total       {score.Total:0.00}, wanted {score.Threshold:0.00}[/]");
        }
    }
}
