using System.Runtime.InteropServices;
using Amazon.Lambda.RuntimeSupport.Bootstrap;

namespace Amazon.Lambda.RuntimeSupport;

public delegate Task<InvocationResponse> LambdaBootstrapHandler(InvocationRequest invocation);

/// <summary>False where the process should end without handling anything.</summary>
public delegate Task<bool> LambdaBootstrapInitializer();

/// <summary>The life of a function's process: initialize, then handle one event after the other until Lambda ends it.</summary>
public class LambdaBootstrap : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromHours(12); // Lambda freezes the process while it waits for an event.

    private readonly LambdaBootstrapHandler handler;
    private readonly LambdaBootstrapInitializer initializer;
    private readonly HttpClient httpClient;
    private readonly bool ownsHttpClient;
    private readonly RuntimeApiClient client;

    public LambdaBootstrap(HttpClient httpClient, LambdaBootstrapHandler handler, LambdaBootstrapInitializer initializer = null)
        : this(httpClient, handler, null, initializer, ownsHttpClient: false)
    {
    }

    public LambdaBootstrap(LambdaBootstrapHandler handler, LambdaBootstrapInitializer initializer = null)
        : this(ConstructHttpClient(), handler, null, initializer, ownsHttpClient: true)
    {
    }

    public LambdaBootstrap(HandlerWrapper handlerWrapper, LambdaBootstrapInitializer initializer = null)
        : this(ConstructHttpClient(), handlerWrapper.Handler, null, initializer, ownsHttpClient: true)
    {
    }

    public LambdaBootstrap(HttpClient httpClient, HandlerWrapper handlerWrapper, LambdaBootstrapInitializer initializer = null)
        : this(httpClient, handlerWrapper.Handler, null, initializer, ownsHttpClient: false)
    {
    }

    internal LambdaBootstrap(
        HttpClient httpClient, LambdaBootstrapHandler handler, LambdaBootstrapOptions options, LambdaBootstrapInitializer initializer, bool ownsHttpClient)
    {
        this.httpClient = httpClient ?? throw new ArgumentNullException(nameof(httpClient));
        this.handler = handler ?? throw new ArgumentNullException(nameof(handler));
        this.initializer = initializer;
        this.ownsHttpClient = ownsHttpClient;
        httpClient.Timeout = Patience;
        client = options?.RuntimeApiEndpoint is { } endpoint ? new RuntimeApiClient(httpClient, endpoint) : new RuntimeApiClient(httpClient);
    }

    /// <summary>
    /// Handles events until cancelled. An exception of the handler is reported and the next event handled; one of the
    /// initializer is reported and thrown, and one of the Runtime API (a response past its limit) is thrown: the process ends.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        var runOnce = string.Equals(
            Environment.GetEnvironmentVariable("AWS_LAMBDA_DOTNET_DEBUG_RUN_ONCE"), "true", StringComparison.OrdinalIgnoreCase);
        var running = initializer == null || await InitializeAsync();
        while (running && !cancellationToken.IsCancellationRequested)
        {
            try
            {
                await InvokeOnceAsync(cancellationToken);
                running = !runOnce;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    public static HttpClient ConstructHttpClient()
    {
        var runtime = Path.GetFileName(RuntimeEnvironment.GetRuntimeDirectory().TrimEnd(Path.DirectorySeparatorChar));
        var http = new HttpClient(new SocketsHttpHandler());
        http.DefaultRequestHeaders.Add("User-Agent", $"aws-lambda-dotnet/{runtime}-{typeof(LambdaBootstrap).Assembly.GetName().Version}");
        return http;
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing && ownsHttpClient)
            httpClient.Dispose();
    }

    private async Task<bool> InitializeAsync()
    {
        try
        {
            return await initializer();
        }
        catch (Exception exception)
        {
            Console.Error.WriteLine(exception);
            await client.ReportInitializationErrorAsync(exception);
            throw;
        }
    }

    private async Task InvokeOnceAsync(CancellationToken cancellationToken)
    {
        using var invocation = await client.GetNextInvocationAsync(cancellationToken);
        var requestId = invocation.LambdaContext.AwsRequestId;
        InvocationResponse response;
        try
        {
            response = await handler(invocation);
        }
        catch (Exception exception)
        {
            Console.Error.WriteLine(exception);
            await client.ReportInvocationErrorAsync(requestId, exception, CancellationToken.None);
            return;
        }

        try
        {
            await client.SendResponseAsync(requestId, response?.OutputStream, CancellationToken.None);
        }
        finally
        {
            if (response is { DisposeOutputStream: true })
                await response.OutputStream.DisposeAsync();
        }
    }
}
