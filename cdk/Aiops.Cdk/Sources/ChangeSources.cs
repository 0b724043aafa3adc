namespace Aiops.Cdk.Sources;

/// <summary>What tells of changes in the account. CloudTrail's need a trail that logs management events.</summary>
public static class ChangeSources
{
    public static IReadOnlyList<EventSource> All { get; } =
    [
        // Failed calls changed nothing; these services and calls write without end, and never what an incident comes from. The
        // function sifts finer: this keeps it from being invoked for most of the noise.
        new("change-api-calls", "Management calls that wrote, from CloudTrail", """
            {
              "detail-type": ["AWS API Call via CloudTrail"],
              "detail": {
                "readOnly": [false],
                "errorCode": [{"exists": false}],
                "eventSource": [{"anything-but": [
                  "sts.amazonaws.com", "signin.amazonaws.com", "ssmmessages.amazonaws.com", "ec2messages.amazonaws.com"
                ]}],
                "eventName": [{"anything-but": [
                  "CreateLogStream", "CreateLogGroup", "PutLogEvents", "PutMetricData", "Decrypt", "Encrypt", "GenerateDataKey",
                  "CreateGrant", "RetireGrant", "UpdateInstanceInformation", "PutInventory", "RegisterContainerInstance",
                  "SubmitTaskStateChange", "SubmitContainerStateChange", "SendHeartbeat", "StartExecution", "Invoke"
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
              "detail": {"status-details": {"status": [{"anything-but": {"suffix": "_CLEANUP_IN_PROGRESS"}}]}}
            }
            """),
    ];
}
