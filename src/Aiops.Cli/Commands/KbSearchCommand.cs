using System.CommandLine;
using Aiops.Cli.Output;
using Aiops.Pipeline.Learn.Retrieval;
using Spectre.Console;

namespace Aiops.Cli.Commands;

/// <summary><c>aiops kb search</c>: cases and runbooks by words, by likeness to a case, or both, each hit with its reasons.</summary>
internal static class KbSearchCommand
{
    private const int LongestShown = 160;

    private static readonly Argument<string[]> Words = new("WORDS") { Description = "What is looked for.", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<string?> Like = new("--like") { Description = "An incident whose case the others are compared with by fingerprint." };
    private static readonly Option<int> Most = new("--most") { Description = "Hits shown, 1 to 100.", DefaultValueFactory = _ => 10 };

    public static Command Create(CommandEnvironment environment)
    {
        var search = new Command("search", "Looks through cases, runbooks and post-mortems.") { Words, Like, Most };
        search.SetAction((parsed, ct) => RunAsync(parsed, environment, ct));
        return search;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        var (words, like, most) = (string.Join(' ', parsed.GetValue(Words) ?? []), parsed.GetValue(Like), parsed.GetValue(Most));
        if ((words.Length == 0 && like is null) || most is < 1 or > 100)
        {
            throw new UserErrorException(ExitCodes.Usage, "Nothing is said to be looked for, or --most isn't 1 to 100.", "aiops kb search connection pool exhausted");
        }

        await using var stores = await CommonOptions.OpenStoresAsync(parsed, environment, cancellationToken);
        var alike = like is null ? null
            : await stores.Cases.FindAsync(stores.KnowledgeScope, like, cancellationToken)
                ?? throw new UserErrorException(ExitCodes.NotFound, $"There is no case of {like}.", "`aiops kb list` shows them.");
        var index = await new KnowledgeIndexes(stores.Cases, stores.Runbooks).OfAsync(stores.KnowledgeScope, cancellationToken);
        var found = index.Search(new KnowledgeQuery { Text = words.Length == 0 ? null : words, Fingerprint = alike?.Case.Fingerprint }, most + 1)
            .Where(hit => like is null || hit.Case?.IncidentId != like).Take(most).Select(KnowledgeHitLine.Of).ToList();
        if (parsed.GetValue(CommonOptions.Json))
        {
            return environment.PrintJson(found, CliJson.Default.ListKnowledgeHitLine);
        }

        foreach (var hit in found)
        {
            environment.Console.MarkupLine($"[bold]{KbCommand.Line(hit.Id)}[/] {KbCommand.Line(hit.Title)}{(hit.Heading.Length > 0 ? $" › {KbCommand.Line(hit.Heading)}" : "")}");
            environment.Console.MarkupLine($"  {KbCommand.Line(hit.Text.Length <= LongestShown ? hit.Text : $"{hit.Text[..LongestShown]}…")}");
            environment.Console.MarkupLine($"  [grey]{KbCommand.Line(string.Join("; ", hit.Because))}[/]");
        }

        if (found.Count == 0)
        {
            environment.Console.MarkupLine("Nothing that is known speaks of it.");
        }

        return ExitCodes.Ok;
    }
}
