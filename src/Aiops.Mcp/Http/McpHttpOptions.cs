using System.Net;

namespace Aiops.Mcp;

/// <summary>Where the tools are served over HTTP, to whom, and how much of it.</summary>
public sealed record McpHttpOptions
{
    public const int DefaultPort = 8811;

    public required IPEndPoint Listen { get; init; }

    /// <summary>Whose token it is; null: no tokens are known here, and any that comes is refused.</summary>
    public Func<string, McpCaller?>? Callers { get; init; }

    /// <summary>Names beside the address itself by which others may reach it (<c>aiops.example.com</c>); loopback goes by its own names.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Pages whose scripts may call it (<c>https://tools.example.com</c>); a browser says whose script it runs.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    public int MostSessions { get; init; } = 64;

    /// <summary>Of these may be without a token: whoever has none can't lock out those who have.</summary>
    public int MostNameless => Math.Max(1, MostSessions / 2);

    /// <summary>A session that nobody used for so long, and that nobody listens to, is ended.</summary>
    public TimeSpan IdleAfter { get; init; } = TimeSpan.FromMinutes(15);

    public bool IsLoopback => IPAddress.IsLoopback(Listen.Address);
}
