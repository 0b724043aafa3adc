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

    /// <summary>Of these may be of one token, or without any: nobody takes every place alone.</summary>
    public int MostOfOne => Math.Max(1, MostSessions / 2);

    /// <summary>So long after a client's last sign of life its session ends.</summary>
    public TimeSpan IdleAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A session in which the client wanted something so lately isn't let go for another.</summary>
    public TimeSpan SparedFor { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often whoever listens is asked for a sign of life.</summary>
    public TimeSpan PingEvery { get; init; } = TimeSpan.FromSeconds(30);

    public bool IsLoopback => IPAddress.IsLoopback(Listen.Address);
}
