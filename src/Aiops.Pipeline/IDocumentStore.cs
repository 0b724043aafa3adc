namespace Aiops.Pipeline;

/// <summary>
/// Large documents (raw events, context, report) by key; the workflow passes keys, for Step Functions takes 256 KB between
/// states. Keys are paths such as <c>incidents/INC-1/report.html</c>: letters, digits, <c>-_.</c> and <c>/</c>.
/// </summary>
public interface IDocumentStore
{
    /// <summary>Stores whole or not at all; replaces what was there.</summary>
    Task PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>The content, or null when there is none under the key.</summary>
    Task<byte[]?> GetAsync(string key, CancellationToken cancellationToken);

    /// <summary>Keys with the prefix, in ordinal order.</summary>
    Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken);
}
