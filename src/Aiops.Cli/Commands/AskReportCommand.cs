using System.CommandLine;
using System.Globalization;
using Aiops.Ask.ServiceReport;
using Aiops.Cli.Ask;
using Spectre.Console;

namespace Aiops.Cli.Commands;

/// <summary><c>aiops ask report SERVICE</c>: how a service fared, from a fixed set of queries, without a model.</summary>
internal static class AskReportCommand
{
    private const int MostRows = 20;

    private static readonly Argument<string> Service = new("SERVICE") { Description = "The service, as the data names it." };
    private static readonly Option<string> Last = new("--last") { Description = "How far back: 30m, 6h, 1d, 2w.", DefaultValueFactory = _ => "1d" };
    private static readonly Option<string?> Out = new("--out") { Description = "Where to write it: an .html or .md file." };

    public static Command Create(CommandEnvironment environment)
    {
        var command = new Command("report", "Error trend, latency, log patterns, unusual traffic, changes and incidents of one service.") { Service, Last, Out };
        foreach (var option in AskOptions.All)
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, ct) => RunAsync(parsed, environment, ct));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        var length = LengthOf(parsed.GetValue(Last)!);
        await using var stores = await AskStores.OpenAsync(parsed, environment, cancellationToken);
        using var data = await AskOptions.OpenAsync(parsed, AskOptions.ReadKnowledge(parsed, environment), stores, environment, cancellationToken);
        var desk = new ReportDesk(data, environment.Time);
        WrittenReport report;
        try
        {
            report = await desk.WriteAsync(parsed.GetValue(Service)!, desk.Last(length, AskOptions.ReadNow(parsed)), cancellationToken);
        }
        catch (KeyNotFoundException e)
        {
            throw new UserErrorException(ExitCodes.NotFound, e.Message, "Name one of those, or a --recording that has it.");
        }

        if (parsed.GetValue(Out) is { } file)
        {
            var text = Path.GetExtension(file).ToLowerInvariant() switch
            {
                ".html" => ReportText.Html(report),
                ".md" => ReportText.Markdown(report),
                _ => throw new UserErrorException(ExitCodes.Usage, $"{file} is of no kind that is written.", "Name an .html or .md file."),
            };
            await File.WriteAllTextAsync(environment.PathOf(file), text, cancellationToken);
        }

        if (parsed.GetValue(CommonOptions.Json))
        {
            environment.Output.WriteLine(ReportJson.Of(report).ToJsonString());
            return ExitCodes.Ok;
        }

        foreach (var part in report.Parts)
        {
            environment.Console.MarkupLineInterpolated($"[bold]{part.Title}[/]");
            environment.Console.MarkupLineInterpolated($"{part.Sentence}");
            if (part.Rows.Count > 0 && part.Chart is null)
            {
                AnswerScreen.ShowTable(part.Columns, [.. part.Rows.Take(MostRows)], environment.Console);
            }
        }

        environment.Console.MarkupLineInterpolated($"[grey]{report.From:yyyy-MM-dd HH:mm} to {report.To:yyyy-MM-dd HH:mm} ({report.TimeZone}), in {report.Elapsed.TotalSeconds:0.00} s; --out FILE.html has the drawings.[/]");
        return ExitCodes.Ok;
    }

    private static TimeSpan LengthOf(string text)
        => text.Length > 1 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var many) && many is > 0 and <= 10_000 && "mhdw".IndexOf(text[^1]) is >= 0 and var unit
            ? ((TimeSpan[])[TimeSpan.FromMinutes(1), TimeSpan.FromHours(1), TimeSpan.FromDays(1), TimeSpan.FromDays(7)])[unit] * many
            : throw new UserErrorException(ExitCodes.Usage, $"“{text}” is no length of time.", "Write --last 30m, 6h, 1d or 2w.");
}
