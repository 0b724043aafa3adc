using System.Text.Json;
using Aiops.Ask.Questions;
using Aiops.Cli;
using Aiops.Cli.Ask;
using Aiops.PortTests.Running;
using Spectre.Console;

namespace Aiops.Ask.Tests.Cli;

[NeedsDuckDb]
public sealed class AskCommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("aiops-ask-");

    [PortFact]
    public async Task A_recording_is_asked_with_table_chart_file_and_statement()
    {
        var (code, output, _) = await RunAsync("Which service lost most requests?", "--recording", Recording, "--chart", In("a.svg"), "--out", In("a.csv"));
        code.ShouldBe(0);
        output.ShouldContain("checkout");
        output.ShouldContain("SELECT service");
        output.ShouldContain("lost-requests-by-service");
        output.ShouldContain("no model");
        (await File.ReadAllTextAsync(In("a.svg"))).ShouldStartWith("<svg");
        (await File.ReadAllLinesAsync(In("a.csv")))[0].ShouldBe("service,lost,requests");
    }

    [PortFact]
    public async Task Json_is_one_object_that_says_its_kind_and_its_cost()
    {
        var (code, output, _) = await RunAsync("Log lines by severity", "--recording", Recording, "--json");
        code.ShouldBe(0);
        using var json = JsonDocument.Parse(output);
        json.RootElement.GetProperty("kind").GetString().ShouldBe("answered");
        json.RootElement.GetProperty("rows").GetArrayLength().ShouldBeGreaterThan(1);
        json.RootElement.GetProperty("cost").GetProperty("rowsScanned").GetInt64().ShouldBeGreaterThan(0);
    }

    [PortFact]
    public async Task A_follow_up_remembers_the_question_before_it()
    {
        await RunAsync("Error lines per hour", "--recording", Recording);
        var (code, output, _) = await RunAsync("--follow-up", "and in the last 30 minutes?", "--recording", Recording);
        code.ShouldBe(0);
        output.ShouldContain("error-lines-over-time");
    }

    [PortFact]
    public async Task Questions_are_read_from_the_input_a_line_each()
    {
        var (code, output, _) = await RunAsync("Log lines by severity\n\nand in the last 10 minutes?\n"u8.ToArray(), "--recording", Recording);
        code.ShouldBe(0);
        output.Split("lines-by-severity").Length.ShouldBe(3);
    }

    [PortFact]
    public async Task Questions_from_the_input_go_on_from_no_earlier_run_and_the_worst_of_them_is_the_exit_code()
    {
        await RunAsync("Error lines per hour", "--recording", Recording);
        var (code, output, _) = await RunAsync("and in the last 30 minutes?\nLog lines by severity\n"u8.ToArray(), "--recording", Recording);
        code.ShouldBe(4);
        output.ShouldNotContain("error-lines-over-time");
        output.ShouldContain("lines-by-severity");
        (await RunAsync("What is for lunch?\nand in the last 30 minutes?\n"u8.ToArray(), "--recording", Recording)).Code.ShouldBe(4);
    }

    [PortTheory]
    [InlineData("no kind that is written", "--out", "x.foo")]
    [InlineData("folder doesn't exist", "--out", "/nonexist/a.csv")]
    [InlineData("folder doesn't exist", "--chart", "/nonexist/a.svg")]
    [InlineData("no kind that is drawn", "--chart", "a.png")]
    public async Task A_file_that_could_not_be_written_is_refused_before_anything_is_asked(string reason, string option, string file)
    {
        var (code, output, error) = await RunAsync("Log lines by severity", "--recording", Recording, option, file);
        code.ShouldBe(3);
        error.ReplaceLineEndings(" ").ShouldContain(reason);
        output.ShouldBeEmpty();
        Directory.Exists(Path.Combine(In("state"), "ask")).ShouldBeFalse();
    }

    [PortFact]
    public void What_a_refused_question_cost_is_said()
    {
        using var error = new StringWriter();
        using var environment = new CommandEnvironment
        {
            Input = Stream.Null,
            Output = TextWriter.Null,
            Error = error,
            Console = Plain(TextWriter.Null),
            ErrorConsole = Plain(error),
            Time = TimeProvider.System,
            CurrentDirectory = Root,
        };
        AnswerCost cost = new(null, TimeSpan.Zero, TimeSpan.Zero, new Pipeline.Reason.Models.ModelSpend(3, 3_150, 3_150));
        AnswerScreen.Show(new Answer.Refused("It isn't SQL.", "SELEC") { Cost = cost }, false, environment);
        error.ToString().ShouldContain("3 model calls, 3,150 tokens, $0.0032.");
        AnswerScreen.Show(new Answer.NotUnderstood("No weather.") { Cost = cost with { Model = new(1, 7, 0) } }, false, environment);
        error.ToString().ShouldContain("1 model calls, 7 tokens");
    }

    [PortTheory]
    [InlineData(4, "no model", "What is for lunch?")]
    [InlineData(2, "isn't a time", "Log lines by severity", "--now", "soon")]
    [InlineData(2, "no time zone", "Log lines by severity", "--tz", "Mars/Olympus")]
    [InlineData(2, "NAME=FILE", "Log lines by severity", "--attach", "a.csv")]
    [InlineData(3, "does not exist", "Log lines by severity", "--attach", "logs=/nowhere.parquet")]
    [InlineData(2, "no such folder", "Log lines by severity", "--knowledge", "/nowhere")]
    [InlineData(2, "--rows", "Log lines by severity", "--rows", "0")]
    [InlineData(4, "No data names a service", "report", "nobody")]
    [InlineData(2, "no length of time", "report", "checkout", "--last", "soon")]
    public async Task What_cannot_be_answered_has_a_reason_and_an_exit_code(int expected, string reason, params string[] arguments)
    {
        var (code, _, error) = await RunAsync(arguments);
        code.ShouldBe(expected, error);
        error.ReplaceLineEndings(" ").ShouldContain(reason);
    }

    [PortFact]
    public async Task A_service_is_reported_on_as_page_and_as_markdown()
    {
        (await RunAsync("report", "checkout", "--last", "2h", "--recording", Recording, "--out", In("r.html"))).Code.ShouldBe(0);
        (await RunAsync("report", "checkout", "--last", "2h", "--recording", Recording, "--out", In("r.md"), "--json")).Code.ShouldBe(0);
        (await File.ReadAllTextAsync(In("r.html"))).ShouldContain("<svg");
        (await File.ReadAllTextAsync(In("r.md"))).ShouldContain("## Log patterns");
    }

    [PortFact]
    public async Task Incidents_of_the_state_folder_are_asked_about()
    {
        await RunCommandAsync([], "handle", Path.Combine(Root, "events", "cloudwatch", "alarm-metric.json"), "--wait", "--settle", "0");
        var (code, output, error) = await RunAsync("Alarms by source", "--json");
        code.ShouldBe(0, error);
        using var json = JsonDocument.Parse(output);
        json.RootElement.GetProperty("rows")[0][0].GetString().ShouldBe("aws.cloudwatch");
    }

    [PortFact]
    public async Task The_prompt_is_shown_and_nothing_is_asked()
    {
        var (code, output, _) = await RunAsync("Which service is slowest?", "--recording", Recording, "--show-prompt");
        code.ShouldBe(0);
        output.ShouldContain("<question>");
        output.ShouldContain("spans (");
    }

    [PortFact]
    public async Task Tables_are_listed_with_their_rows()
    {
        var (code, output, _) = await RunAsync("tables", "--recording", Recording, "--json");
        code.ShouldBe(0);
        using var json = JsonDocument.Parse(output);
        json.RootElement.EnumerateArray().Single(table => table.GetProperty("table").GetString() == "spans").GetProperty("rows").GetInt64().ShouldBeGreaterThan(1_000);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static string Root { get; } = FindRoot();

    private static string Recording => Path.Combine(Root, "recordings", "bad-deployment");

    private string In(string name) => Path.Combine(folder.FullName, name);

    private Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) => RunAsync([], arguments);

    private Task<(int Code, string Output, string Error)> RunAsync(byte[] input, params string[] arguments) => RunCommandAsync(input, ["ask", .. arguments]);

    private async Task<(int Code, string Output, string Error)> RunCommandAsync(byte[] input, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var environment = new CommandEnvironment
        {
            Input = new MemoryStream(input),
            Output = output,
            Error = error,
            Console = Plain(output),
            ErrorConsole = Plain(error),
            Time = TimeProvider.System,
            CurrentDirectory = Root,
        };
        var code = await AiopsCommand.RunAsync([.. arguments, "--state", In("state")], environment, CancellationToken.None);
        return (code, output.ToString(), error.ToString());
    }

    private static IAnsiConsole Plain(TextWriter writer) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = AnsiSupport.No,
        ColorSystem = ColorSystemSupport.NoColors,
        Interactive = InteractionSupport.No,
        Out = new AnsiConsoleOutput(writer),
    });

    private static string FindRoot()
    {
        var place = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(place.FullName, "Aiops.sln")))
        {
            place = place.Parent!;
        }

        return place.FullName;
    }
}
