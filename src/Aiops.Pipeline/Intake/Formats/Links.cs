namespace Aiops.Pipeline.Intake.Formats;

/// <summary>Links for people, taken from an event: absolute, and to the web only.</summary>
internal static class Links
{
    public static IReadOnlyList<Link> Of(params ReadOnlySpan<(string Title, string? Url)> candidates)
    {
        var links = new List<Link>();
        foreach (var (title, url) in candidates)
        {
            if (url is { Length: <= TriggerLimits.Link } && Uri.TryCreate(url.Trim(), UriKind.Absolute, out var address)
                && address.Scheme is "https" or "http" && !links.Exists(link => link.Url == address.AbsoluteUri))
            {
                links.Add(new Link(title, address.AbsoluteUri));
            }
        }

        return links;
    }

    /// <summary>Annotations and tags in which teams keep their runbooks and dashboards.</summary>
    public static (string Title, string? Url) Runbook(IReadOnlyDictionary<string, string> tags)
        => ("Runbook", tags.Find("runbook_url") ?? tags.Find("runbook"));

    public static string? CloudWatchAlarm(string? region, string alarm)
    {
        if (region is null)
        {
            return null;
        }

        var domain = Arn.PartitionOf(region) switch
        {
            "aws-cn" => "console.amazonaws.cn",
            "aws-us-gov" => "console.amazonaws-us-gov.com",
            _ => $"{region}.console.aws.amazon.com",
        };
        return $"https://{domain}/cloudwatch/home?region={region}#alarmsV2:alarm/{Uri.EscapeDataString(alarm)}";
    }
}
