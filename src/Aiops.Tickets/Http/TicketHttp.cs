using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Masking;

namespace Aiops.Tickets.Http;

/// <summary>
/// Asks one system over HTTP: who we are, what an error means, and how long to wait when it says so. Each request is sent
/// once, or again only when it was turned away unread (429, 503 with Retry-After), so that nothing is created twice from here.
/// </summary>
/// <param name="system">The system's name, for messages.</param>
/// <param name="client">Its <see cref="HttpClient.BaseAddress"/> is the system's; no credentials among its default headers.</param>
/// <param name="authorize">Puts the credentials on; read for each request, for tokens are renewed. Never logged.</param>
public sealed class TicketHttp(string system, HttpClient client, Func<HttpRequestMessage, CancellationToken, ValueTask> authorize, TimeProvider time)
{
    /// <summary>The longest wait that is sat out here; a longer one is left to the workflow, which waits for nothing.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <summary>How long one request may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    /// <summary>How often a request that was turned away for the rate is sent in all.</summary>
    public const int MaxAttempts = 3;

    private const int LongestMessage = 500;
    private const int ShortestSecret = 6; // What is shorter would take words out of messages.

    /// <summary>Where the system is.</summary>
    public Uri Address => client.BaseAddress!;

    /// <param name="request">Makes the request anew for each attempt.</param>
    /// <param name="accept">Statuses besides 2xx that the caller deals with itself (404 where nothing being there is an answer).</param>
    /// <returns>The answer, whole; the caller disposes of it.</returns>
    /// <exception cref="TicketSystemUnavailableException">It may work later: no connection, no answer in time, 5xx, a conflict (409), the rate limit.</exception>
    /// <exception cref="TicketGoneException">404 or 410, or moved elsewhere: what the request is about isn't there.</exception>
    /// <exception cref="TicketSystemRefusedException">Nobody but a person can mend it: credentials, rights, a request not understood.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        Func<HttpRequestMessage> request, IReadOnlyList<HttpStatusCode> accept, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var response = await SendOnceAsync(request(), cancellationToken);
            if (response.IsSuccessStatusCode || accept.Contains(response.StatusCode))
            {
                return response;
            }

            using (response)
            {
                var wait = WaitAsked(response);
                if (wait is null || wait > LongestWait || attempt == MaxAttempts)
                {
                    throw await FailureAsync(response, wait, cancellationToken);
                }

                await Task.Delay(wait.Value, time, cancellationToken);
            }
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            using var timeout = new CancellationTokenSource(Timeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            try
            {
                await authorize(request, either.Token);
                return await client.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TicketSystemUnavailableException($"{system} gave no answer to {Told(request)} in {Timeout.TotalSeconds:0} s.");
            }
            catch (HttpRequestException e)
            {
                throw new TicketSystemUnavailableException($"{system} can't be reached for {Told(request)}: {e.Message}", e);
            }
        }
    }

    /// <summary>Null where the answer is no matter of the rate. GitHub's secondary limit is a 403 with Retry-After.</summary>
    private TimeSpan? WaitAsked(HttpResponseMessage response)
    {
        var asked = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => AtLeastNothing(asked ?? ResetOf(response) ?? TimeSpan.FromSeconds(1)),
            HttpStatusCode.Forbidden when asked is null && Remaining(response) == "0" => AtLeastNothing(ResetOf(response) ?? TimeSpan.FromMinutes(1)),
            HttpStatusCode.ServiceUnavailable or HttpStatusCode.Forbidden when asked is not null => AtLeastNothing(asked.Value),
            _ => null,
        };
    }

    // GitHub and ServiceNow say when the window ends, in seconds since 1970.
    private TimeSpan? ResetOf(HttpResponseMessage response)
        => response.Headers.TryGetValues("X-RateLimit-Reset", out var values)
            && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds is > 0 and < 253402300800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds) - time.GetUtcNow()
            : null;

    private static string? Remaining(HttpResponseMessage response)
        => response.Headers.TryGetValues("X-RateLimit-Remaining", out var values) ? values.First() : null;

    private static TimeSpan AtLeastNothing(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait;

    private async Task<Exception> FailureAsync(HttpResponseMessage response, TimeSpan? wait, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var asked = Told(response.RequestMessage);
        if (wait is { } later)
        {
            return new TicketSystemUnavailableException($"{system} takes no more requests for {later.TotalSeconds:0} s ({status} to {asked}).");
        }

        var answer = WithoutCredentials(await response.Content.ReadAsStringAsync(cancellationToken), response.RequestMessage);
        var said = MarkdownText.Line(SecretMask.Mask(answer), LongestMessage);
        return status switch
        {
            301 or 404 or 410 => new TicketGoneException($"{system} has nothing at {asked} ({status}): {said}"),
            >= 500 or 408 or 409 => new TicketSystemUnavailableException($"{system} failed with {status} at {asked}: {said}"),
            403 when answer.Contains("rate limit", StringComparison.OrdinalIgnoreCase) => new TicketSystemUnavailableException($"{system} takes no more requests for now ({asked}): {said}"),
            401 => new TicketSystemRefusedException($"{system} doesn't take our credentials ({asked}): {said}", "Renew the token; docs/tickets.md says where it is read from."),
            403 => new TicketSystemRefusedException($"{system} doesn't allow {asked}: {said}", "Give the account the rights that docs/tickets.md lists."),
            _ => new TicketSystemRefusedException($"{system} refused {asked} with {status}: {said}", "Compare the settings with docs/tickets.md."),
        };
    }

    /// <summary>Method and path; the query may hold what nobody should read in a log.</summary>
    private static string Told(HttpRequestMessage? request) => request?.RequestUri is { } uri
        ? $"{request.Method} {(uri.IsAbsoluteUri ? uri.AbsolutePath : uri.OriginalString.Split('?')[0])}"
        : "a request";

    /// <summary>A server may say back what it was sent. Basic credentials go too as they were before they were encoded.</summary>
    private static string WithoutCredentials(string text, HttpRequestMessage? request)
    {
        foreach (var value in request?.Headers.Where(header => header.Key is not ("Accept" or "User-Agent")).SelectMany(header => header.Value) ?? [])
        {
            foreach (var secret in Secrets(value).Where(secret => secret.Length >= ShortestSecret))
            {
                text = text.Replace(secret, SecretMask.Mark, StringComparison.Ordinal);
            }
        }

        return text;
    }

    private static IEnumerable<string> Secrets(string header)
    {
        yield return header;
        if (header.Split(' ', 2) is not [var scheme, var credentials])
        {
            yield break;
        }

        yield return credentials;
        var bytes = new byte[credentials.Length];
        if (scheme == "Basic" && Convert.TryFromBase64String(credentials, bytes, out var length))
        {
            yield return Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2)[^1];
        }
    }

    /// <summary><c>Authorization: Basic</c> of an account and its token.</summary>
    public static Func<HttpRequestMessage, CancellationToken, ValueTask> Basic(string account, ISecret secret) => async (request, token)
        => request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account}:{await secret.ReadAsync(token)}")));

    /// <summary><c>Authorization: Bearer</c>, or another scheme, from a secret read anew for each request.</summary>
    public static Func<HttpRequestMessage, CancellationToken, ValueTask> Authorization(string scheme, ISecret secret) => async (request, token)
        => request.Headers.Authorization = new AuthenticationHeaderValue(scheme, await secret.ReadAsync(token));

    /// <summary>A header of the system's own (<c>X-Redmine-API-Key</c>).</summary>
    public static Func<HttpRequestMessage, CancellationToken, ValueTask> Header(string name, ISecret secret) => async (request, token)
        => request.Headers.TryAddWithoutValidation(name, await secret.ReadAsync(token));
}
