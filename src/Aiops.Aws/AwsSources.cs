using Aiops.Aws.ApplicationSignals;
using Aiops.Aws.Changes;
using Aiops.Aws.CloudTrail;
using Aiops.Aws.CloudWatch;
using Aiops.Aws.Logs;
using Aiops.Aws.Wire;
using Aiops.Aws.XRay;
using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Aws;

/// <summary>Where a deployed host asks for an incident's context.</summary>
/// <param name="lookup">One for the process: CloudTrail allows an account two lookups a second.</param>
public sealed class AwsSources(
    WireClient client, IIncidents incidents, IChangeTable changes, TrailLookup lookup, TimeProvider time)
{
    /// <param name="account">The account watched.</param>
    /// <param name="pastIncidents">From the stores; null without a knowledge base of cases.</param>
    public ContextSources For(string account, AwsHostSettings settings, IPastIncidents? pastIncidents)
    {
        XRaySettings traced = new();
        return new ContextSources
        {
            Metrics = new CloudWatchMetrics(client, incidents, new MetricSettings { Account = account }, time),
            Logs = new CloudWatchLogs(client, new LogSettings { Groups = settings.LogGroups }, time),
            Traces = new XRayTraces(client, traced, time),
            Topology = new XRayTopology(client, traced, time),
            Changes = new ChangeSource(changes, lookup, client, new ChangeSettings { Account = account }, time),
            Objectives = new SignalObjectives(client, time),
            PastIncidents = pastIncidents,
        };
    }
}
