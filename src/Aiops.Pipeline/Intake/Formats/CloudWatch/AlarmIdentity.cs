namespace Aiops.Pipeline.Intake.Formats.CloudWatch;

/// <summary>Which alarm: by its ARN, for names repeat over accounts and Regions.</summary>
internal sealed record AlarmIdentity(string Name, string Subject, string? Account, string? Region)
{
    /// <summary>
    /// Null when neither a name nor an alarm's ARN is said. An ARN that is not said is put together where that is possible.
    /// </summary>
    public static AlarmIdentity? From(string? name, string? arn, string? account, string? region)
    {
        var parsed = Arn.Parse(arn) is { Kind: "alarm", Name: not null } alarm ? alarm : null;
        if ((name ?? parsed?.Name) is not { } known)
        {
            return null;
        }

        account = parsed?.Account ?? account;
        region = parsed?.Region ?? region;
        var subject = parsed?.Text
            ?? (account is not null && region is not null
                ? $"arn:{Arn.PartitionOf(region)}:cloudwatch:{region}:{account}:alarm:{known}"
                : $"alarm:{known}");
        return new AlarmIdentity(known, subject, account, region);
    }

    public (string Title, string? Url) Console => ("CloudWatch alarm", Links.CloudWatchAlarm(Region, Name));
}
