using System.Buffers;

namespace Aiops.Pipeline.Masking;

/// <summary>E-mail addresses of people; hosts, images and packages that are written with an "@" stay.</summary>
internal static class MailAddresses
{
    private const int LongestLocal = 64; // RFC 5321, 4.5.3.1.
    private const int LongestDomain = 255;

    // Names inside a network, and files: what stands there is no mailbox.
    private static readonly string[] NotMailDomains = ["internal", "local", "localdomain", "lan", "svc", "service", "socket", "js", "ts", "json", "yaml", "yml"];

    private static readonly SearchValues<string> Signs = SearchValues.Create(["@", "%40"], StringComparison.Ordinal); // In URLs, escaped.

    // Hosts of clouds: X-Ray and drivers write database@host.
    private static readonly string[] HostDomains = [".amazonaws.com", ".amazonaws.com.cn", ".windows.net", ".googleapis.com"];

    public static string Mask(string text)
    {
        var masked = new MaskedCopy(text);
        for (var at = Next(text, 0); at >= 0; at = Next(text, at + 1))
        {
            var domain = at + (text[at] == '@' ? 1 : 3);
            var start = at;
            while (start > masked.Copied && at - start < LongestLocal && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '.' or '_' or '+' or '-' or '%'))
            {
                start--;
            }

            var end = domain;
            while (end < text.Length && end - at <= LongestDomain && (char.IsLetterOrDigit(text[end]) || text[end] is '.' or '-'))
            {
                end++;
            }

            while (text[end - 1] is '.' or '-')
            {
                end--;
            }

            if (start < at && IsMailDomain(text.AsSpan(domain, Math.Max(0, end - domain))) && !text.AsSpan(start, at - start).SequenceEqual("git"))
            {
                masked.Replace(start, end);
            }
        }

        return masked.Finish();
    }

    private static int Next(string text, int from)
        => text.AsSpan(from).IndexOfAny(Signs) is var next and >= 0 ? from + next : -1;

    private static bool IsMailDomain(ReadOnlySpan<char> domain)
    {
        var dot = domain.LastIndexOf('.');
        if (dot < 1 || domain.Length - dot < 3 || domain[(dot + 1)..].ContainsAnyInRange('0', '9'))
        {
            return false;
        }

        foreach (var host in HostDomains)
        {
            if (domain.EndsWith(host, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        foreach (var name in NotMailDomains)
        {
            if (domain[(dot + 1)..].Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }
}
