namespace Aiops.ScriptedModel;

/// <summary>What the server does with a request.</summary>
public abstract record ScriptedReply
{
    private ScriptedReply()
    {
    }

    public static Text Say(string content, int inputTokens = 100, int outputTokens = 50) => new(content, inputTokens, outputTokens);

    public static ToolCalls Call(string name, string arguments, int inputTokens = 100, int outputTokens = 20)
        => new([new ScriptedToolCall(name, arguments)], inputTokens, outputTokens);

    /// <summary>JSON or prose.</summary>
    /// <param name="InputTokens">Null for either leaves the usage out.</param>
    /// <param name="Stop">In the wire's own words; null is its ordinary end of an answer.</param>
    public sealed record Text(string Content, int? InputTokens = 100, int? OutputTokens = 50, string? Stop = null) : ScriptedReply;

    /// <param name="Calls">Arguments that are no JSON go out as they are over OpenAI's wire; Bedrock's has no room for such.</param>
    public sealed record ToolCalls(IReadOnlyList<ScriptedToolCall> Calls, int? InputTokens = 100, int? OutputTokens = 20) : ScriptedReply;

    /// <param name="RetryAfter">The header as it stands: seconds, a date, nonsense; null for none.</param>
    public sealed record Throttle(string? RetryAfter = null) : ScriptedReply;

    public sealed record ServerError(int Status = 500, string? RetryAfter = null) : ScriptedReply;

    /// <summary>Says nothing until the client hangs up or the server stops.</summary>
    public sealed record Hang : ScriptedReply;

    /// <summary>Another reply's body, a few bytes at a time.</summary>
    public sealed record Drip(ScriptedReply Whole, int Bytes, TimeSpan Pause) : ScriptedReply;

    /// <summary>The first bytes of another reply's body.</summary>
    /// <param name="Disconnect">Whether the length promised the whole and the connection breaks; else the part looks complete.</param>
    public sealed record Truncated(ScriptedReply Whole, int Bytes, bool Disconnect = true) : ScriptedReply;

    /// <summary>A body that begins like an answer and ends when the client hangs up.</summary>
    /// <param name="Status">200, or an error's.</param>
    public sealed record Huge(int Status = 200) : ScriptedReply;

    /// <summary>There is no model of that id.</summary>
    public sealed record WrongModel : ScriptedReply;

    /// <summary>Nobody knows who asks.</summary>
    public sealed record NoCredentials : ScriptedReply;

    /// <summary>A well-formed answer without content.</summary>
    public sealed record EmptyAnswer(string? Stop = null) : ScriptedReply;

    /// <summary>An error of the wire by its code (<c>context_length_exceeded</c>, <c>ValidationException</c>).</summary>
    public sealed record Error(int Status, string Code, string Message) : ScriptedReply;

    /// <summary>Any HTTP answer: a proxy's page, a redirect, JSON of another kind.</summary>
    public sealed record Page(int Status, string ContentType, string Body) : ScriptedReply
    {
        public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
    }

    /// <summary>Closes the connection without a word.</summary>
    public sealed record HangUp : ScriptedReply;

    /// <summary>Bytes that aren't HTTP.</summary>
    public sealed record Garbage : ScriptedReply;
}
