using System.Text.RegularExpressions;

namespace Aiops.Cdk.Tests.Synthesis;

/// <summary>
/// What a role may do, as pairs <c>ACTION @ RESOURCE</c>. A resource of the template is its id without the hash, one elsewhere
/// its ARN without account and Region; a key that may be used by way of one service alone has that service behind it
/// (<c>EncryptionKeysData-via-s3</c>), and a model that may be asked by one inference profile alone has that (<c>…-by-eu.…</c>).
/// </summary>
internal static partial class Rights
{
    public static IReadOnlyList<string> Of(Template template, string handler)
    {
        var role = template.Function(handler).Property("Role")!["Fn::GetAtt"]![0]!.ToString();
        return [.. template.StatementsOf(role).SelectMany(Of).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>From texts as <c>ACTION ACTION @ RESOURCE RESOURCE</c>, several of them divided by semicolons.</summary>
    public static IEnumerable<string> Written(string text)
        => from part in text.Split("; ")
           let halves = part.Split(" @ ")
           from action in halves[0].Split(' ')
           from resource in halves[1].Split(' ')
           select $"{action} @ {resource}";

    private static IEnumerable<string> Of(Statement statement)
    {
        statement.Effect.ShouldBe("Allow");
        var via = Template.Render(statement.Json["Condition"]?["StringEquals"]?["kms:ViaService"]);
        var by = Template.Render(statement.Json["Condition"]?["StringEquals"]?["bedrock:InferenceProfileArn"]);
        var only = $"{(via.Length == 0 ? "" : $"-via-{via.Split('.')[0]}")}{(by.Length == 0 ? "" : $"-by-{by.Split('/')[^1]}")}";
        return from action in statement.Actions
               from resource in statement.Resources
               select $"{action} @ {Plain(resource)}{only}";
    }

    private static string Plain(string resource)
        => Place().Replace(OwnLogs().Replace(Id().Replace(resource, "$1"), "own-logs"), "");

    [GeneratedRegex(@"\$\{([A-Za-z]+?\d?)[0-9A-F]{8}(?:\.\w+)?\}")]
    private static partial Regex Id();

    [GeneratedRegex("^[A-Za-z]+FunctionLogs$")]
    private static partial Regex OwnLogs();

    [GeneratedRegex("^arn:aws:[a-z0-9-]+:eu-west-1:111122223333:")]
    private static partial Regex Place();
}
