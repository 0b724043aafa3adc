using Aiops.Ask.DuckDb;
using Aiops.PortTests.Running;

namespace Aiops.Ask.Tests;

/// <summary>Needs DuckDB's library (<c>npm ci --prefix src/Aiops.Ask/npm</c>).</summary>
public sealed class NeedsDuckDbAttribute : NeedsAttribute
{
    public override string? ReasonToSkip => DuckDbLibrary.IsThere || RequireAll ? null : "needs DuckDB: npm ci --prefix src/Aiops.Ask/npm";
}
