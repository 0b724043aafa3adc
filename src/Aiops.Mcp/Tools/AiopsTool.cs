using System.Text.Json.Serialization.Metadata;
using Aiops.Mcp.Answers;
using Aiops.Mcp.Asking;
using Aiops.Pipeline;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Aiops.Mcp.Tools;

/// <summary>A tool of ours: its arguments checked, its time bounded, its refusals said in words. Tools read, except where they say otherwise.</summary>
internal abstract class AiopsTool : McpServerTool
{
    private readonly IReadOnlyList<Parameter> parameters;
    private readonly TimeProvider time;

    protected AiopsTool(string name, string title, string description, IReadOnlyList<Parameter> parameters, TimeProvider time, bool reads = true)
    {
        (this.parameters, this.time) = (parameters, time);
        ProtocolTool = new Tool
        {
            Name = name,
            Title = title,
            Description = description,
            InputSchema = Parameter.SchemaOf(parameters),
            Annotations = new ToolAnnotations { Title = title, ReadOnlyHint = reads, DestructiveHint = false, IdempotentHint = reads, OpenWorldHint = false },
        };
    }

    public override Tool ProtocolTool { get; }

    public override IReadOnlyList<object> Metadata => [];

    protected virtual TimeSpan Longest => TimeSpan.FromSeconds(30);

    public override async ValueTask<CallToolResult> InvokeAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        using var limit = new CancellationTokenSource(Longest, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await AnswerAsync(new ToolArguments(parameters, request.Params?.Arguments ?? new Dictionary<string, System.Text.Json.JsonElement>()), both.Token);
        }
        catch (ToolRefusedException e)
        {
            return Answer.Refused(e.Message);
        }
        catch (StoreUnavailableException)
        {
            return Answer.Refused("The store doesn't answer now. Try again in a while.");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Answer.Refused($"It took longer than {Longest.TotalSeconds:0} seconds, and was given up.");
        }
    }

    protected abstract Task<CallToolResult> AnswerAsync(ToolArguments arguments, CancellationToken cancellationToken);

    /// <summary>A stretch of a list that stays what it is: as many entries as were asked for and as fit.</summary>
    /// <param name="stamp">What the list is of: a cursor leads on within the same alone.</param>
    protected static CallToolResult Page<TEntry, TAnswer>(
        IReadOnlyList<TEntry> entries, ToolArguments arguments, string stamp, Func<IReadOnlyList<TEntry>, TAnswer> make, JsonTypeInfo<TAnswer> type, IReadOnlyList<string> outside)
    {
        var from = Math.Min(Cursor.Read(arguments.Text("cursor"), stamp), entries.Count);
        for (var count = Math.Min(arguments.Limit, entries.Count - from); ; count /= 2)
        {
            var end = from + count;
            var answer = Answer.Of(make([.. entries.Skip(from).Take(count)]), type, outside, end < entries.Count ? Cursor.Write(stamp, end) : null);
            if (answer.Size <= Answer.MostBytes || count <= 1)
            {
                return answer.ToResult();
            }
        }
    }
}
