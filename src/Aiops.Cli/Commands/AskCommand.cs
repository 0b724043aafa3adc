using System.CommandLine;
using Aiops.Ask.Data;
using Aiops.Ask.Questions;
using Aiops.Cli.Ask;
using Spectre.Console;

namespace Aiops.Cli.Commands;

/// <summary><c>aiops ask QUESTION</c>: questions in plain words, answered by one checked SELECT; <c>ask report</c> and <c>ask tables</c> beside it.</summary>
internal static class AskCommand
{
    private static readonly Argument<string[]> Words = new("QUESTION")
    {
        Description = "What you want to know; without it questions are read from the input, a line each.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<bool> FollowUp = new("--follow-up") { Description = "Goes on from the question before: “and last week?”." };
    private static readonly Option<bool> Explain = new("--explain") { Description = "Shows how DuckDB runs the statement, and statements that weren't run." };
    private static readonly Option<bool> ShowPrompt = new("--show-prompt") { Description = "Prints exactly what would be sent to a model, and asks nothing." };
    private static readonly Option<string?> ChartFile = new("--chart") { Description = "Where to draw the answer: a .svg file." };
    private static readonly Option<string?> Out = new("--out") { Description = "Where to write the rows: a .parquet, .csv or .json file." };

    public static Command Create(CommandEnvironment environment)
    {
        var command = new Command(
            "ask",
            """
            Answers questions about telemetry, incidents, reviews and cost in plain words, and shows its SQL.

            Examples:
              aiops ask "Which service lost most requests between 10 and 11?" --recording recordings/bad-deployment
              aiops ask --follow-up "and the hour before?" --recording recordings/bad-deployment
              aiops ask "cost per thousand orders by month" --attach cloud_cost=bill.parquet --attach orders=orders.csv
              aiops ask report checkout --last 1d --recording recordings/bad-deployment
            """)
        {
            Words, CommonOptions.Model, FollowUp, Explain, ShowPrompt, ChartFile, Out, AskReportCommand.Create(environment), AskTablesCommand.Create(environment),
        };
        foreach (var option in AskOptions.All)
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, ct) => RunAsync(parsed, environment, ct));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        var text = string.Join(' ', parsed.GetValue(Words) ?? []);
        var knowledge = AskOptions.ReadKnowledge(parsed, environment);
        var now = AskOptions.ReadNow(parsed);
        CheckFiles(parsed, environment); // Before an answer is paid for.
        await using var stores = await AskStores.OpenAsync(parsed, environment, cancellationToken);
        using var data = await AskOptions.OpenAsync(parsed, knowledge, stores, environment, cancellationToken);
        var model = await stores.OpenModelAsync(environment.Error.WriteLine, cancellationToken);
        var desk = new QuestionDesk(knowledge, data, model, environment.Time);
        var conversation = new Conversation(Path.Combine(CommonOptions.StateFolder(parsed, environment), "ask", "conversation.json"));
        IReadOnlyList<Turn> before = parsed.GetValue(FollowUp) ? conversation.Read() : [];
        if (parsed.GetValue(ShowPrompt))
        {
            environment.Output.WriteLine(await desk.PromptAsync(new Question(text) { Before = before, Now = now }, model?.Settings, cancellationToken));
            return ExitCodes.Ok;
        }

        if (text.Length > 0)
        {
            return await AskAsync(text);
        }

        var code = ExitCodes.Ok;
        using var input = new StreamReader(environment.Input, leaveOpen: true);
        while (await input.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Trim().Length > 0)
            {
                code = Math.Max(code, await AskAsync(line.Trim()));
            }
        }

        return code;

        async Task<int> AskAsync(string question)
        {
            var answer = await desk.AskAsync(new Question(question) { Before = before, Now = now }, cancellationToken);
            if (answer is Answer.Answered answered)
            {
                conversation.Write(before, answered.Turn);
                before = [.. before.Append(answered.Turn).TakeLast(Conversation.Most)];
                await WriteFilesAsync(answered, parsed, environment, cancellationToken);
            }

            return Tell(answer, parsed, environment);
        }
    }

    private static void CheckFiles(ParseResult parsed, CommandEnvironment environment)
    {
        if (parsed.GetValue(Out) is { } file)
        {
            AnswerExport.Check(environment.PathOf(file));
        }

        if (parsed.GetValue(ChartFile) is { } chart)
        {
            var path = environment.PathOf(chart);
            AnswerExport.CheckFolder(path);
            if (!path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase))
            {
                throw new AttachException($"{chart} is of no kind that is drawn: name a .svg file.");
            }
        }
    }

    private static int Tell(Answer answer, ParseResult parsed, CommandEnvironment environment)
    {
        if (!parsed.GetValue(CommonOptions.Json))
        {
            return AnswerScreen.Show(answer, parsed.GetValue(Explain), environment);
        }

        var json = AnswerJson.Of(answer);
        if (parsed.GetValue(Explain) && answer is Answer.Answered { Plan: var plan })
        {
            json["plan"] = plan;
        }

        environment.Output.WriteLine(json.ToJsonString());
        return answer switch
        {
            Answer.Answered => ExitCodes.Ok,
            Answer.WithoutModel => ExitCodes.NotFound,
            _ => ExitCodes.BadInput,
        };
    }

    private static async Task WriteFilesAsync(Answer.Answered answered, ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(Out) is { } file)
        {
            AnswerExport.Write(answered, environment.PathOf(file));
        }

        if (parsed.GetValue(ChartFile) is not { } chart)
        {
            return;
        }

        if (answered.Chart is { } svg)
        {
            await File.WriteAllTextAsync(environment.PathOf(chart), svg, cancellationToken);
        }
        else
        {
            environment.ErrorConsole.MarkupLine("[yellow]No chart: the rows aren't of a shape that is drawn (a name or a time, and a figure).[/]");
        }
    }
}
