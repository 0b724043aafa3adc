using Amazon.CDK.AWS.Lambda;
using Aiops.Cdk.Parameters;
using Constructs;

namespace Aiops.Cdk.Functions;

/// <summary>The published functions: a folder here, or an object that a StackSet's stacks read in their own Region.</summary>
public static class FunctionBundle
{
    /// <exception cref="ParameterException">The folder is missing or empty.</exception>
    public static Func<Construct, Code> OfFolder(string folder)
    {
        var path = Path.GetFullPath(folder);
        return Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any()
            ? _ => Code.FromAsset(path)
            : throw new ParameterException($"The function bundle is not in {folder}: run deploy/bundle.sh, or name its folder in aiops:bundle.");
    }
}
