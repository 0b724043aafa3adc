using System.CommandLine;
using System.Net;
using System.Text.Json.Nodes;
using Aiops.Ask.Data;
using Aiops.Ask.DuckDb;
using Aiops.Ask.Feeds;
using Aiops.Cli.Ask;
using Aiops.Cli.Mcp;
using Aiops.Cli.Output;
using Aiops.Cli.Serve;
using Aiops.Cli.Stores;
using Aiops.Console.Security;
using Aiops.Mcp;
using Aiops.Pipeline.Learn.Retrieval;
using Microsoft.Extensions.Logging;

namespace Aiops.Cli.Commands;

/// <summary><c>aiops mcp</c>: incidents and their evidence as tools for other agents, over standard input and output or HTTP.</summary>
internal static class McpCommand
{
    private const string TokenVariable = "AIOPS_MCP_TOKEN";

    private static readonly Option<string?> Http = new("--http")
    {
        Description = $"Serve over HTTP instead, at this address and port (default 127.0.0.1:{McpHttpOptions.DefaultPort}); beyond loopback every request needs a token.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Tokens = new("--tokens") { Description = "A JSON file of who may review, or read over HTTP: the console's own (docs/console.md)." };

    private static readonly Option<string?> Replays = new("--replays") { Description = "A folder whose recordings may be replayed; none without it." };

    private static readonly Option<string[]> Hosts = new("--allow-host") { Description = "A name by which clients reach the HTTP address." };

    private static readonly Option<string[]> Origins = new("--allow-origin") { Description = "The origin of a page that may call the HTTP address (https://tools.example.com)." };

    public static Command Create(CommandEnvironment environment)
    {
        var command = new Command(
            "mcp",
            $"""
            Offers incidents, reports, evidence, similar cases and replays to other agents by the Model Context Protocol (docs/mcp.md).
            A client starts it and speaks over standard input and output; --http serves many.

            Reviews are taken with a reviewer's token alone: from the environment ({TokenVariable}), or as the bearer token over HTTP.

            Example: aiops mcp --replays recordings
            """) { Http, Tokens, Replays, Hosts, Origins, AskOptions.Recordings, CommonOptions.Model };
        command.SetAction((parsed, ct) => RunAsync(parsed, environment, ct));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        var callers = parsed.GetValue(Tokens) is { } file ? CallersOf(environment.PathOf(file)) : null;
        var http = parsed.GetResult(Http) is null ? null : HttpOptions(parsed, callers);
        var replays = parsed.GetValue(Replays) is { } folder ? ReplaysOf(environment.PathOf(folder)) : null;
        if (parsed.GetValue(CommonOptions.Stack) is not null && parsed.GetValue(CommonOptions.Model) is not null)
        {
            throw Wrong("--model is for a folder's questions, and a stack's are asked of its own model.", "Leave it out.");
        }

        await using var stores = await CommonOptions.OpenStoresAsync(parsed, environment, cancellationToken);

        // Standard output is the protocol's alone.
        using var loggers = new LoggerFactory([new LineLoggerProvider(environment.Error, environment.Time)]);
        using var questions = DuckDbLibrary.IsThere ? QuestionsOf(parsed, stores, environment) : null;
        AiopsMcp mcp = new(Ports(stores, environment) with { Replays = replays, Questions = questions }, loggers);
        if (http is not null)
        {
            return await ServeAsync(mcp, http, parsed, environment, loggers, cancellationToken);
        }

        var token = Environment.GetEnvironmentVariable(TokenVariable) is { Length: > 0 } given ? given : null;
        if (token is not null && callers?.Invoke(token) is null)
        {
            throw Wrong($"{TokenVariable} is set, and nobody's token.", callers is null ? "Name the file that knows it with --tokens." : "Add its SHA-256 to the file of --tokens (docs/console.md).");
        }

        await mcp.RunAsync(environment.Input, System.Console.OpenStandardOutput(), () => token is null ? null : callers!(token), cancellationToken);
        return ExitCodes.Ok;
    }

    private static async Task<int> ServeAsync(
        AiopsMcp mcp, McpHttpOptions options, ParseResult parsed, CommandEnvironment environment, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        await using McpHttpServer server = new(mcp, options, environment.Time, loggers);
        try
        {
            var address = await server.StartAsync(cancellationToken);
            environment.Output.WriteLine(parsed.GetValue(CommonOptions.Json)
                ? new JsonObject { ["listening"] = address.ToString() }.ToJsonString()
                : $"Listening on {address}. Stop with Ctrl+C.");
        }
        catch (IOException e)
        {
            throw Wrong($"Can't listen on {options.Listen}: {e.InnerException?.Message ?? e.Message}", "Stop what listens there, or choose another port.");
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, environment.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ExitCodes.Ok;
    }

    private static StoreQuestions QuestionsOf(ParseResult parsed, IHostStores stores, CommandEnvironment environment)
    {
        List<ITableFeed> feeds = [new IncidentFeed(stores.Incidents, stores.Documents, stores.Cases)];
        feeds.AddRange((parsed.GetValue(AskOptions.Recordings) ?? []).Select(path => AskOptions.FeedOf(ReplayCommand.OpenRecording(environment.PathOf(path)))));
        return new StoreQuestions(feeds, ct => stores.OpenModelAsync(environment.Error.WriteLine, ct), environment.Time);
    }

    private static McpPorts Ports(IHostStores stores, CommandEnvironment environment) => new()
    {
        Incidents = stores.Incidents,
        Documents = stores.Documents,
        Reports = stores.Reports,
        Knowledge = new KnowledgeIndexes(stores.Cases, stores.Runbooks),
        KnowledgeScope = stores.KnowledgeScope,
        Reviews = stores.Reviews,
        Time = environment.Time,
    };

    private static McpHttpOptions HttpOptions(ParseResult parsed, Func<string, McpCaller?>? callers)
    {
        var listen = EventServerOptions.ParseListen(parsed.GetValue(Http) ?? $"127.0.0.1:{McpHttpOptions.DefaultPort}");
        return IPAddress.IsLoopback(listen.Address) || callers is not null
            ? new McpHttpOptions { Listen = listen, Callers = callers, Hosts = parsed.GetValue(Hosts) ?? [], Origins = parsed.GetValue(Origins) ?? [] }
            : throw Wrong($"Listening on {listen} without tokens would show every incident to anyone who reaches it.", "Name a token file with --tokens, or listen on 127.0.0.1 alone.");
    }

    private static RecordingReplays ReplaysOf(string folder) => Directory.Exists(folder)
        ? new RecordingReplays(folder)
        : throw new UserErrorException(ExitCodes.NotFound, $"There is no folder {folder}.", "Name one that holds recordings with --replays.");

    private static Func<string, McpCaller?> CallersOf(string path)
    {
        try
        {
            var file = TokenFile.Open(path);
            return token => file.Find(token) is { } holder ? new McpCaller(holder.Id, holder.Name, holder.Roles.Contains(ConsoleRoles.Reviewer)) : null;
        }
        catch (TokenFileException e)
        {
            throw Wrong(e.Message, "docs/console.md shows one.");
        }
    }

    private static UserErrorException Wrong(string message, string remedy) => new(ExitCodes.Usage, message, remedy);
}
