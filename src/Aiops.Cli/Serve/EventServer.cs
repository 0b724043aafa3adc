using System.Net;
using Aiops.Console;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Formats;
using Aiops.Pipeline.Intake.Formats.Sns;
using Aiops.Pipeline.Intake.Queue;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException; // Kestrel keeps an obsolete one of the same name.

namespace Aiops.Cli.Serve;

/// <summary>Takes events over HTTP into the queue, within this process. README.md lists its addresses and answers.</summary>
internal sealed partial class EventServer : IAsyncDisposable
{
    private static readonly TimeSpan HealthTimeout = TimeSpan.FromSeconds(2);
    private static readonly string Paths = string.Join(", ", EventRoute.All.Select(route => route.Path));

    private readonly EventServerOptions options;
    private readonly EventIntake intake;
    private readonly SubscriptionConfirmations confirmations;
    private readonly ITriggerQueue queue;
    private readonly TicketHooks? hooks;
    private readonly TimeProvider time;
    private readonly ILogger<EventServer> logger;
    private readonly WebApplication app;
    private readonly bool hasConsole;

    /// <param name="console">What the review console needs; null where none is served.</param>
    /// <exception cref="UserErrorException">An option is wrong or unsafe.</exception>
    public EventServer(
        EventServerOptions options,
        EventDoor door,
        ITriggerQueue queue,
        ISigningCertificates certificates,
        ISubscriptionVisitor visitor,
        TimeProvider time,
        ILoggerFactory loggers,
        TicketHooks? hooks = null,
        ConsoleMount? console = null)
    {
        options.Validate();
        (this.options, this.queue, this.time, this.hooks, logger) = (options, queue, time, hooks, loggers.CreateLogger<EventServer>());
        var policy = new SnsSubscriptionPolicy(options.AllowedTopics);
        confirmations = new SubscriptionConfirmations(policy, visitor);
        intake = new EventIntake(
            options, new EventReader(), door, new SnsGate(policy, certificates), confirmations, time, loggers.CreateLogger<EventIntake>());
        app = Build(options.Listen, loggers, console);
        hasConsole = console is not null;
        if (hasConsole)
        {
            app.UseAiopsConsole(HandleAsync);
        }
        else
        {
            app.Run(HandleAsync);
        }
    }

    /// <returns>The address that it listens on, with the port it got.</returns>
    /// <exception cref="UserErrorException">The address can't be had: something else listens on it, or it isn't this machine's.</exception>
    public async Task<Uri> StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException e)
        {
            throw new UserErrorException(
                ExitCodes.Usage, $"Can't listen on {options.Listen}: {e.InnerException?.Message ?? e.Message}", "Stop what listens there, or choose another port.");
        }

        return new Uri(app.Urls.Single());
    }

    /// <summary>Takes no more, lets what is being taken come to its end, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None); // Bounded by HostOptions.ShutdownTimeout.
        await app.DisposeAsync();
        confirmations.Dispose();
    }

    /// <summary>From the empty builder: what else lies in the folder or the environment (appsettings.json, ASPNETCORE_URLS) must not open ports.</summary>
    private static WebApplication Build(IPEndPoint listen, ILoggerFactory loggers, ConsoleMount? console)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        if (console is not null)
        {
            builder.Services.AddAiopsConsole(console.Options, console.Ports);
        }

        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, HostedByCommand>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(listen, endpoint => endpoint.Protocols = HttpProtocols.Http1);
            kestrel.Limits.MaxConcurrentConnections = 512; // Each may hold one body: half a gigabyte at the very worst.
            kestrel.Limits.MaxRequestBodySize = 2 * IncomingEvent.MaxBodyBytes; // A backstop: RequestBody holds the limit itself.
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 10 * 1024, gracePeriod: TimeSpan.FromSeconds(5));
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        });
        return builder.Build();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var cancellationToken = context.RequestAborted;
        try
        {
            await (await AnswerAsync(context, cancellationToken)).WriteAsync(context.Response, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogLeft(); // Nobody is there to be answered; the event is in whole or not at all.
        }
    }

    private async Task<Answer> AnswerAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var request = context.Request;
        var path = request.Path.Value!.Length > 1 ? request.Path.Value.TrimEnd('/') : "/";
        if (EventRoute.All.FirstOrDefault(route => string.Equals(route.Path, path, StringComparison.OrdinalIgnoreCase)) is { } route)
        {
            return HttpMethods.IsPost(request.Method) ? await TakeAsync(route, request, cancellationToken) : NotAllowed("POST");
        }

        if (TicketHooks.SystemIn(path) is { } system)
        {
            return HttpMethods.IsPost(request.Method) ? await TakeHookAsync(system, request, cancellationToken) : NotAllowed("POST");
        }

        var reading = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        return path switch
        {
            "/" when hasConsole && reading && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
                => new Answer(StatusCodes.Status302Found, ("console", "/incidents")) { Header = ("Location", "/incidents") },
            "/" => reading ? Answer.Line($"aiops takes events by POST at {Paths}\n") : NotAllowed("GET"),
            "/healthz" => reading ? await HealthAsync(cancellationToken) : NotAllowed("GET"),
            _ => Answer.Refused(StatusCodes.Status404NotFound, "nothing is at this address", $"POST events to one of {Paths}, a ticket system's webhooks to /tickets/SYSTEM."),
        };
    }

    private Task<Answer> TakeAsync(EventRoute route, HttpRequest request, CancellationToken cancellationToken)
        => TakeAsync(() => intake.TakeAsync(route, request, cancellationToken), route.Path, "the event could not be stored");

    private Task<Answer> TakeHookAsync(string system, HttpRequest request, CancellationToken cancellationToken)
        => hooks is null
            ? Task.FromResult(Answer.Refused(StatusCodes.Status404NotFound, "no ticket system is connected", "Start the server with --tickets FILE."))
            : TakeAsync(() => hooks.TakeAsync(system, request, cancellationToken), "/tickets", "the webhook could not be looked into");

    private async Task<Answer> TakeAsync(Func<Task<Answer>> take, string path, string failed)
    {
        try
        {
            return await take();
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Answer.TooLarge();
        }
        catch (BadHttpRequestException e)
        {
            return Answer.Refused(e.StatusCode, "the request is broken or came too slowly", "Send it whole, with its Content-Length.");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogNotTaken(e, path);
            return Answer.Later(failed);
        }
    }

    private async Task<Answer> HealthAsync(CancellationToken cancellationToken)
    {
        try
        {
            await queue.StatusAsync(cancellationToken).WaitAsync(HealthTimeout, time, cancellationToken);
            return new Answer(StatusCodes.Status200OK, ("status", "ok"));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogUnhealthy(e);
            return Answer.Later("the queue can't be reached");
        }
    }

    private static Answer NotAllowed(string method)
        => Answer.Refused(StatusCodes.Status405MethodNotAllowed, $"only {method} is answered here", $"Use {method}.") with { Header = ("Allow", method) };

    [LoggerMessage(Level = LogLevel.Debug, Message = "A sender left before it was answered")]
    private partial void LogLeft();

    [LoggerMessage(Level = LogLevel.Error, Message = "What came to {Path} could not be taken; its sender was told to send it again")]
    private partial void LogNotTaken(Exception exception, string path);

    [LoggerMessage(Level = LogLevel.Error, Message = "The queue can't be reached")]
    private partial void LogUnhealthy(Exception exception);

    /// <summary>Leaves Ctrl+C and SIGTERM to the command around us.</summary>
    private sealed class HostedByCommand : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
