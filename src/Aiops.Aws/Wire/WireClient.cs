using System.Collections.Concurrent;
using Aiops.Aws.Wire.Pipeline;
using Amazon.Runtime;

namespace Aiops.Aws.Wire;

/// <summary>
/// Calls AWS's services on AWSSDK.Core's own pipeline: its credentials, SigV4, retry rules and endpoints from the environment;
/// operations and their records are ours. One client serves all services and all threads.
/// </summary>
public sealed class WireClient(WireOptions options) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<WirePipeline>> pipelines = new(StringComparer.Ordinal);

    internal WireOptions Options => options;

    /// <summary>Sends one request, again where that may help, within <see cref="WireOptions.CallTimeout"/>.</summary>
    /// <exception cref="WireException">The last attempt's failure.</exception>
    public async Task<TResponse> SendAsync<TResponse>(IWireRequest<TResponse> request, CancellationToken cancellationToken)
        where TResponse : class
    {
        var (service, operation) = (request.Operation.Service, request.Operation.Name);
        var patience = options.CallTimeout + service.Thinks;
        using CancellationTokenSource late = new(patience, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await PipelineOf(service).SendAsync(request, options.Time.GetUtcNow() + patience, either.Token);
        }
        catch (AmazonServiceException error)
        {
            throw WireErrors.From(error, service, operation, options.Time.GetUtcNow());
        }
        catch (AmazonClientException error) // No credentials, no Region: nobody to be.
        {
            throw new WireException(WireFailure.Denied, "", $"{service.Id} {operation}: {error.Message}", error);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested
            && error is OperationCanceledException or HttpRequestException or IOException or TimeoutException)
        {
            var reason = late.IsCancellationRequested ? $"no answer within {patience.TotalSeconds:0.#} s" : error.Message;
            throw new WireException(WireFailure.Unavailable, "", $"{service.Id} {operation}: {reason}", error);
        }
    }

    /// <summary>Where a service's calls go.</summary>
    public Uri EndpointOf(WireService service) => PipelineOf(service).Endpoint;

    public void Dispose()
    {
        foreach (var pipeline in pipelines.Values.Where(p => p.IsValueCreated))
        {
            pipeline.Value.Dispose();
        }
    }

    private WirePipeline PipelineOf(WireService service)
        => pipelines.GetOrAdd(service.Id, _ => new(() => WirePipeline.For(service, options))).Value;
}
