using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aiops.Local.Hosting;
using Aiops.Local.Recordings;
using Aiops.Pipeline;
using Aiops.Pipeline.Evaluate;
using Spectre.Console;

namespace Aiops.Cli.Commands;

/// <summary><c>aiops evaluate [RECORDING…]</c>: judges what was analysed by what people said, with and without what was learned.</summary>
internal static class EvaluateCommand
{
    private static readonly Argument<string[]> Paths = new("RECORDING")
    {
        Description = "Recordings that know their cause, or folders of them; the reviewed incidents of the state folder without any.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string?> Baseline = new("--baseline") { Description = "Fails (exit code 1) when a figure of this file is worse by more than the margin, or not measured any more." };

    private static readonly Option<double> Margin = new("--margin")
    {
        Description = "What a figure may lose against the baseline, in its own unit: 0.02 is two points of a rate.",
        DefaultValueFactory = _ => EvaluationBaseline.DefaultMargin,
    };

    private static readonly Option<string?> Save = new("--save") { Description = "Writes the figures as a baseline for later." };
    private static readonly Option<string?> Plot = new("--plot") { Description = "Writes the learning curve as an SVG." };

    public static Command Create(CommandEnvironment environment)
    {
        var command = new Command(
            "evaluate",
            """
            Analyses judged incidents again in time order, each before its outcome is learned, with the knowledge base on and off:
            how often the cause came first, whether confidence came true, whether a recommended action helped.

            Examples:
              aiops evaluate                                       the reviewed incidents of the state folder
              aiops import petshop ~/petshop --out /tmp/petshop
              aiops evaluate /tmp/petshop --save baseline.json     labels as reviews
              aiops evaluate /tmp/petshop --baseline baseline.json a gate for your own CI
            """) { Paths, Baseline, Margin, Save, Plot };
        command.SetAction((parsed, ct) => RunAsync(parsed, environment, ct));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        var margin = parsed.GetValue(Margin);
        if (!double.IsFinite(margin) || margin < 0)
        {
            throw new UserErrorException(ExitCodes.Usage, "--margin must be 0 or more.", "0.02 lets a rate fall by two points.");
        }

        var baseline = await ReadBaselineAsync(parsed, environment, cancellationToken);
        await using var host = await CommonOptions.OpenHostAsync(parsed, environment, cancellationToken);
        var judged = parsed.GetValue(Paths) is { Length: > 0 } paths
            ? await LabelledAsync(paths, Path.Combine(host.Options.StateFolder, "evaluations"), environment, cancellationToken)
            : await ReviewedAsync(host, environment, cancellationToken);
        var report = new Evaluation(host.Playbooks, environment.Time).Run(judged, cancellationToken);
        await WriteAsync(parsed.GetValue(Save), EvaluationBaseline.Write(report), environment, cancellationToken);
        await WriteAsync(parsed.GetValue(Plot), System.Text.Encoding.UTF8.GetBytes(LearningCurve.Render(report)), environment, cancellationToken);
        var compared = baseline?.Compare(report, margin) ?? [];
        if (parsed.GetValue(CommonOptions.Json))
        {
            environment.Output.WriteLine(JsonOf(report, compared).ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
        }
        else
        {
            Show(report, compared, margin, environment);
        }

        return compared.Any(figure => figure.Worse) ? ExitCodes.Failed : ExitCodes.Ok;
    }

    private static async Task<IReadOnlyList<JudgedIncident>> ReviewedAsync(LocalHost host, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        var (judged, others) = await new ReviewedIncidents(host.Incidents, host.Incidents, host.Documents, host.Cases).ReadAsync(cancellationToken);
        if (others > 0)
        {
            await environment.Error.WriteLineAsync($"{others} incidents that nobody judged, whose case was taken back, or that left no context, are not counted.");
        }

        return judged.Count > 0 ? judged : throw new UserErrorException(
            ExitCodes.NotFound, "No incident of this state folder was reviewed.", "Review some (docs/review.md), or name labelled recordings: aiops evaluate recordings");
    }

    /// <summary>Each recording through the whole pipeline; its label stands for the review, given when its alarms had ended.</summary>
    private static async Task<IReadOnlyList<JudgedIncident>> LabelledAsync(
        string[] paths, string folder, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        List<JudgedIncident> judged = [];
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase); // As some file systems tell folders apart.
        foreach (var path in paths.SelectMany(path => RecordingsOf(environment.PathOf(path))).Distinct(StringComparer.Ordinal))
        {
            var recording = ReplayCommand.OpenRecording(path);
            if (RecordingTruth.Read(recording.Files) is not { } truth)
            {
                await environment.Error.WriteLineAsync($"{recording.Manifest.Name} doesn't say what was wrong and is not counted.");
                continue;
            }

            var name = NameOfItsOwn(recording.Manifest.Name, names);
            await using var session = await ReplaySession.OpenAsync(recording, Path.Combine(folder, name), cancellationToken);
            var result = await session.RunAsync(cancellationToken);
            var stored = new ReviewedIncidents(session.Host.Incidents, session.Host.Incidents, session.Host.Documents, session.Host.Cases);
            if (result.Reports.MinBy(report => report.Incident.OpenedAt)?.Incident is { } incident
                && await stored.ReadAsync(incident, OutcomeOf(incident, truth), cancellationToken) is { } one)
            {
                judged.Add(one with { Incident = incident with { Id = name } }); // Replays of the same alarm bear the same id.
            }
            else
            {
                await environment.Error.WriteLineAsync($"{recording.Manifest.Name} opened no incident and is not counted.");
            }
        }

        return judged.Count > 0 ? judged : throw new UserErrorException(
            ExitCodes.NotFound, "None of the recordings says what was wrong.", "`aiops import` makes labelled ones; docs/recordings.md has the manifest's truth.");
    }

    /// <summary>The recording's, numbered where another folder has one of the same: each is an incident of its own.</summary>
    private static string NameOfItsOwn(string name, HashSet<string> taken)
    {
        var own = name;
        for (var number = 2; !taken.Add(own); number++)
        {
            own = string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
        }

        return own;
    }

    private static Outcome OutcomeOf(Incident incident, RecordingTruth truth) => new()
    {
        IncidentId = incident.Id,
        Verdict = truth.Component is null ? Verdict.Rejected : Verdict.Corrected,
        Component = truth.Component,
        Cause = truth.Kind,
        Severity = truth.Labels?.GetValueOrDefault("severity") is { } severity && Enum.TryParse<Severity>(severity, ignoreCase: true, out var known) ? known : null,
        Helped = truth.Labels?.GetValueOrDefault("helped") is { } helped ? [helped] : [],
        Reviewer = "label",
        At = incident.LastEventAt,
    };

    private static IEnumerable<string> RecordingsOf(string path)
        => Directory.Exists(path) && !File.Exists(Path.Combine(path, RecordingManifest.FileName))
            ? Directory.EnumerateFileSystemEntries(path)
                .Where(entry => File.Exists(Path.Combine(entry, RecordingManifest.FileName)) || entry.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal)
            : [path];

    private static async Task<EvaluationBaseline?> ReadBaselineAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(Baseline) is not { } file)
        {
            return null;
        }

        var path = environment.PathOf(file);
        if (!File.Exists(path))
        {
            throw new UserErrorException(ExitCodes.NotFound, $"There is no baseline {path}.", "`aiops evaluate --save FILE` writes one.");
        }

        try
        {
            return EvaluationBaseline.Read(await File.ReadAllBytesAsync(path, cancellationToken));
        }
        catch (FormatException e)
        {
            throw new UserErrorException(ExitCodes.BadInput, $"{path} can't be used: {e.Message}.", "`aiops evaluate --save FILE` writes one anew.");
        }
    }

    private static async Task WriteAsync(string? file, byte[] content, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        if (file is not null)
        {
            var path = environment.PathOf(file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, content, cancellationToken);
        }
    }

    private static JsonObject JsonOf(EvaluationReport report, IReadOnlyList<FigureComparison> compared)
    {
        var json = (JsonObject)JsonSerializer.SerializeToNode(report, EvaluateJson.Default.EvaluationReport)!;
        json["baseline"] = new JsonArray([.. compared.Select(figure => new JsonObject
        {
            ["name"] = figure.Name, ["before"] = figure.Before, ["now"] = figure.Now, ["worse"] = figure.Worse,
        })]);
        return json;
    }

    private static void Show(EvaluationReport report, IReadOnlyList<FigureComparison> compared, double margin, CommandEnvironment environment)
    {
        var table = new Table().AddColumns("figure", "incidents", "knowledge base off", "on").Border(TableBorder.Rounded);
        foreach (var figure in report.Figures)
        {
            table.AddRow(Words(figure.Name), $"{figure.Count}", Cell(figure.Off, figure.OffInterval), Cell(figure.On, figure.OnInterval));
        }

        environment.Console.Write(table);
        foreach (var figure in compared)
        {
            environment.Console.MarkupLineInterpolated(figure switch
            {
                { Before: { } before, Now: null } => (FormattableString)$"[red]gone[/] {Words(figure.Name)}: {Number(before)} in the baseline, not measured now",
                { Before: null, Now: { } now } => $"[yellow]new[/] {Words(figure.Name)}: {Number(now)} now, not in the baseline",
                { Worse: true } => $"[red]worse[/] {WordsOf(figure)}: more than {margin.ToString(CultureInfo.InvariantCulture)} lost",
                _ => $"[green]holds[/] {WordsOf(figure)}",
            });
        }
    }

    private static string WordsOf(FigureComparison figure) => $"{Words(figure.Name)}: {Number(figure.Before!.Value)} in the baseline, {Number(figure.Now!.Value)} now";

    private static string Cell(double? value, Analysis.Calibration.Interval? interval) => (value, interval) switch
    {
        (null, _) => "–",
        ({ } some, { } of) => $"{Number(some)} ({Number(of.Low)}–{Number(of.High)})",
        ({ } some, _) => Number(some),
    };

    private static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Words(string name)
        => string.Concat(name.Select(c => char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}"));
}
