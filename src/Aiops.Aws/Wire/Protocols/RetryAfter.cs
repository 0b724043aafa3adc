using System.Net.Http.Headers;

namespace Aiops.Aws.Wire.Protocols;

/// <summary>The header <c>Retry-After</c>: seconds or a date, RFC 9110 section 10.2.3.</summary>
internal static class RetryAfter
{
    /// <summary>Zero where there is none, it can't be read or it is past.</summary>
    public static TimeSpan Of(string? header, DateTimeOffset now)
    {
        if (!RetryConditionHeaderValue.TryParse(header, out var value))
        {
            return TimeSpan.Zero;
        }

        var wait = value.Delta ?? value.Date - now ?? TimeSpan.Zero;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }
}
