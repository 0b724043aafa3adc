using System.Security.Claims;

namespace Aiops.Console.Security;

/// <summary>What somebody may do; also the names of the policies that routes ask for.</summary>
public static class ConsoleRoles
{
    /// <summary>Look at everything.</summary>
    public const string Reader = "reader";

    /// <summary>Look, and judge analyses.</summary>
    public const string Reviewer = "reviewer";

    /// <summary>Look, and release actions.</summary>
    public const string Approver = "approver";

    /// <summary>The policy of those who see and propose actions: reviewers and approvers.</summary>
    public const string Proposer = "proposer";

    public static IReadOnlyList<string> All { get; } = [Reader, Reviewer, Approver];

    /// <summary>Whoever has any role may read.</summary>
    public static bool MayRead(ClaimsPrincipal user) => All.Any(user.IsInRole);

    public static bool MayPropose(ClaimsPrincipal user) => user.IsInRole(Reviewer) || user.IsInRole(Approver);

    internal static ClaimsPrincipal Principal(string scheme, string id, string? name, IEnumerable<string> roles, params IEnumerable<Claim> others)
    {
        List<Claim> claims = [new(ClaimTypes.NameIdentifier, id), .. roles.Distinct().Select(role => new Claim(ClaimTypes.Role, role)), .. others];
        if (name is not null)
        {
            claims.Add(new Claim(ClaimTypes.Name, name));
        }

        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme));
    }
}
