using System.Security.Claims;
using Aiops.Console.Reading;
using Aiops.Console.Routes;
using Aiops.Console.Security;
using Aiops.Console.Security.Oidc;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Aiops.Console;

/// <summary>Puts the console into a server that has other work too: its services, then its part of the pipeline.</summary>
public static class ConsoleHosting
{
    private static readonly TimeSpan Session = TimeSpan.FromHours(8); // A shift.

    public static IServiceCollection AddAiopsConsole(this IServiceCollection services, ConsoleOptions options, ConsolePorts ports)
    {
        services.AddSingleton(options).AddSingleton(ports).AddSingleton(new IncidentDigests(ports.Documents, ports.Time)).AddSingleton<QuestionTurns>();
        services.TryAddSingleton(ports.Time);
        if (options.Identity is { } identity)
        {
            services.AddSingleton(_ => new OidcClient(identity, ports.Time));
        }

        services.AddRouting();
        services.AddRazorComponents();
        services.AddDataProtection().SetApplicationName("aiops").PersistKeysToFileSystem(KeyFolder(options.KeyFolder));
        services.AddAntiforgery(forms =>
        {
            forms.FormFieldName = "form-token";
            forms.Cookie = Strict("aiops-form");
            forms.SuppressXFrameOptionsHeader = true; // RequestGuard sends a stricter one.
        });
        services.AddAuthentication(ConsoleSchemes.Any)
            .AddPolicyScheme(ConsoleSchemes.Any, null, scheme => scheme.ForwardDefaultSelector = context => ConsoleSchemes.For(context, options))
            .AddScheme<AuthenticationSchemeOptions, LocalHandler>(ConsoleSchemes.Local, null)
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(ConsoleSchemes.Bearer, null)
            .AddCookie(ConsoleSchemes.Cookie, cookie =>
            {
                cookie.Cookie = Strict("aiops-session");
                (cookie.LoginPath, cookie.AccessDeniedPath, cookie.ReturnUrlParameter) = ("/login", "/forbidden", "to");
                (cookie.ExpireTimeSpan, cookie.SlidingExpiration) = (Session, false);
                cookie.Events.OnValidatePrincipal = context => StillHoldsAsync(context, options);
            });
        services.AddAuthorizationBuilder()
            .AddPolicy(ConsoleRoles.Reader, policy => policy.RequireAssertion(context => ConsoleRoles.MayRead(context.User)))
            .AddPolicy(ConsoleRoles.Reviewer, policy => policy.RequireRole(ConsoleRoles.Reviewer))
            .AddPolicy(ConsoleRoles.Proposer, policy => policy.RequireAssertion(context => ConsoleRoles.MayPropose(context.User)))
            .AddPolicy(ConsoleRoles.Approver, policy => policy.RequireRole(ConsoleRoles.Approver))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build()); // A route that names no role is nobody's.
        return services;
    }

    /// <param name="others">Answers what is no page's: it never meets our guard, nor our login.</param>
    public static void UseAiopsConsole(this WebApplication app, RequestDelegate others)
    {
        var guard = new RequestGuard(app.Services.GetRequiredService<ConsoleOptions>());
        var fault = new FaultPage(app.Services.GetRequiredService<ILogger<FaultPage>>());
        app.UseRouting();
        app.Use((context, next) => context.GetEndpoint() is null ? others(context) : guard.InvokeAsync(context, next));
        app.UseAuthentication();
        app.UseAuthorization();
        app.Use(fault.InvokeAsync);
#pragma warning disable ASP0014 // Pages end the pipeline here; nothing is mapped on the application itself.
        app.UseEndpoints(ConsoleRoutes.Map);
#pragma warning restore ASP0014
    }

    // The file is asked at each request: a token taken out of it ends its sessions, and roles are those of now.
    private static Task StillHoldsAsync(CookieValidatePrincipalContext context, ConsoleOptions options)
    {
        if (context.Principal?.FindFirstValue(ConsoleSchemes.TokenClaim) is not { } id)
        {
            return options.Identity is null ? Reject() : Task.CompletedTask;
        }

        if (options.Tokens?.FindById(id) is not { } holder)
        {
            return Reject();
        }

        context.ReplacePrincipal(SignInRoutes.Principal(holder));
        return Task.CompletedTask;

        Task Reject()
        {
            context.RejectPrincipal();
            return context.HttpContext.SignOutAsync(ConsoleSchemes.Cookie);
        }
    }

    private static CookieBuilder Strict(string name) => new()
    {
        Name = name,
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        SecurePolicy = CookieSecurePolicy.SameAsRequest,
        Path = "/",
        IsEssential = true,
    };

    private static DirectoryInfo KeyFolder(string folder)
        => OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder)
            : Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

}
