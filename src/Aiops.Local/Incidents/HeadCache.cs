using System.Collections.Concurrent;
using Aiops.Pipeline.Intake.Scopes;

namespace Aiops.Local.Incidents;

/// <summary>The head last seen of each scope, so that a consumer that commits alone reads none of it again.</summary>
internal sealed class HeadCache
{
    private readonly ConcurrentDictionary<string, (long Version, ScopeHead Head)> heads = new(StringComparer.Ordinal);

    /// <summary>The head of that very version, or null.</summary>
    public ScopeHead? Find(string scope, long version)
        => heads.TryGetValue(scope, out var seen) && seen.Version == version ? seen.Head : null;

    public void Put(string scope, long version, ScopeHead head)
        => heads.AddOrUpdate(scope, (version, head), (_, seen) => seen.Version > version ? seen : (version, head));
}
