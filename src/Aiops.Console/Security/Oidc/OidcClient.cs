using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Aiops.Console.Security.Oidc;

/// <summary>
/// The authorization code flow with PKCE, as [OIDC] and [RFC7636] have it: state ties the answer to the browser, nonce the
/// token to the request, the verifier the code to whoever asked for it.
/// </summary>
/// <remarks>
/// [OIDC] OpenID Connect Core 1.0, sections 3.1.2 and 3.1.3. [RFC7636] Proof Key for Code Exchange. [RFC9207] Authorization
/// Server Issuer Identification: an answer that names an issuer must name ours.
/// </remarks>
internal sealed class OidcClient : IDisposable
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    // Signatures by a key that only the provider holds: never "none", and no HMAC, whose key would be the client's secret.
    private static readonly string[] Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    private static readonly string[] NameClaims = ["preferred_username", "name", "email"];

    private readonly OidcOptions options;
    private readonly TimeProvider time;
    private readonly HttpClient http;
    private readonly ConfigurationManager<OpenIdConnectConfiguration> configuration;
    private readonly JsonWebTokenHandler tokens = new() { MapInboundClaims = false };

    public OidcClient(OidcOptions options, TimeProvider time)
    {
        (this.options, this.time) = (options, time);
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = 1 << 20 };
        configuration = new ConfigurationManager<OpenIdConnectConfiguration>(
            $"{options.Authority.AbsoluteUri.TrimEnd('/')}/.well-known/openid-configuration",
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(http) { RequireHttps = !options.Authority.IsLoopback });
    }

    /// <summary>Where the browser is sent, and what must be remembered until it comes back.</summary>
    public async Task<(string Address, SignInState State)> BeginAsync(string returnTo, string redirect, CancellationToken cancellationToken)
    {
        var provider = await configuration.GetConfigurationAsync(cancellationToken);
        var state = new SignInState(Drawn(), Drawn(), Drawn(), returnTo);
        var address = QueryHelpers.AddQueryString(provider.AuthorizationEndpoint, new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = options.ClientId,
            ["redirect_uri"] = redirect,
            ["scope"] = "openid profile",
            ["state"] = state.State,
            ["nonce"] = state.Nonce,
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(state.Verifier))),
            ["code_challenge_method"] = "S256",
        });
        return (address, state);
    }

    /// <summary>What the browser brought back: a person, or the reason why not.</summary>
    /// <exception cref="HttpRequestException">The provider can't be reached.</exception>
    public async Task<TokenVerdict> CompleteAsync(SignInState state, IQueryCollection answer, string redirect, CancellationToken cancellationToken)
    {
        var provider = await configuration.GetConfigurationAsync(cancellationToken);
        if (!Same(answer["state"], state.State))
        {
            return new TokenVerdict.Refused("the state is another one");
        }

        if (answer["iss"] is [{ } issuer] && issuer != provider.Issuer)
        {
            return new TokenVerdict.Refused("the answer is another issuer's");
        }

        if (answer["error"] is [{ } error])
        {
            return new TokenVerdict.Refused($"the provider refused: {Shown.Line(error, 100)}");
        }

        if (answer["code"] is not [{ Length: > 0 } code])
        {
            return new TokenVerdict.Refused("there is no code");
        }

        return await RedeemAsync(provider, code, state.Verifier, redirect, cancellationToken) is { } token
            ? await ValidateAsync(token, state.Nonce, cancellationToken)
            : new TokenVerdict.Refused("the provider gave no token for the code");
    }

    /// <param name="nonce">What the token must hold; null for a token that wasn't asked for here.</param>
    public async Task<TokenVerdict> ValidateAsync(string token, string? nonce, CancellationToken cancellationToken)
    {
        var provider = await configuration.GetConfigurationAsync(cancellationToken);
        var result = await tokens.ValidateTokenAsync(token, Rules(provider));
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            configuration.RequestRefresh(); // The provider may have changed its keys; it is asked at most every few minutes.
            result = await tokens.ValidateTokenAsync(token, Rules(await configuration.GetConfigurationAsync(cancellationToken)));
        }

        if (!result.IsValid || result.SecurityToken is not JsonWebToken read)
        {
            return new TokenVerdict.Refused(result.Exception?.GetType().Name ?? "not valid");
        }

        if (nonce is not null && !Same(read.TryGetClaim("nonce", out var said) ? said.Value : null, nonce))
        {
            return new TokenVerdict.Refused("the nonce is another one");
        }

        if (read.Audiences.Skip(1).Any() && read.Azp != options.ClientId)
        {
            return new TokenVerdict.Refused("the token was made for another client");
        }

        return read.Subject is { Length: > 0 } subject ? new TokenVerdict.Genuine(PersonOf(read, subject)) : new TokenVerdict.Refused("the token names nobody");
    }

    public void Dispose() => http.Dispose();

    private async Task<string?> RedeemAsync(
        OpenIdConnectConfiguration provider, string code, string verifier, string redirect, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, provider.TokenEndpoint)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "authorization_code",
                ["code"] = code,
                ["redirect_uri"] = redirect,
                ["client_id"] = options.ClientId,
                ["code_verifier"] = verifier,
            }),
        };
        if (options.ClientSecret is { } secret)
        {
            var pair = $"{Uri.EscapeDataString(options.ClientId)}:{Uri.EscapeDataString(secret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }

        using var response = await http.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            return null;
        }

        try
        {
            using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
            return answer.RootElement.ValueKind == JsonValueKind.Object && answer.RootElement.TryGetProperty("id_token", out var token) ? token.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private TokenValidationParameters Rules(OpenIdConnectConfiguration provider) => new()
    {
        ValidIssuer = provider.Issuer,
        ValidAudience = options.ClientId,
        IssuerSigningKeys = provider.SigningKeys,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ValidAlgorithms = Algorithms,
        LifetimeValidator = (from, until, _, _) =>
            until is { } end && end > (time.GetUtcNow() - Skew).UtcDateTime && (from is not { } start || start <= (time.GetUtcNow() + Skew).UtcDateTime),
    };

    private ClaimsPrincipal PersonOf(JsonWebToken token, string subject)
    {
        var name = NameClaims.Select(claim => token.TryGetClaim(claim, out var found) ? found.Value : null)
            .FirstOrDefault(value => !string.IsNullOrWhiteSpace(value)) ?? subject;
        var roles = ConsoleRoles.All.Where(role => token.Claims.Any(claim => claim.Type == options.RoleClaim && claim.Value == $"aiops-{role}"));
        return ConsoleRoles.Principal("oidc", $"{token.Issuer}#{subject}", name, roles);
    }

    private static string Drawn() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private static bool Same(string? one, string other)
        => one is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}

/// <summary>What is remembered, sealed, in the browser between leaving for the provider and coming back.</summary>
internal sealed record SignInState(string State, string Nonce, string Verifier, string ReturnTo)
{
    public string ToText() => string.Join('\n', State, Nonce, Verifier, ReturnTo);

    public static SignInState? Read(string text) => text.Split('\n') is [var state, var nonce, var verifier, var to] ? new(state, nonce, verifier, to) : null;
}
