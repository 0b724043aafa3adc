namespace Aiops.Console.Security.Oidc;

/// <summary>An OpenID Connect provider. A class, not a record: it holds a secret and must not print itself.</summary>
public sealed class OidcOptions
{
    /// <summary>The issuer; its discovery document lies under <c>/.well-known/openid-configuration</c>.</summary>
    public required Uri Authority { get; init; }

    /// <summary>Also the audience that tokens must be for.</summary>
    public required string ClientId { get; init; }

    /// <summary>Null for a public client, which PKCE alone protects.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>The claim that lists roles or groups; those named <c>aiops-reader</c>, <c>aiops-reviewer</c> and <c>aiops-approver</c> count.</summary>
    public string RoleClaim { get; init; } = "roles";
}
