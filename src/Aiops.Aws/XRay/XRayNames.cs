using Aiops.Pipeline.Intake.Formats;

namespace Aiops.Aws.XRay;

/// <summary>A node's name as the alarms of its resource have it.</summary>
internal static class XRayNames
{
    public static string Of(string name, string? type) => type switch
    {
        "AWS::ApiGateway::Stage" or "AWS::ApiGatewayV2::Stage" => name.Split('/')[0], // "shop-api/prod"
        _ when name.StartsWith("arn:", StringComparison.Ordinal) => Arn.Parse(name)?.Name ?? name,
        "AWS::SQS::Queue" or "AWS::SQS" => name[(name.LastIndexOf('/') + 1)..], // By its URL.
        _ => name,
    };

    /// <summary>A CloudFormation type, where X-Ray says one.</summary>
    public static string? TypeOf(string? type) => type?.StartsWith("AWS::", StringComparison.Ordinal) == true ? type : null;
}
