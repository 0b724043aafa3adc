namespace Aiops.Pipeline.Intake.Formats;

/// <summary>
/// <c>arn:aws:cloudwatch:eu-west-1:111122223333:alarm:EC2 CPU: high</c>. At most seven parts, for the name may hold spaces
/// and colons.
/// </summary>
internal sealed record Arn(
    string Text, string Partition, string Service, string? Region, string? Account, string Kind, string? Name)
{
    public static Arn? Parse(string? text)
    {
        var parts = text?.Split(':', 7);
        return parts is ["arn", var partition, { Length: > 0 } service, var region, var account, { Length: > 0 } kind, ..]
            ? new Arn(text!, partition, service, Said(region), Said(account), kind, parts.Length == 7 ? Said(parts[6]) : null)
            : null;
    }

    public static string PartitionOf(string region)
        => region.StartsWith("cn-", StringComparison.Ordinal) ? "aws-cn"
            : region.StartsWith("us-gov-", StringComparison.Ordinal) ? "aws-us-gov"
            : "aws";

    private static string? Said(string part) => part.Length == 0 ? null : part;
}
