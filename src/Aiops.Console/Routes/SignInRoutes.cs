using System.Security.Claims;
using System.Security.Cryptography;
using Aiops.Console.Pages;
using Aiops.Console.Security;
using Aiops.Console.Security.Oidc;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aiops.Console.Routes;

/// <summary>In and out: by a token, or by way of the identity provider.</summary>
internal static partial class SignInRoutes
{
    private const string StateCookie = "aiops-signin";
    private static readonly TimeSpan StateLifetime = TimeSpan.FromMinutes(10);

    public static Task FormAsync(HttpContext context) => FormAsync(context, LocalPath.Of(context.Request.Query["to"]), null);

    public static async Task LogInAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var to = LocalPath.Of(form["to"]);
        if (Options(context).Tokens?.Find(form["token"].ToString().Trim()) is not { } holder)
        {
            LogRefused(Log(context), "token", context.Connection.RemoteIpAddress?.ToString() ?? "", "it is nobody's");
            await FormAsync(context, to, "That token is nobody's. Ask whoever runs this console for one.");
            return;
        }

        await context.SignInAsync(ConsoleSchemes.Cookie, Principal(holder));
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = to;
    }

    public static async Task StartAsync(HttpContext context)
    {
        if (context.RequestServices.GetService<OidcClient>() is not { } identity)
        {
            await PageWriter.NotFoundAsync(context, "No identity provider is connected.");
            return;
        }

        try
        {
            var (address, state) = await identity.BeginAsync(LocalPath.Of(context.Request.Query["to"]), Redirect(context), context.RequestAborted);
            context.Response.Cookies.Append(StateCookie, Sealer(context).Protect(state.ToText(), StateLifetime), StateCookieOptions(context));
            context.Response.Redirect(address);
        }
        catch (Exception e) when (e is HttpRequestException or InvalidOperationException or IOException)
        {
            LogUnreachable(Log(context), e);
            await PageWriter.NoticeAsync(context, StatusCodes.Status503ServiceUnavailable, "No login now", "The identity provider can't be reached. Try again in a minute.");
        }
    }

    public static async Task AnswerAsync(HttpContext context)
    {
        var verdict = await JudgeAsync(context);
        context.Response.Cookies.Delete(StateCookie, StateCookieOptions(context)); // Whatever came of it: it is used once.
        if (verdict is not TokenVerdict.Genuine genuine)
        {
            LogRefused(Log(context), "identity", context.Connection.RemoteIpAddress?.ToString() ?? "", ((TokenVerdict.Refused)verdict).Reason);
            await PageWriter.NoticeAsync(context, StatusCodes.Status403Forbidden, "Not logged in", "The login could not be completed. Begin again from the start page.");
            return;
        }

        await context.SignInAsync(ConsoleSchemes.Cookie, new ClaimsPrincipal(new ClaimsIdentity(genuine.User.Claims, ConsoleSchemes.Cookie)));

        // A page, not a redirect: the strict cookie isn't sent along a way that began at the provider's.
        await PageWriter.RenderAsync<NoticePage>(context, new()
        {
            ["Title"] = "Logged in",
            ["Text"] = "One moment.",
            ["Refresh"] = Sealed(context) is { } state ? state.ReturnTo : ConsoleAssets.Start,
        });
    }

    public static async Task LogOutAsync(HttpContext context)
    {
        await context.SignOutAsync(ConsoleSchemes.Cookie);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = "/login";
    }

    public static Task ForbiddenAsync(HttpContext context)
        => PageWriter.NoticeAsync(context, StatusCodes.Status403Forbidden, "Not for your role", "Your account may not do that. Whoever runs this console gives out roles.");

    internal static ClaimsPrincipal Principal(TokenHolder holder)
        => ConsoleRoles.Principal(ConsoleSchemes.Cookie, $"token:{holder.Name}", holder.Name, holder.Roles, new Claim(ConsoleSchemes.TokenClaim, holder.Id));

    private static async Task<TokenVerdict> JudgeAsync(HttpContext context)
    {
        if (context.RequestServices.GetService<OidcClient>() is not { } identity)
        {
            return new TokenVerdict.Refused("no identity provider is connected");
        }

        try
        {
            return Sealed(context) is { } state
                ? await identity.CompleteAsync(state, context.Request.Query, Redirect(context), context.RequestAborted)
                : new TokenVerdict.Refused("this browser asked for no login, or too long ago");
        }
        catch (Exception e) when (e is HttpRequestException or InvalidOperationException or IOException)
        {
            return new TokenVerdict.Refused($"the provider can't be reached: {e.GetType().Name}");
        }
    }

    private static SignInState? Sealed(HttpContext context)
    {
        try
        {
            return context.Request.Cookies[StateCookie] is { } text ? SignInState.Read(Sealer(context).Unprotect(text)) : null;
        }
        catch (CryptographicException)
        {
            return null; // Too old, or not ours.
        }
    }

    private static Task FormAsync(HttpContext context, string to, string? problem)
    {
        var options = Options(context);
        if (options.IsLocal)
        {
            context.Response.Redirect(ConsoleAssets.Start);
            return Task.CompletedTask;
        }

        var form = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);
        context.Response.Headers.CacheControl = "no-store";
        return PageWriter.RenderAsync<LoginPage>(
            context,
            new()
            {
                ["To"] = to,
                ["FormField"] = form.FormFieldName,
                ["FormToken"] = form.RequestToken,
                ["WithTokens"] = options.Tokens is not null,
                ["WithIdentityProvider"] = options.Identity is not null,
                ["Problem"] = problem,
            },
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status403Forbidden);
    }

    private static string Redirect(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}/login/answer";

    // Lax, unlike the session's: it must come along when the provider sends the browser back.
    private static CookieOptions StateCookieOptions(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        Path = "/login",
        MaxAge = StateLifetime,
        IsEssential = true,
    };

    private static ITimeLimitedDataProtector Sealer(HttpContext context)
        => context.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector("aiops", "sign-in").ToTimeLimitedDataProtector();

    private static ConsoleOptions Options(HttpContext context) => context.RequestServices.GetRequiredService<ConsoleOptions>();

    private static ILogger Log(HttpContext context) => context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Aiops.Console.SignIn");

    [LoggerMessage(LogLevel.Warning, "Refused a login by {Way} from {Remote}: {Reason}")]
    private static partial void LogRefused(ILogger logger, string way, string remote, string reason);

    [LoggerMessage(LogLevel.Warning, "The identity provider can't be reached")]
    private static partial void LogUnreachable(ILogger logger, Exception exception);
}
