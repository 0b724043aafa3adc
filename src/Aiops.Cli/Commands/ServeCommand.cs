using System.CommandLine;
using System.Text.Json.Nodes;
using Aiops.Cli.Ask;
using Aiops.Cli.Output;
using Aiops.Cli.Serve;
using Aiops.Cli.Stores;
using Aiops.Local.Hosting;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace Aiops.Cli.Commands;

/// <summary><c>aiops serve</c>: events in over HTTP, and the workers that turn them into comments.</summary>
internal static class ServeCommand
{
    private static readonly Option<string> Listen = new("--listen")
    {
        Description = "Address and port; loopback unless a token is set.",
        DefaultValueFactory = _ => $"127.0.0.1:{EventServerOptions.DefaultPort}",
    };

    private static readonly Option<string[]> Topics = new("--allow-topic") { Description = "ARN of an SNS topic whose messages and subscription are taken." };

    public static Command Create(CommandEnvironment environment)
    {
        var command = new Command(
            "serve",
            """
            Takes events over HTTP (SNS, Alertmanager, Grafana, generic JSON) and works on them until stopped. docs/http-intake.md
            shows how to point each sender at it. Secrets come from the environment: AIOPS_SERVE_TOKEN (asked of senders as a bearer
            token), AIOPS_SERVE_WEBHOOK_SECRET (the key of signed webhooks), AIOPS_OIDC_CLIENT_SECRET (the console's, where it has one).

            The same address shows the review console in a browser: for this machine without a login, for others with one
            (docs/console.md).

            Example: aiops serve --allow-topic arn:aws:sns:eu-west-1:111122223333:alarms
            """) { Listen, Topics, CommonOptions.Telemetry, CommonOptions.Maintenance, CommonOptions.Tickets, CommonOptions.Actions, CommonOptions.Model, CommonOptions.Settle };
        foreach (var option in ConsoleSettings.All)
        {
            command.Add(option);
        }

        command.SetAction((parsed, ct) => RunAsync(parsed, environment, ct));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        var options = new EventServerOptions
        {
            Listen = EventServerOptions.ParseListen(parsed.GetValue(Listen)!),
            AllowedTopics = parsed.GetValue(Topics) ?? [],
            Token = Environment.GetEnvironmentVariable("AIOPS_SERVE_TOKEN"),
            WebhookSecret = Environment.GetEnvironmentVariable("AIOPS_SERVE_WEBHOOK_SECRET"),
        };
        options.Validate();
        if (parsed.GetValue(CommonOptions.Stack) is not null && Given(parsed) is { } unusable)
        {
            throw new UserErrorException(ExitCodes.Usage, $"{unusable} is for the workers of this machine, and a stack has its own.", "Leave it out; the stack's parameters are in docs/deploy.md.");
        }

        return parsed.GetValue(CommonOptions.Stack) is { } stack
            ? await ForStackAsync(stack, options, parsed, environment, cancellationToken)
            : await ForFolderAsync(options, parsed, environment, cancellationToken);
    }

    /// <summary>Events go into the stack's queue; its own functions work on them.</summary>
    private static async Task<int> ForStackAsync(
        string stack, EventServerOptions options, ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        using var loggers = new LoggerFactory([new LineLoggerProvider(environment.Error, environment.Time)]);
        await using var stores = await StackStores.OpenAsync(stack, environment, cancellationToken);
        using var certificates = new HttpSigningCertificates(environment.Time);
        using var visitor = new HttpSubscriptionVisitor();
        await using var server = new EventServer(options, stores.Door, stores.Queue, certificates, visitor, environment.Time, loggers);
        Announce(await server.StartAsync(cancellationToken), $"the stack {stack}", parsed, environment);
        await Task.Delay(Timeout.InfiniteTimeSpan, environment.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        environment.Console.MarkupLine("Stopped. The stack works on.");
        return ExitCodes.Ok;
    }

    private static async Task<int> ForFolderAsync(
        EventServerOptions options, ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        var folder = CommonOptions.StateFolder(parsed, environment);
        using var hostLock = HostLock.TryTake(folder)
            ?? throw new UserErrorException(ExitCodes.State, $"Another process already works on {folder}.", "Stop it, or name another folder with --state.");
        var console = ConsoleSettings.Read(parsed, environment, options, folder);
        var asked = AskOptions.ReadSources(parsed, environment);
        using var loggers = new LoggerFactory([new LineLoggerProvider(environment.Error, environment.Time)]);
        await using var host = await CommonOptions.OpenHostAsync(parsed, environment, loggers, cancellationToken);
        using var certificates = new HttpSigningCertificates(environment.Time);
        using var visitor = new HttpSubscriptionVisitor();
        var hooks = host is { TicketReviews: { } reviews, Replies: { } replies, Foreign.Tickets: { } tickets }
            ? new TicketHooks(tickets.Name, host.Foreign.WebhookSecret, reviews, replies, environment.Time, loggers.CreateLogger<TicketHooks>())
            : null;
        using var questions = new LocalQuestions(host, host.Model, asked, environment.Time);
        var mount = console is null ? null : new ConsoleMount(console, ConsoleSettings.PortsOf(host, questions, environment.Time));
        await using var server = new EventServer(options, host.Door, host.Queue, certificates, visitor, environment.Time, loggers, hooks, mount);
        Announce(await server.StartAsync(cancellationToken), folder, parsed, environment);
        if (mount is null && !parsed.GetValue(CommonOptions.Json))
        {
            environment.Output.WriteLine("No console: others may reach this address, and it needs a login for them (--console-tokens or --oidc-authority).");
        }

        var session = new LiveSession(host, environment.Time, loggers.CreateLogger<LiveSession>());
        try
        {
            await session.RunAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            environment.Console.MarkupLine("Stopped. What was under way is taken up by the next start.");
        }

        return ExitCodes.Ok;
    }

    private static string? Given(ParseResult parsed)
        => new Option[] { CommonOptions.Telemetry, CommonOptions.Maintenance, CommonOptions.Tickets, CommonOptions.Actions, CommonOptions.Model, CommonOptions.Settle }.Concat(ConsoleSettings.All)
            .FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false })?.Name;

    // Not through the console, which would wrap it in a pipe.
    private static void Announce(Uri address, string state, ParseResult parsed, CommandEnvironment environment)
        => environment.Output.WriteLine(parsed.GetValue(CommonOptions.Json)
            ? new JsonObject { ["listening"] = address.ToString(), ["state"] = state }.ToJsonString()
            : $"Listening on {address}, state in {state}. Stop with Ctrl+C.");
}
