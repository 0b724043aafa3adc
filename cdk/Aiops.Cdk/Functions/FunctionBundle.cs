using Amazon.CDK;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.S3;
using Aiops.Cdk.Parameters;
using Constructs;

namespace Aiops.Cdk.Functions;

/// <summary>The published functions: a folder here, or an object that an organisation's accounts read in their own
/// Region.</summary>
public static class FunctionBundle
{
    /// <exception cref="ParameterException">The folder is missing or empty.</exception>
    public static Func<Construct, Code> OfFolder(string folder)
    {
        var path = Path.GetFullPath(folder);
        return Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any()
            ? _ => Code.FromAsset(path)
            : throw new ParameterException(
                $"The function bundle is not in {folder}: run deploy/bundle.sh, or name its folder in aiops:bundle.");
    }

    /// <summary>Lambda takes code only from a bucket in its own Region, so there is one in each: <c>PREFIX-REGION</c>.</summary>
    public static Func<Construct, Code> OfBucket(string prefix, string key)
        => scope =>
        {
            var bucket = Bucket.FromBucketName(scope, "Bundles", $"{prefix}-{Stack.Of(scope).Region}");
            PolicyExceptions.Excuse(bucket, "@aws-cdk/aws-lambda:codeFromBucketObjectVersionNotSpecified",
                "a new version of the functions is a new key, so the template changes with it");
            return Code.FromBucketV2(bucket, key);
        };
}
