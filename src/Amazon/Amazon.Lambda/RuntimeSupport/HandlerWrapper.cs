using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// A handler of any of the shapes that Lambda for .NET knows (nothing, the event as a stream or deserialized, the context; with
/// an answer or without, now or as a task) as the one delegate that the bootstrap calls.
/// </summary>
public class HandlerWrapper : IDisposable
{
    private HandlerWrapper(LambdaBootstrapHandler handler) => Handler = handler;

    public LambdaBootstrapHandler Handler { get; }

    public static HandlerWrapper GetHandlerWrapper(Action<Stream, ILambdaContext, MemoryStream> invokeDelegate) => new(e =>
    {
        var output = new MemoryStream();
        invokeDelegate(e.InputStream, e.LambdaContext, output);
        output.Position = 0;
        return Task.FromResult(new InvocationResponse(output));
    });

    public static HandlerWrapper GetHandlerWrapper(Func<Task> handler) =>
        new(e => After(handler()));

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, Task> handler) =>
        new(e => After(handler(e.InputStream)));

    public static HandlerWrapper GetHandlerWrapper<TInput>(Func<TInput, Task> handler, ILambdaSerializer serializer) =>
        new(e => After(handler(serializer.Deserialize<TInput>(e.InputStream))));

    public static HandlerWrapper GetHandlerWrapper(Func<ILambdaContext, Task> handler) =>
        new(e => After(handler(e.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, ILambdaContext, Task> handler) =>
        new(e => After(handler(e.InputStream, e.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper<TInput>(Func<TInput, ILambdaContext, Task> handler, ILambdaSerializer serializer) =>
        new(e => After(handler(serializer.Deserialize<TInput>(e.InputStream), e.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper(Func<Task<Stream>> handler) =>
        new(e => Streamed(handler()));

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, Task<Stream>> handler) =>
        new(e => Streamed(handler(e.InputStream)));

    public static HandlerWrapper GetHandlerWrapper<TInput>(Func<TInput, Task<Stream>> handler, ILambdaSerializer serializer) =>
        new(e => Streamed(handler(serializer.Deserialize<TInput>(e.InputStream))));

    public static HandlerWrapper GetHandlerWrapper(Func<ILambdaContext, Task<Stream>> handler) =>
        new(e => Streamed(handler(e.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, ILambdaContext, Task<Stream>> handler) =>
        new(e => Streamed(handler(e.InputStream, e.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper<TInput>(Func<TInput, ILambdaContext, Task<Stream>> handler, ILambdaSerializer serializer) =>
        new(e => Streamed(handler(serializer.Deserialize<TInput>(e.InputStream), e.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper<TOutput>(Func<Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(e => WrittenAsync(handler(), serializer));

    public static HandlerWrapper GetHandlerWrapper<TOutput>(Func<Stream, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(e => WrittenAsync(handler(e.InputStream), serializer));

    public static HandlerWrapper GetHandlerWrapper<TInput, TOutput>(Func<TInput, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(e => WrittenAsync(handler(serializer.Deserialize<TInput>(e.InputStream)), serializer));

    public static HandlerWrapper GetHandlerWrapper<TOutput>(Func<ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(e => WrittenAsync(handler(e.LambdaContext), serializer));

    public static HandlerWrapper GetHandlerWrapper<TOutput>(Func<Stream, ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(e => WrittenAsync(handler(e.InputStream, e.LambdaContext), serializer));

    public static HandlerWrapper GetHandlerWrapper<TInput, TOutput>(Func<TInput, ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(e => WrittenAsync(handler(serializer.Deserialize<TInput>(e.InputStream), e.LambdaContext), serializer));

    public static HandlerWrapper GetHandlerWrapper(Action handler) =>
        new(e => Done(() => handler()));

    public static HandlerWrapper GetHandlerWrapper(Action<Stream> handler) =>
        new(e => Done(() => handler(e.InputStream)));

    public static HandlerWrapper GetHandlerWrapper<TInput>(Action<TInput> handler, ILambdaSerializer serializer) =>
        new(e => Done(() => handler(serializer.Deserialize<TInput>(e.InputStream))));

    public static HandlerWrapper GetHandlerWrapper(Action<ILambdaContext> handler) =>
        new(e => Done(() => handler(e.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper(Action<Stream, ILambdaContext> handler) =>
        new(e => Done(() => handler(e.InputStream, e.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper<TInput>(Action<TInput, ILambdaContext> handler, ILambdaSerializer serializer) =>
        new(e => Done(() => handler(serializer.Deserialize<TInput>(e.InputStream), e.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper(Func<Stream> handler) =>
        new(e => Task.FromResult(new InvocationResponse(handler())));

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, Stream> handler) =>
        new(e => Task.FromResult(new InvocationResponse(handler(e.InputStream))));

    public static HandlerWrapper GetHandlerWrapper<TInput>(Func<TInput, Stream> handler, ILambdaSerializer serializer) =>
        new(e => Task.FromResult(new InvocationResponse(handler(serializer.Deserialize<TInput>(e.InputStream)))));

    public static HandlerWrapper GetHandlerWrapper(Func<ILambdaContext, Stream> handler) =>
        new(e => Task.FromResult(new InvocationResponse(handler(e.LambdaContext))));

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, ILambdaContext, Stream> handler) =>
        new(e => Task.FromResult(new InvocationResponse(handler(e.InputStream, e.LambdaContext))));

    public static HandlerWrapper GetHandlerWrapper<TInput>(Func<TInput, ILambdaContext, Stream> handler, ILambdaSerializer serializer) =>
        new(e => Task.FromResult(new InvocationResponse(handler(serializer.Deserialize<TInput>(e.InputStream), e.LambdaContext))));

    public static HandlerWrapper GetHandlerWrapper<TOutput>(Func<TOutput> handler, ILambdaSerializer serializer) =>
        new(e => Task.FromResult(Written(handler(), serializer)));

    public static HandlerWrapper GetHandlerWrapper<TOutput>(Func<Stream, TOutput> handler, ILambdaSerializer serializer) =>
        new(e => Task.FromResult(Written(handler(e.InputStream), serializer)));

    public static HandlerWrapper GetHandlerWrapper<TInput, TOutput>(Func<TInput, TOutput> handler, ILambdaSerializer serializer) =>
        new(e => Task.FromResult(Written(handler(serializer.Deserialize<TInput>(e.InputStream)), serializer)));

    public static HandlerWrapper GetHandlerWrapper<TOutput>(Func<ILambdaContext, TOutput> handler, ILambdaSerializer serializer) =>
        new(e => Task.FromResult(Written(handler(e.LambdaContext), serializer)));

    public static HandlerWrapper GetHandlerWrapper<TOutput>(Func<Stream, ILambdaContext, TOutput> handler, ILambdaSerializer serializer) =>
        new(e => Task.FromResult(Written(handler(e.InputStream, e.LambdaContext), serializer)));

    public static HandlerWrapper GetHandlerWrapper<TInput, TOutput>(Func<TInput, ILambdaContext, TOutput> handler, ILambdaSerializer serializer) =>
        new(e => Task.FromResult(Written(handler(serializer.Deserialize<TInput>(e.InputStream), e.LambdaContext), serializer)));

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    private static async Task<InvocationResponse> After(Task task)
    {
        await task;
        return Empty();
    }

    private static Task<InvocationResponse> Done(Action action)
    {
        action();
        return Task.FromResult(Empty());
    }

    private static InvocationResponse Empty() => new(new MemoryStream(0), false);

    private static async Task<InvocationResponse> Streamed(Task<Stream> output) => new(await output);

    private static async Task<InvocationResponse> WrittenAsync<TOutput>(Task<TOutput> output, ILambdaSerializer serializer) =>
        Written(await output, serializer);

    private static InvocationResponse Written<TOutput>(TOutput output, ILambdaSerializer serializer)
    {
        var stream = new MemoryStream();
        serializer.Serialize(output, stream);
        stream.Position = 0;
        return new InvocationResponse(stream);
    }
}
