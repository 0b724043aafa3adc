using Amazon.CDK;

namespace Aiops.Cdk.Foundation;

internal static class Removal
{
    /// <summary>
    /// Kept data outlives its stack; but what a stack made that then failed to be made is removed with it, or its fixed names
    /// would be in the way of the next attempt.
    /// </summary>
    public static RemovalPolicy Of(bool retain) => retain ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
}
