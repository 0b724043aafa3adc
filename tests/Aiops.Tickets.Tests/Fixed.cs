using Aiops.Tickets.Http;

namespace Aiops.Tickets.Tests;

/// <summary>A secret that a test knows.</summary>
internal sealed class Fixed(string secret) : ISecret
{
    public ValueTask<string> ReadAsync(CancellationToken cancellationToken) => ValueTask.FromResult(secret);
}
