using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Aiops.Console.Security;

namespace Aiops.Console.Tests;

/// <summary>A token file with one holder a role.</summary>
internal static class Tokens
{
    public const string Reader = "rV3-reader-token-0123456789abcdef";
    public const string Reviewer = "rV3-reviewer-token-0123456789abcde";
    public const string Approver = "rV3-approver-token-0123456789abcde";

    public static void Write(string path, params (string Name, string Token, string[] Roles)[] holders)
        => File.WriteAllText(path, new JsonArray([.. holders.Select(holder => new JsonObject
        {
            ["name"] = holder.Name,
            ["roles"] = new JsonArray([.. holder.Roles.Select(role => (JsonNode)role)]),
            ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(holder.Token))),
        })]).ToJsonString());

    public static TokenFile OneOfEach(string path)
    {
        Write(path, ("Rea", Reader, ["reader"]), ("Rev", Reviewer, ["reviewer"]), ("App", Approver, ["approver"]));
        return TokenFile.Open(path);
    }
}
