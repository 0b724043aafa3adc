using System.Text.Json.Nodes;
using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.SQS;
using Aiops.Cdk.Foundation;
using Aiops.Cdk.Parameters;
using Constructs;
using CfnPermission = Amazon.CDK.AWS.Lambda.CfnPermission;

namespace Aiops.Cdk.Sources;

/// <param name="Undelivered">Where events go that the target didn't take for a day.</param>
internal sealed record EventRuleProps(AiopsNames Names, string Name, string Says, Queue Undelivered)
{
    /// <summary>Either this or <see cref="Schedule"/>.</summary>
    public string? Pattern { get; init; }
    public string? Schedule { get; init; }

    /// <summary>Either this or <see cref="Function"/>.</summary>
    public Queue? Queue { get; init; }
    public Function? Function { get; init; }
}

/// <summary>One rule with one target, retries of a day, and a queue for what was never delivered.</summary>
internal sealed class EventRule : Construct
{
    public EventRule(Construct scope, EventRuleProps props) : base(scope, $"Rule-{props.Name}")
    {
        var rule = new CfnRule(this, "Resource", new CfnRuleProps
        {
            Name = props.Names.Of(props.Name),
            Description = props.Says,
            EventPattern = props.Pattern is { } pattern ? AppContextJson.Plain(JsonNode.Parse(pattern)) : null,
            ScheduleExpression = props.Schedule,
            State = "ENABLED",
            Targets = new[]
            {
                new CfnRule.TargetProperty
                {
                    Id = "Target",
                    Arn = props.Queue?.QueueArn ?? props.Function!.FunctionArn,
                    DeadLetterConfig = new CfnRule.DeadLetterConfigProperty { Arn = props.Undelivered.QueueArn },
                    RetryPolicy = props.Schedule is null
                        ? new CfnRule.RetryPolicyProperty { MaximumEventAgeInSeconds = 86_400, MaximumRetryAttempts = 185 }
                        // The next run does it.
                        : new CfnRule.RetryPolicyProperty { MaximumEventAgeInSeconds = 60, MaximumRetryAttempts = 1 },
                },
            },
        });
        if (props.Function is { } function)
        {
            _ = new CfnPermission(this, "Permission", new CfnPermissionProps
            {
                Action = "lambda:InvokeFunction",
                FunctionName = function.FunctionArn,
                Principal = "events.amazonaws.com",
                SourceArn = rule.AttrArn,
                SourceAccount = props.Names.Account,
            });
        }
    }
}
