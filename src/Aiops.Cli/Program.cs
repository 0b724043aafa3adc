using Aiops.Cli;

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true; // Finish the transaction at hand; what isn't done is taken up by the next run.
    interrupted.Cancel();
};
using var environment = CommandEnvironment.OfThisProcess();
return await AiopsCommand.RunAsync(args, environment, interrupted.Token);
