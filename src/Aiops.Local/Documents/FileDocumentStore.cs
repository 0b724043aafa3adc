using Aiops.Pipeline;

namespace Aiops.Local.Documents;

/// <summary>
/// Documents as files under a folder. One is written beside its place, flushed to the disk and then renamed, so that a
/// reader meets the old content or the new one whole, also after a crash.
/// </summary>
/// <remarks>The rename itself isn't flushed: after a power cut the old content may be back, whole.</remarks>
public sealed class FileDocumentStore : IDocumentStore
{
    private readonly string folder;
    private long written;

    /// <summary>Creates the folder where it is missing.</summary>
    public FileDocumentStore(string folder)
    {
        this.folder = Path.GetFullPath(folder);
        Directory.CreateDirectory(this.folder);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The key isn't one.</exception>
    /// <exception cref="StoreUnavailableException">The disk refuses: full, read-only, gone.</exception>
    public async Task PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        var place = Path.GetDirectoryName(path)!;
        var temporary = Path.Combine(place, $".unfinished-{Environment.ProcessId}-{Interlocked.Increment(ref written)}");
        try
        {
            Directory.CreateDirectory(place);
            File.Delete(temporary); // Left by an earlier process of the same number.
            await using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 4096, FileOptions.Asynchronous))
            {
                await file.WriteAsync(content, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"{path}: the document can't be written ({e.Message}).", e);
        }
        finally
        {
            Discard(temporary);
        }
    }

    /// <inheritdoc/>
    public async Task<byte[]?> GetAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(PathOf(key), cancellationToken);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException) when (Directory.Exists(PathOf(key))) // Keys begin with it; itself it is none.
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var parents = prefix[..(prefix.LastIndexOf('/') + 1)];
        var lowest = $"{folder}/{parents}";
        return Task.FromResult<IReadOnlyList<string>>(!DocumentKeyRules.IsPrefix(parents) || !Directory.Exists(lowest) ? [] :
        [
            .. Directory.EnumerateFiles(lowest, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
                .Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && DocumentKeyRules.IsKey(key))
                .Order(StringComparer.Ordinal),
        ]);
    }

    // There only where the rename wasn't reached.
    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The failure that led here is the one to tell; a key can't begin with a dot, so nobody reads what is left.
        }
    }

    private string PathOf(string key)
    {
        DocumentKeyRules.Check(key);
        return $"{folder}/{key}";
    }
}
