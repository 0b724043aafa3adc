namespace Aiops.Pipeline.Reason.Models;

/// <summary>
/// Reads a model's answer whole before anybody else does, and no more of it than is allowed: neither an endless body nor a
/// slow one gets past the size and the time of the request.
/// </summary>
public sealed class BoundedAnswers(int mostBytes) : DelegatingHandler
{
    /// <summary>1 MiB: hundreds of thousands of tokens, which no call here asks for.</summary>
    public const int MostBytes = 1 << 20;

    // Enough of an error to tell its code.
    private const int MostOfError = 16 << 10;

    /// <exception cref="BrokenAnswerException">The body is larger, or ends before its end.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            if (response.IsSuccessStatusCode)
            {
                await response.Content.LoadIntoBufferAsync(mostBytes, cancellationToken);
            }
            else
            {
                await KeepBeginningAsync(response, cancellationToken);
            }

            return response;
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            response.Dispose();
            throw new BrokenAnswerException($"is larger than {mostBytes} bytes", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            response.Dispose();
            throw new BrokenAnswerException("was cut off", e);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    // An error is an error, however long it goes on about it.
    private static async Task KeepBeginningAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var buffer = new byte[MostOfError];
        var read = 0;
        await using (var body = await response.Content.ReadAsStreamAsync(cancellationToken))
        {
            read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        }

        ByteArrayContent beginning = new(buffer, 0, read);
        beginning.Headers.ContentType = response.Content.Headers.ContentType;
        response.Content = beginning;
    }
}

/// <summary>An answer that began and can't be read to its end; it may have been charged for.</summary>
/// <param name="reason">Goes on from "The answer".</param>
public sealed class BrokenAnswerException(string reason, Exception inner) : IOException($"The answer {reason}.", inner)
{
    public string Reason => reason;
}
