namespace Aiops.Cdk.Sources;

/// <summary>What tells of changes in the account. CloudTrail's need a trail that logs management events.</summary>
public static class ChangeSources
{
    public static IReadOnlyList<EventSource> All { get; } =
    [
        // Failed calls changed nothing. The services left out write without end, and never what an incident comes from.
        new("change-api-calls", "Management calls that wrote, from CloudTrail", """
            {
              "detail-type": ["AWS API Call via CloudTrail"],
              "detail": {
                "readOnly": [false],
                "errorCode": [{"exists": false}],
                "eventSource": [{"anything-but": [
                  "sts.amazonaws.com", "kms.amazonaws.com", "logs.amazonaws.com", "monitoring.amazonaws.com",
                  "xray.amazonaws.com", "ssmmessages.amazonaws.com", "ec2messages.amazonaws.com",
                  "signin.amazonaws.com", "health.amazonaws.com"
                ]}]
              }
            }
            """),
        new("change-codedeploy", "Deployments by CodeDeploy", """
            {"source": ["aws.codedeploy"], "detail-type": ["CodeDeploy Deployment State-change Notification"]}
            """),
        new("change-ecs", "Deployments of ECS services", """
            {"source": ["aws.ecs"], "detail-type": ["ECS Deployment State Change"]}
            """),
        new("change-cloudformation", "Stacks that changed", """
            {
              "source": ["aws.cloudformation"],
              "detail-type": ["CloudFormation Stack Status Change"],
              "detail": {"status-details": {"status": [{"suffix": "_COMPLETE"}, {"suffix": "_FAILED"}]}}
            }
            """),
    ];
}
