using System.Text.RegularExpressions;

namespace Aiops.StateMachine.Definition;

/// <summary>What a Task state calls.</summary>
/// <param name="Arn">The Resource as written.</param>
/// <param name="FunctionName">The function's ARN, when the Resource is one; otherwise Parameters name the function.</param>
/// <param name="WaitsForToken">The answer comes with the task's token, some time after the call.</param>
internal sealed partial record TaskResource(string Arn, string? FunctionName, bool WaitsForToken)
{
    /// <summary>Through <c>lambda:invoke</c>: the parameters wrap the event, and the result wraps the answer.</summary>
    public bool IsLambdaInvoke => FunctionName is null;

    /// <returns>The resource, or null with the reason why it is refused.</returns>
    public static TaskResource? Parse(string arn, out string? refusal)
    {
        refusal = null;
        if (LambdaInvoke().Match(arn) is { Success: true } integration)
        {
            return new TaskResource(arn, null, integration.Groups["token"].Success);
        }

        if (LambdaFunction().IsMatch(arn))
        {
            return new TaskResource(arn, arn, false);
        }

        refusal = Activity().IsMatch(arn)
            ? "activities are not supported"
            : $"'{arn}' is not supported: a Resource is arn:aws:states:::lambda:invoke, "
                + "the same with .waitForTaskToken, or a Lambda function's ARN";
        return null;
    }

    [GeneratedRegex(
        @"^arn:aws[a-z-]*:states:[a-z0-9-]*:\d*:lambda:invoke(?<token>\.waitForTaskToken)?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LambdaInvoke();

    [GeneratedRegex(
        @"^arn:aws[a-z-]*:lambda:[a-z0-9-]*:\d*:function:[A-Za-z0-9_-]+(?:[:][A-Za-z0-9$_-]+)?$", RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex LambdaFunction();

    [GeneratedRegex(@"^arn:aws[a-z-]*:states:[a-z0-9-]*:\d*:activity:", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Activity();
}
