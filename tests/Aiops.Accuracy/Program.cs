using System.CommandLine;
using System.Diagnostics;
using Aiops.Accuracy;
using Aiops.Accuracy.Output;
using Aiops.Local.Import;
using Spectre.Console;

var name = new Argument<string>("suite") { Description = "What to measure: " + string.Join(", ", Suites.All.Select(suite => suite.Name)) };
var data = new Option<string>("--data") { Description = "The labelled data, in its own layout", Required = true };
var json = new Option<bool>("--json") { Description = "One JSON object instead of a table" };
var plots = new Option<string?>("--plots") { Description = "Where plots go, as SVG" };
var detections = new Option<string?>("--detections") { Description = "Where result files in NAB's form go" };
var brief = new Option<bool>("--short") { Description = "A few cases only" };
var command = new RootCommand("How often the engine is right, beside its peers, on labelled data.") { name, data, json, plots, detections, brief };
command.SetAction(async (parsed, cancellationToken) =>
{
    if (Suites.Find(parsed.GetValue(name)!) is not { } suite)
    {
        await Console.Error.WriteLineAsync($"There is no suite \"{parsed.GetValue(name)}\". There are: {string.Join(", ", Suites.All.Select(one => one.Name))}.");
        return 2;
    }

    var run = new SuiteRun(parsed.GetValue(data)!)
    {
        PlotFolder = parsed.GetValue(plots),
        DetectionsFolder = parsed.GetValue(detections),
        Short = parsed.GetValue(brief),
    };
    try
    {
        var watch = Stopwatch.StartNew();
        var report = await suite.RunAsync(run, cancellationToken);
        var peak = PeakMegabytes();
        if (parsed.GetValue(json))
        {
            Console.WriteLine(JsonOutput.Render(report, watch.Elapsed, peak));
        }
        else
        {
            TableOutput.Write(Terminal(), report, watch.Elapsed, peak);
        }

        return 0;
    }
    catch (Exception e) when (e is MissingDataException or ImportException)
    {
        await Console.Error.WriteLineAsync($"{suite.Name} skipped: {e.Message}");
        return 3;
    }
});
return await command.Parse(args).InvokeAsync();

// A file or a pipe has no width: tables are then as wide as they need.
static IAnsiConsole Terminal()
{
    var terminal = AnsiConsole.Console;
    terminal.Profile.Width = Console.IsOutputRedirected ? 240 : terminal.Profile.Width;
    return terminal;
}

static double PeakMegabytes()
{
    using var process = Process.GetCurrentProcess();
    return process.PeakWorkingSet64 / 1e6;
}
