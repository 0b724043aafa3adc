using System.Security.Claims;

namespace Aiops.Console.Security.Oidc;

/// <summary>What became of a token.</summary>
internal abstract record TokenVerdict
{
    private TokenVerdict()
    {
    }

    public sealed record Genuine(ClaimsPrincipal User) : TokenVerdict;

    /// <param name="Reason">For the log: a stranger is told nothing of it.</param>
    public sealed record Refused(string Reason) : TokenVerdict;
}
