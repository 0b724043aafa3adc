using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Aws.Wire;

/// <summary>What a failed call is to a stage that gathers: the names that the workflow knows.</summary>
internal static class SourceCalls
{
    /// <exception cref="SourceUnavailableException">Throttled, failed or silent: the workflow asks again later.</exception>
    /// <exception cref="SourceDeniedException">The role lacks the right; the message names service and operation.</exception>
    /// <exception cref="SourceMissingException">What was asked about doesn't exist.</exception>
    /// <exception cref="WireException">The question itself was refused: what to do about that, the adapter decides.</exception>
    public static async Task<TResponse> AskAsync<TResponse>(
        this WireClient client, IWireRequest<TResponse> request, CancellationToken cancellationToken)
        where TResponse : class
    {
        try
        {
            return await client.SendAsync(request, cancellationToken);
        }
        catch (WireException error) when (error.Failure != WireFailure.Invalid)
        {
            throw error.Failure switch
            {
                WireFailure.Denied => new SourceDeniedException(error.Message),
                WireFailure.Missing => new SourceMissingException(error.Message),
                _ => new SourceUnavailableException(error.Message, error),
            };
        }
    }
}
