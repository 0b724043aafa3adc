using System.Net.Http.Headers;

namespace Aiops.Pipeline.Reason.Models;

/// <summary>The header <c>Retry-After</c>: seconds or a date, RFC 9110 section 10.2.3.</summary>
public static class RetryAfterHeader
{
    /// <summary>Zero where the date is past; null where there is no header, or none that can be read.</summary>
    public static TimeSpan? Wait(string? header, DateTimeOffset now)
    {
        if (!RetryConditionHeaderValue.TryParse(header, out var value))
        {
            return null;
        }

        var wait = value.Delta ?? value.Date - now;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
