using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Aiops.Console.Tests;

/// <summary>An OpenID Connect provider on this machine that hands out whatever tokens a test wants, good or bad.</summary>
internal sealed class IdentityProvider : IAsyncDisposable
{
    public const string Client = "aiops-console";

    private readonly WebApplication app;
    private readonly RSA key = RSA.Create(2048);

    private IdentityProvider()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        builder.Services.AddRouting();
        app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", context => context.Response.WriteAsync(new JsonObject
        {
            ["issuer"] = Issuer,
            ["authorization_endpoint"] = $"{Issuer}/authorize",
            ["token_endpoint"] = $"{Issuer}/token",
            ["jwks_uri"] = $"{Issuer}/keys",
        }.ToJsonString()));
        app.MapGet("/keys", context => context.Response.WriteAsync(new JsonObject { ["keys"] = new JsonArray(PublicKey()) }.ToJsonString()));
        app.MapPost("/token", RedeemAsync);
    }

    public string Issuer => app.Urls.Single();

    /// <summary>What the next code buys, from the nonce that was asked for.</summary>
    public Func<string, string> Issue { get; set; } = _ => "";

    /// <summary>By the last address that the browser was sent to.</summary>
    public string Challenge { get; set; } = "";

    public string Nonce { get; set; } = "";

    /// <summary>Whether the code was redeemed with the verifier that fits the challenge.</summary>
    public bool Proven { get; private set; }

    public static async Task<IdentityProvider> StartAsync()
    {
        var provider = new IdentityProvider();
        await provider.app.StartAsync();
        return provider;
    }

    public SigningCredentials Signing => new(new RsaSecurityKey(key) { KeyId = "k1" }, SecurityAlgorithms.RsaSha256);

    public string Token(DateTimeOffset now, string nonce, Action<SecurityTokenDescriptor>? change = null)
    {
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Client,
            NotBefore = now.UtcDateTime,
            IssuedAt = now.UtcDateTime,
            Expires = now.AddMinutes(5).UtcDateTime,
            SigningCredentials = Signing,
            Claims = new Dictionary<string, object>
            {
                ["sub"] = "u-17",
                ["nonce"] = nonce,
                ["preferred_username"] = "ines",
                ["roles"] = new[] { "aiops-reviewer", "somebody-elses" },
            },
        };
        change?.Invoke(descriptor);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Dispose();
    }

    private async Task RedeemAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        Proven = challenge == Challenge && form["grant_type"] == "authorization_code" && form["client_id"] == Client;
        if (!Proven)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        await context.Response.WriteAsync(new JsonObject { ["token_type"] = "Bearer", ["access_token"] = "opaque", ["id_token"] = Issue(Nonce) }.ToJsonString());
    }

    private JsonNode PublicKey()
    {
        var shown = key.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = "k1",
            ["n"] = Base64Url.EncodeToString(shown.Modulus),
            ["e"] = Base64Url.EncodeToString(shown.Exponent),
        };
    }
}
