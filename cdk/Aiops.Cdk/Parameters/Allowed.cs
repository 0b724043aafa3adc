using System.Text.RegularExpressions;

namespace Aiops.Cdk.Parameters;

/// <summary>What may stand in a text parameter, where AWS says so or where a name must leave room for what is put behind
/// it.</summary>
internal static partial class Allowed
{
    private const int Milliseconds = 1000;

    [GeneratedRegex("^[a-z][a-z0-9]{0,11}$", RegexOptions.ExplicitCapture, Milliseconds)]
    public static partial Regex EnvironmentName { get; }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,10}[a-z0-9]$", RegexOptions.ExplicitCapture, Milliseconds)]
    public static partial Regex Prefix { get; }

    [GeneratedRegex("^[0-9]{12}$", RegexOptions.ExplicitCapture, Milliseconds)]
    public static partial Regex Account { get; }

    [GeneratedRegex("^[a-z]{2}(-[a-z]+)+-[0-9]$", RegexOptions.ExplicitCapture, Milliseconds)]
    public static partial Regex Region { get; }

    [GeneratedRegex(@"^[a-zA-Z0-9_./#-]{1,511}[a-zA-Z0-9_./#*-]?$", RegexOptions.ExplicitCapture, Milliseconds)]
    public static partial Regex LogGroup { get; }

    [GeneratedRegex("^[^,]{1,255}$", RegexOptions.ExplicitCapture, Milliseconds)]
    public static partial Regex Name { get; }

    [GeneratedRegex("^[a-zA-Z0-9_.-]{1,128}$", RegexOptions.ExplicitCapture, Milliseconds)]
    public static partial Regex AlarmPrefix { get; }

    [GeneratedRegex(@"^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}$", RegexOptions.ExplicitCapture, Milliseconds)]
    public static partial Regex Topic { get; }

    [GeneratedRegex(@"^(arn:[a-z-]+:iam::[0-9]{12}:policy/)?[A-Za-z0-9+=,.@_/-]{1,128}$", RegexOptions.ExplicitCapture,
        Milliseconds)]
    public static partial Regex Policy { get; }

    [GeneratedRegex(@"^arn:[a-z-]+:iam::[0-9]{12}:policy/[A-Za-z0-9+=,.@_/-]{1,128}$", RegexOptions.ExplicitCapture,
        Milliseconds)]
    public static partial Regex CustomerPolicyArn { get; }

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\.[^@\s]+$", RegexOptions.ExplicitCapture, Milliseconds)]
    public static partial Regex Email { get; }

    [GeneratedRegex(@"^https://[^\s?#]+$", RegexOptions.ExplicitCapture, Milliseconds)]
    public static partial Regex Issuer { get; }

    [GeneratedRegex("^[a-z0-9.:-]{3,120}$", RegexOptions.ExplicitCapture, Milliseconds)]
    public static partial Regex Model { get; }

    // What stands before the provider's name in the ids of profiles that AWS defines; no provider is called so.
    private const string Geographies = @"(us|us-gov|eu|apac|global|au|jp|ca|uk|sa|me|mx|af|il|in|kr)\.";

    [GeneratedRegex($"^(?!{Geographies})[a-z0-9-]{{2,40}}\\.[a-z0-9.:-]{{2,100}}$", RegexOptions.ExplicitCapture, Milliseconds)]
    public static partial Regex RegionsModel { get; }

    [GeneratedRegex($"^{Geographies}[a-z0-9-]{{2,40}}\\.[a-z0-9.:-]{{2,100}}$", RegexOptions.ExplicitCapture, Milliseconds)]
    public static partial Regex InferenceProfile { get; }

    [GeneratedRegex("^(?=.{2,63}$)(/[A-Za-z0-9_.-]+){1,15}$", RegexOptions.ExplicitCapture, Milliseconds)]
    public static partial Regex ParameterName { get; }

    [GeneratedRegex("^arn:[a-z-]+:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]{1,512}-[A-Za-z0-9]{6}$",
        RegexOptions.ExplicitCapture, Milliseconds)]
    public static partial Regex Secret { get; }

    [GeneratedRegex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]{1,64}$", RegexOptions.ExplicitCapture, Milliseconds)]
    public static partial Regex KmsKey { get; }

    [GeneratedRegex("^[A-Za-z0-9_.-]{3,128}$", RegexOptions.ExplicitCapture, Milliseconds)]
    public static partial Regex Document { get; }

    [GeneratedRegex("^o-[a-z0-9]{10,32}$", RegexOptions.ExplicitCapture, Milliseconds)]
    public static partial Regex Organisation { get; }

    [GeneratedRegex("^(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32})$", RegexOptions.ExplicitCapture, Milliseconds)]
    public static partial Regex Unit { get; }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{2,40}$", RegexOptions.ExplicitCapture, Milliseconds)]
    public static partial Regex Bucket { get; }

    [GeneratedRegex("^[A-Za-z0-9._/-]{1,512}$", RegexOptions.ExplicitCapture, Milliseconds)]
    public static partial Regex Key { get; }

    [GeneratedRegex(".", RegexOptions.ExplicitCapture, Milliseconds)]
    public static partial Regex Path { get; }

    /// <summary>The retentions of CloudWatch Logs, in days, from a week up: less doesn't survive a long week-end.</summary>
    public static IReadOnlyCollection<int> LogRetentions { get; } = [
        7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];
}
