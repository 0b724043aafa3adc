using System.Text.Json;

namespace Aiops.Aws.Changes;

/// <summary>Who called, in few words: a user, a role with the name of its session, a service.</summary>
internal static class TrailActor
{
    public static string Of(JsonElement record)
    {
        var identity = record.Part("userIdentity") ?? default;
        var who = identity.Said("type") switch
        {
            "Root" => "root",
            "IAMUser" => identity.Said("userName"),
            "AssumedRole" or "FederatedUser" => Session(identity),
            "IdentityCenterUser" or "WebIdentityUser" or "SAMLUser" => identity.Said("userName"),
            _ => "",
        };
        var by = identity.Said("invokedBy");
        return (who, by) switch
        {
            ("", "") => identity.Said("principalId"),
            ("", _) => by,
            (_, "") => who,
            _ => $"{who} by {by}",
        };
    }

    // arn:aws:sts::123456789012:assumed-role/Deployer/alice → Deployer/alice
    private static string Session(JsonElement identity)
    {
        var arn = identity.Said("arn");
        var slash = arn.IndexOf('/');
        return slash >= 0 ? arn[(slash + 1)..] : identity.Part("sessionContext")?.Part("sessionIssuer")?.Said("userName") ?? "";
    }
}
