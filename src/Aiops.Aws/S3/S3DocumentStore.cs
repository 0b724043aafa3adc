using System.Net;
using Aiops.Pipeline;
using Amazon.S3;
using Amazon.S3.Model;

namespace Aiops.Aws.S3;

/// <summary>Documents as objects of one bucket, under its own encryption and lifecycle; a put is whole or not at all by S3's own promise.</summary>
/// <exception cref="StoreUnavailableException">Throttled or unreachable; thrown by each method.</exception>
public sealed class S3DocumentStore(IAmazonS3 client, string bucket) : IDocumentStore
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The key isn't one.</exception>
    public Task PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        DocumentKeyRules.Check(key);
        return Asked(async () =>
        {
            using var stream = new MemoryStream(content.ToArray(), writable: false);
            return await client.PutObjectAsync(
                new PutObjectRequest { BucketName = bucket, Key = key, InputStream = stream, ContentType = ContentType(key) }, cancellationToken);
        });
    }

    /// <inheritdoc/>
    public async Task<byte[]?> GetAsync(string key, CancellationToken cancellationToken)
    {
        DocumentKeyRules.Check(key);
        try
        {
            return await Asked(async () =>
            {
                using var response = await client.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = key }, cancellationToken);
                using MemoryStream content = new();
                await response.ResponseStream.CopyToAsync(content, cancellationToken);
                return content.ToArray();
            });
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound && e.ErrorCode != "NoSuchBucket")
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        if (!DocumentKeyRules.IsPrefix(prefix))
        {
            return [];
        }

        List<string> keys = [];
        ListObjectsV2Request request = new() { BucketName = bucket, Prefix = prefix };
        do
        {
            var page = await Asked(() => client.ListObjectsV2Async(request, cancellationToken));
            keys.AddRange((page.S3Objects ?? []).Select(found => found.Key).Where(DocumentKeyRules.IsKey));
            request.ContinuationToken = page.IsTruncated is true ? page.NextContinuationToken : null;
        }
        while (request.ContinuationToken is not null);

        keys.Sort(StringComparer.Ordinal);
        return keys;
    }

    // So that a browser shows a report that someone fetches with a presigned link.
    private static string ContentType(string key) => Path.GetExtension(key) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".json" => "application/json",
        ".md" => "text/markdown; charset=utf-8",
        _ => "application/octet-stream",
    };

    private async Task<T> Asked<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (AwsErrors.MayPass(e))
        {
            throw new StoreUnavailableException($"The bucket {bucket} can't answer now ({e.Message}).", e);
        }
    }
}
