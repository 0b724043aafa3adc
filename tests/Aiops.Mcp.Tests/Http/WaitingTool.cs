using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Aiops.Mcp.Tests.Http;

/// <summary>A tool that answers when the test says so.</summary>
/// <param name="deaf">Whether it goes on where it was called off.</param>
internal sealed class WaitingTool(bool deaf = false) : McpServerTool, IAsyncDisposable
{
    private readonly SemaphoreSlim entered = new(0);
    private readonly TaskCompletionSource finish = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override Tool ProtocolTool { get; } = new() { Name = "wait" };

    public override IReadOnlyList<object> Metadata => [];

    public static string Call(int id) => $$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"tools/call","params":{"name":"wait"}}""";

    public async Task EnteredAsync() => (await entered.WaitAsync(TimeSpan.FromMinutes(1))).ShouldBeTrue("nobody called");

    public void Finish() => finish.TrySetResult();

    public override async ValueTask<CallToolResult> InvokeAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        entered.Release();
        await finish.Task.WaitAsync(deaf ? CancellationToken.None : cancellationToken);
        return new CallToolResult { Content = [new TextContentBlock { Text = "finished" }] };
    }

    public ValueTask DisposeAsync()
    {
        Finish();
        entered.Dispose();
        return ValueTask.CompletedTask;
    }
}
