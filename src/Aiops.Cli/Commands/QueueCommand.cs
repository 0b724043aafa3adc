using System.CommandLine;
using Aiops.Cli.Output;
using Aiops.Pipeline.Intake.Queue;
using Spectre.Console;

namespace Aiops.Cli.Commands;

/// <summary><c>aiops queue status|dead-letters|redrive|purge</c>.</summary>
internal static class QueueCommand
{
    private static readonly Option<string?> Id = new("--id") { Description = "Only the message with this id." };
    private static readonly Option<string?> Reason = new("--reason") { Description = "Only those whose reason contains this." };
    private static readonly Option<int?> Max = new("--max") { Description = "At most this many, oldest first." };

    public static Command Create(CommandEnvironment environment)
    {
        var status = new Command("status", "What waits, what is being worked on, what was set aside and why.");
        status.SetAction((parsed, ct) => StatusAsync(parsed, environment, ct));

        var list = new Command("dead-letters", "Events that were set aside, with the reason and the first line of the bytes.") { Id, Reason, Max };
        list.SetAction((parsed, ct) => ListAsync(parsed, environment, ct));

        var redrive = new Command("redrive", "Puts dead letters back into the queue, for the workers of `aiops serve` or the next `aiops handle`.") { Id, Reason, Max };
        redrive.SetAction((parsed, ct) => RedriveAsync(parsed, environment, ct));

        var purge = new Command("purge", "Removes dead letters for good; nothing else ever does.") { Id, Reason, Max };
        purge.SetAction((parsed, ct) => PurgeAsync(parsed, environment, ct));

        return new Command("queue", "The trigger queue and its dead letters.") { status, list, redrive, purge };
    }

    private static async Task<int> StatusAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        await using var host = await CommonOptions.OpenStoresAsync(parsed, environment, cancellationToken);
        var status = await host.Queue.StatusAsync(cancellationToken);
        if (parsed.GetValue(CommonOptions.Json))
        {
            return environment.PrintJson(status, CliJson.Default.QueueStatus);
        }

        var table = new Table().AddColumns("lane", "visible", "in flight", "delayed", "oldest").Border(TableBorder.Rounded);
        foreach (var (name, lane) in new[] { ("urgent", status.Urgent), ("routine", status.Routine) })
        {
            table.AddRow(name, $"{lane.Visible}", $"{lane.InFlight}", $"{lane.Delayed}", lane.OldestAge is { } age ? Ages.ForPeople(age) : "");
        }

        environment.Console.Write(table);
        foreach (var (reason, count) in status.DeadLetters.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal))
        {
            environment.Console.MarkupLineInterpolated($"[red]{count}[/] set aside: {reason}");
        }

        return ExitCodes.Ok;
    }

    private static async Task<int> ListAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        await using var host = await CommonOptions.OpenStoresAsync(parsed, environment, cancellationToken);
        var letters = await host.Queue.ListDeadLettersAsync(FilterOf(parsed), cancellationToken);
        if (parsed.GetValue(CommonOptions.Json))
        {
            return environment.PrintJson(letters, CliJson.Default.IReadOnlyListDeadLetter);
        }

        var table = new Table().AddColumns("id", "since", "reason", "begins with").Border(TableBorder.Rounded);
        foreach (var letter in letters)
        {
            table.AddRow(
                letter.MessageId, $"{letter.DeadSince:u}", Markup.Escape(letter.Reason), Markup.Escape(Beginning(letter.Body)));
        }

        environment.Console.Write(table);
        return ExitCodes.Ok;
    }

    private static async Task<int> RedriveAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        await using var host = await CommonOptions.OpenStoresAsync(parsed, environment, cancellationToken);
        return environment.PrintCount("redriven", await host.Queue.RedriveAsync(FilterOf(parsed), cancellationToken), parsed);
    }

    private static async Task<int> PurgeAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        await using var host = await CommonOptions.OpenStoresAsync(parsed, environment, cancellationToken);
        return environment.PrintCount("purged", await host.Queue.PurgeDeadLettersAsync(FilterOf(parsed), cancellationToken), parsed);
    }

    private static DeadLetterFilter FilterOf(ParseResult parsed) => new()
    {
        MessageId = parsed.GetValue(Id),
        ReasonContains = parsed.GetValue(Reason),
        Max = parsed.GetValue(Max) ?? int.MaxValue,
    };

    private static string Beginning(byte[] body)
    {
        var text = System.Text.Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 60)));
        return string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
    }
}
