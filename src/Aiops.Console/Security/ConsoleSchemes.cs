using System.Security.Claims;
using System.Text.Encodings.Web;
using Aiops.Console.Security.Oidc;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aiops.Console.Security;

/// <summary>The ways in which a request says whose it is.</summary>
internal static class ConsoleSchemes
{
    /// <summary>Chooses among the others, by the options and the request.</summary>
    public const string Any = "console";

    public const string Local = "local";

    public const string Bearer = "bearer";

    public const string Cookie = "cookie";

    /// <summary>The claim of a cookie that says by which token it was got.</summary>
    public const string TokenClaim = "aiops:token";

    public static string For(HttpContext context, ConsoleOptions options)
        => options.IsLocal ? Local : context.Request.Headers.Authorization.Count > 0 ? Bearer : Cookie;
}

/// <summary>Whoever sits at this machine, without a name: <see cref="RequestGuard"/> has seen to it that nobody else comes so far.</summary>
internal sealed class LocalHandler(ConsoleOptions console, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    // Not an approver unless whoever started the server says so: what runs because somebody released it should bear a name that was proven.
    private static readonly ClaimsPrincipal Somebody = ConsoleRoles.Principal(ConsoleSchemes.Local, "local", null, [ConsoleRoles.Reader, ConsoleRoles.Reviewer]);
    private static readonly ClaimsPrincipal Approver = ConsoleRoles.Principal(ConsoleSchemes.Local, "local", null, ConsoleRoles.All);

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        => Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(console.LocalApprover ? Approver : Somebody, Scheme.Name)));
}

/// <summary><c>Authorization: Bearer</c> with a token of the file, or with the identity provider's.</summary>
internal sealed class BearerHandler(
    ConsoleOptions console, IServiceProvider services, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    private const string Prefix = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization is not [{ } said] || !said.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.Fail("no bearer token");
        }

        var token = said[Prefix.Length..].Trim();
        if (console.Tokens?.Find(token) is { } holder)
        {
            return Success(ConsoleRoles.Principal(Scheme.Name, $"token:{holder.Name}", holder.Name, holder.Roles));
        }

        return (OidcClient?)services.GetService(typeof(OidcClient)) is { } identity
            && await identity.ValidateAsync(token, nonce: null, Context.RequestAborted) is TokenVerdict.Genuine genuine
            ? Success(genuine.User)
            : AuthenticateResult.Fail("the token is nobody's");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    private AuthenticateResult Success(ClaimsPrincipal user) => AuthenticateResult.Success(new AuthenticationTicket(user, Scheme.Name));
}
