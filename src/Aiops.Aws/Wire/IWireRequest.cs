namespace Aiops.Aws.Wire;

/// <summary>One operation's request, which knows how it travels and what answers it.</summary>
public interface IWireRequest<TResponse>
    where TResponse : class
{
    WireOperation<TResponse> Operation { get; }
}
