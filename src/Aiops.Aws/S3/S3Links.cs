namespace Aiops.Aws.S3;

/// <summary>Where a person finds an object: buckets are private, so whoever may read one reaches it through S3's console.</summary>
public static class S3Links
{
    public static string ToObject(string bucket, string region, string key)
        => $"https://{region}.console.aws.amazon.com/s3/object/{bucket}?region={region}&prefix={Uri.EscapeDataString(key)}";
}
