using Aiops.Aws;
using Aiops.Aws.ApplicationSignals;
using Aiops.Aws.Changes;
using Aiops.Aws.CloudTrail;
using Aiops.Aws.CloudWatch;
using Aiops.Aws.Logs;
using Aiops.Aws.XRay;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.GatherContext.Sources;
using Aiops.Pipeline.Intake;
using Amazon.DynamoDBv2;
using Microsoft.Extensions.DependencyInjection;

namespace Aiops.Functions.Composition;

/// <summary>Where the context of an incident is asked for, and what watches the account besides its alarms.</summary>
internal static class SourceServices
{
    private static readonly TimeSpan ChangesKept = TimeSpan.FromDays(35); // Longer than any window that is asked for.

    public static IServiceCollection AddSources(this IServiceCollection services) => services
        .AddSingleton(made => new MetricSettings { Account = SettingsOf(made).Account })
        .AddSingleton<IMetricSource, CloudWatchMetrics>()
        .AddSingleton(made => new LogSettings { Groups = SettingsOf(made).LogGroups })
        .AddSingleton<ILogSource, CloudWatchLogs>()
        .AddSingleton<XRaySettings>()
        .AddSingleton<ITraceSource, XRayTraces>()
        .AddSingleton<ITopologySource, XRayTopology>()
        .AddSingleton<IObjectiveSource, SignalObjectives>()
        .AddSingleton<IChangeTable>(made => new DynamoChangeTable(
            made.GetRequiredService<IAmazonDynamoDB>(), AwsHostSettings.Needed(SettingsOf(made).ChangesTable, "AIOPS_CHANGES_TABLE"), ChangesKept))
        .AddSingleton<TrailLookup>()
        .AddSingleton(made => new ChangeSettings
        {
            Account = AccountOf(made),
            ApplicationSignals = SettingsOf(made).ApplicationSignalsChanges,
            Config = SettingsOf(made).ConfigChanges,
        })
        .AddSingleton<IChangeSource, ChangeSource>()
        .AddSingleton(made => new ContextSources
        {
            Metrics = made.GetRequiredService<IMetricSource>(),
            Logs = made.GetRequiredService<ILogSource>(),
            Traces = made.GetRequiredService<ITraceSource>(),
            Topology = made.GetRequiredService<ITopologySource>(),
            Changes = made.GetRequiredService<IChangeSource>(),
            Objectives = made.GetRequiredService<IObjectiveSource>(),
            PastIncidents = made.GetRequiredService<IPastIncidents>(),
        })
        .AddSingleton<IKnownAlarms>(made => new KnownAlarms(made.GetRequiredService<IIncidentStore>(), AccountOf(made)))
        .AddSingleton(made => new ReconcileSettings
        {
            Account = AccountOf(made),
            Region = SettingsOf(made).Region,
            OwnAlarmPrefix = SettingsOf(made).OwnAlarmPrefix,
        })
        .AddSingleton<AlarmReconciliation>();

    private static AwsHostSettings SettingsOf(IServiceProvider made) => made.GetRequiredService<AwsHostSettings>();

    private static string AccountOf(IServiceProvider made) => AwsHostSettings.Needed(SettingsOf(made).Account, "AIOPS_INCIDENT_STATE_MACHINE");
}
