namespace Aiops.Tickets.ServiceNow;

/// <summary>An incident's description: our comment first, then what the alarm said and what people wrote, which stays.</summary>
internal static class ServiceNowDescription
{
    /// <summary>"Field types" in ServiceNow's documentation: as long as the field is shipped.</summary>
    public const int MaxLength = 4_000;

    private const string Begins = "[Aiops]\n";
    private const string Marker = "aiops:comment:";

    public static string Normal(string description) => description.ReplaceLineEndings("\n");

    /// <summary>The description with our comment in the place of an earlier one, and what of it finds no room any more: its end.</summary>
    public static (string Text, string LeftOut) With(string description, string comment)
    {
        var whole = $"{Begins}{comment.TrimEnd()}\n\n{Without(description)}".TrimEnd();
        if (whole.Length <= MaxLength)
        {
            return (whole, "");
        }

        var kept = new Markdown.Run(whole).Cut(MaxLength - 1).Text;
        return (kept + "…", whole[kept.Length..]);
    }

    private static string Without(string description)
    {
        description = Normal(description);
        var start = description.IndexOf(Begins, StringComparison.Ordinal);
        var marker = start < 0 ? -1 : description.IndexOf(Marker, start, StringComparison.Ordinal);
        if (marker < 0)
        {
            return description;
        }

        var end = description.IndexOf('\n', marker);
        return (description[..start] + (end < 0 ? "" : description[end..])).Trim('\n');
    }
}
