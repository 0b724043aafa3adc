using System.CommandLine;
using Aiops.Cli.Output;
using Aiops.Local.Hosting;
using Aiops.Pipeline.Intake.Queue;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

namespace Aiops.Cli.Commands;

/// <summary><c>aiops handle EVENT|-</c>: one event through intake; with <c>--wait</c> through to its comment.</summary>
internal static class HandleCommand
{
    private static readonly Argument<string> Event = new("EVENT") { Description = "A file with one event in any accepted format, or - for standard input." };
    private static readonly Option<bool> Wait = new("--wait") { Description = "Go through to the ticket comment." };
    private static readonly Option<int> Timeout = new("--timeout") { Description = "Seconds to wait at most.", DefaultValueFactory = _ => 300 };

    public static Command Create(CommandEnvironment environment)
    {
        var command = new Command(
            "handle",
            """
            Takes one event in: parses it, decides what it belongs to, and says why.

            Examples:
              aiops handle events/cloudwatch/alarm-metric.json --json
              cat event.json | aiops handle - --wait --telemetry recordings/bad-deployment
            """) { Event, Wait, Timeout, CommonOptions.Telemetry, CommonOptions.Maintenance, CommonOptions.Tickets, CommonOptions.Model, CommonOptions.Settle };
        command.SetAction((parsed, ct) => RunAsync(parsed, environment, ct));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        var name = parsed.GetValue(Event)!;
        var body = await ReadAsync(name, environment, cancellationToken);
        var asJson = parsed.GetValue(CommonOptions.Json);
        if (body is null)
        {
            var refusal = $"{name} is refused: it is larger than 1 MiB ({IncomingEvent.MaxBodyBytes:N0} bytes). Nothing of it is kept; send its events one by one.";
            return Print(new HandledEvent("deadlettered", null, null, [refusal]), asJson, environment, ExitCodes.BadInput);
        }

        await using var host = await CommonOptions.OpenHostAsync(parsed, environment, cancellationToken);
        var messageId = await host.Door.AdmitAsync(body, name == "-" ? "stdin" : "file", cancellationToken);
        var session = new LiveSession(host, environment.Time, NullLogger<LiveSession>.Instance);
        var consumed = await session.ConsumeUntilAsync(messageId, cancellationToken)
            ?? throw new UserErrorException(
                ExitCodes.TimedOut, $"Another process took {name} (message {messageId}).", "`aiops explain` shows what it decided.");
        var handled = HandledEvent.Of(consumed);
        if (parsed.GetValue(Wait) && handled.IncidentId is { } incidentId)
        {
            var ticket = await session.WaitForCommentAsync(incidentId, TimeSpan.FromSeconds(parsed.GetValue(Timeout)), cancellationToken)
                ?? throw new UserErrorException(
                    ExitCodes.TimedOut, $"The comment on {incidentId} wasn't there in time.", "It goes on with `aiops serve`, or wait longer with --timeout.");
            handled = handled with { Ticket = new HandledTicket(ticket.Id, ticket.CommentVersion, host.ReportPath(incidentId)) };
            if (!asJson && ticket.Comment is { } comment)
            {
                environment.Console.Write(new Panel(new Markup(MarkdownMarkup.Of(comment))).Header($" ticket {ticket.Id} ").Expand());
            }
        }

        return Print(handled, asJson, environment, consumed.DeadLetterReason is null ? ExitCodes.Ok : ExitCodes.BadInput);
    }

    /// <returns>The bytes, or null when there are more than the intake takes.</returns>
    private static async Task<byte[]?> ReadAsync(string name, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        try
        {
            await using var input = name == "-" ? environment.Input : File.OpenRead(environment.PathOf(name));
            var buffer = new byte[IncomingEvent.MaxBodyBytes + 1];
            var length = await input.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            return length > IncomingEvent.MaxBodyBytes ? null : buffer[..length];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new UserErrorException(ExitCodes.NotFound, $"{name} can't be read: {e.Message}", "Give a file with one event, or - for standard input.");
        }
    }

    private static int Print(HandledEvent handled, bool asJson, CommandEnvironment environment, int exitCode)
    {
        if (asJson)
        {
            environment.PrintJson(handled, CliJson.Default.HandledEvent);
            return exitCode;
        }

        foreach (var one in handled.All ?? [handled])
        {
            environment.Console.MarkupLineInterpolated($"[bold]{one.Outcome}[/] {one.Trigger?.Title}{(one.IncidentId is { } id ? $" → {id}" : "")}");
            foreach (var reason in one.Reasons)
            {
                environment.Console.MarkupLineInterpolated($"  {reason}");
            }
        }

        return exitCode;
    }
}
