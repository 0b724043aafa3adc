namespace Aiops.CrashHost;

/// <summary>Works until it is killed, telling on standard output what was acknowledged.</summary>
public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["queue", var path, var seed, var round]:
                await QueueWorker.RunAsync(path, int.Parse(seed), int.Parse(round), Console.Out, CancellationToken.None);
                return 0;
            case ["intake", var path, var seed]:
                await IntakeWorker.RunAsync(path, int.Parse(seed), Console.Out, CancellationToken.None);
                return 0;
            default:
                await Console.Error.WriteLineAsync("usage: Aiops.CrashHost queue FILE SEED ROUND | intake FILE SEED");
                return 2;
        }
    }
}
