using Aiops.Console.Security;
using Aiops.Console.Security.Oidc;

namespace Aiops.Console;

/// <summary>Who may look, and how the console is reached. Without tokens and without an identity provider only this machine may.</summary>
public sealed class ConsoleOptions
{
    /// <summary>Keeps the keys that cookies and forms are sealed with, so that a restart logs nobody out.</summary>
    public required string KeyFolder { get; init; }

    public TokenFile? Tokens { get; init; }

    public OidcOptions? Identity { get; init; }

    /// <summary>What people type, where a proxy with TLS stands before it (<c>https://aiops.example.com</c>); null where nothing does.</summary>
    public Uri? PublicAddress { get; init; }

    /// <summary>Whose account the server runs under: without a login, what is proposed and released is put down to it.</summary>
    public string LocalName { get; init; } = "somebody";

    /// <summary>Whether, without a login, whoever is on this machine may release actions.</summary>
    public bool LocalApprover { get; init; }

    /// <summary>No login: whoever is on this machine may read and review. Only for a server that listens on loopback.</summary>
    public bool IsLocal => Tokens is null && Identity is null;
}
