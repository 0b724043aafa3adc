using Aiops.Analysis.LogPatterns;

namespace Aiops.Accuracy.LogPatterns;

/// <summary>A way to group messages, ours or a peer's.</summary>
/// <param name="Group">A group for each message, as it stands when all are read; equal objects are one group.</param>
internal sealed record LogMiner(string Name, Func<IReadOnlyList<string>, IReadOnlyList<object>> Group)
{
    public static LogMiner Ours { get; } = new("ours", messages =>
    {
        var miner = new LogTemplateMiner();
        var groups = new LogGroup[messages.Count];
        for (var i = 0; i < groups.Length; i++)
        {
            groups[i] = miner.Add(messages[i]);
        }

        return [.. groups.Select(group => group.Current)];
    });

    public static IReadOnlyList<LogMiner> Peers { get; } =
    [
        new("Drain, similarity .4", messages => Online(new Drain(0.4, Drain.Unmasked), messages)),
        new("Drain, similarity .4, masked", messages => Online(new Drain(0.4, Drain.Masked), messages)),
        new("Drain, similarity .5, masked", messages => Online(new Drain(0.5, Drain.Masked), messages)),
        new("AEL", AbstractExecutionLogs.Group),
    ];

    private static object[] Online(Drain drain, IReadOnlyList<string> messages) => [.. messages.Select(drain.Add)];
}
