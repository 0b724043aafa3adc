using System.CommandLine;
using System.Net;
using Aiops.Cli.Ask;
using Aiops.Console;
using Aiops.Console.Security;
using Aiops.Console.Security.Oidc;
using Aiops.Local.Hosting;

namespace Aiops.Cli.Serve;

/// <summary>The options of <c>aiops serve</c> that are the console's, and what is made of them.</summary>
internal static class ConsoleSettings
{
    private static readonly Option<string?> Tokens = new("--console-tokens") { Description = "A JSON file of who may log in to the console (docs/console.md)." };

    private static readonly Option<string?> Authority = new("--oidc-authority") { Description = "The issuer of an OpenID Connect provider to log in to the console with." };

    private static readonly Option<string?> ClientId = new("--oidc-client-id") { Description = "The console's client id there." };

    private static readonly Option<string> RoleClaim = new("--oidc-role-claim") { Description = "The claim that lists roles or groups.", DefaultValueFactory = _ => "roles" };

    private static readonly Option<string?> Public = new("--public-address") { Description = "The console's address as people type it, where a proxy stands before it." };

    private static readonly Option<bool> LocalApprover = new("--local-approver") { Description = "Without a login, whoever is on this machine may release actions too (docs/actions.md)." };

    public static IReadOnlyList<Option> All { get; } = [Tokens, Authority, ClientId, RoleClaim, Public, LocalApprover, AskOptions.Knowledge, AskOptions.Attach, AskOptions.Zone];

    /// <returns>Null where there is to be no console: others could reach it, and nobody would have to log in.</returns>
    /// <exception cref="UserErrorException">A setting is wrong or unsafe.</exception>
    public static ConsoleOptions? Read(ParseResult parsed, CommandEnvironment environment, EventServerOptions server, string stateFolder)
    {
        var options = new ConsoleOptions
        {
            KeyFolder = Path.Combine(stateFolder, "console-keys"),
            Tokens = parsed.GetValue(Tokens) is { } file ? Open(environment.PathOf(file)) : null,
            Identity = Identity(parsed),
            PublicAddress = parsed.GetValue(Public) is { } address ? Address(address, "--public-address") : null,
            LocalName = Environment.UserName,
            LocalApprover = parsed.GetValue(LocalApprover),
        };
        if (options.Identity is not null && options.PublicAddress is null)
        {
            throw Wrong("The identity provider must know where to send people back to.", "Give the console's address with --public-address.");
        }

        if (!options.IsLocal)
        {
            return options.LocalApprover ? throw Wrong("--local-approver is for a console without a login.", "Give approvers their role in the login instead.") : options;
        }

        if (options.PublicAddress is not null)
        {
            throw Wrong("A console with a public address needs a login.", "Give --console-tokens, or --oidc-authority and --oidc-client-id.");
        }

        // Whoever has others send events here, by a token or a signature, may have put a proxy before it that says nothing of itself.
        return IPAddress.IsLoopback(server.Listen.Address) && server is { Token: null, WebhookSecret: null, AllowedTopics: [] } ? options : null;
    }

    public static ConsolePorts PortsOf(LocalHost host, IConsoleQuestions questions, TimeProvider time) => new()
    {
        Incidents = host.Incidents,
        Documents = host.Documents,
        Reports = host.Reports,
        Queue = host.Queue,
        Reviews = host.Reviews,
        Actions = host.Actions,
        Knowledge = new LocalKnowledge(host),
        Questions = questions,
        Time = time,
    };

    private static OidcOptions? Identity(ParseResult parsed) => (parsed.GetValue(Authority), parsed.GetValue(ClientId)) switch
    {
        (null, null) => null,
        ({ } authority, { Length: > 0 } client) => new OidcOptions
        {
            Authority = Address(authority, "--oidc-authority"),
            ClientId = client,
            ClientSecret = Environment.GetEnvironmentVariable("AIOPS_OIDC_CLIENT_SECRET"),
            RoleClaim = parsed.GetValue(RoleClaim)!,
        },
        _ => throw Wrong("--oidc-authority and --oidc-client-id belong together.", "Give both, or neither."),
    };

    private static TokenFile Open(string path)
    {
        try
        {
            return TokenFile.Open(path);
        }
        catch (TokenFileException e)
        {
            throw Wrong(e.Message, "docs/console.md shows one.");
        }
    }

    private static Uri Address(string text, string option)
        => Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            ? address
            : throw Wrong($"{option} is no https address.", "Write it in full, as in https://aiops.example.com; plain http is for this machine alone.");

    private static UserErrorException Wrong(string message, string remedy) => new(ExitCodes.Usage, message, remedy);
}
