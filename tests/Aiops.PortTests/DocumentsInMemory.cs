using Aiops.Pipeline;

namespace Aiops.PortTests;

/// <summary>Documents in memory.</summary>
public sealed class DocumentsInMemory : IDocumentStore
{
    private readonly SortedDictionary<string, byte[]> documents = new(StringComparer.Ordinal);

    public Task PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        documents[key] = content.ToArray();
        return Task.CompletedTask;
    }

    public Task<byte[]?> GetAsync(string key, CancellationToken cancellationToken) => Task.FromResult(documents.GetValueOrDefault(key));

    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<string>>([.. documents.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal))]);
}
