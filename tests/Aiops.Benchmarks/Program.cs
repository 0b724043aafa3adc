using Aiops.Benchmarks;
using BenchmarkDotNet.Running;

// Modes that are bound by the disk or run for long are measured plainly; everything else is BenchmarkDotNet's.
switch (args)
{
    case ["queue"]:
        await TriggerQueueBenchmark.RunAsync();
        break;
    case ["ask"]:
        await AskBenchmark.RunAsync();
        break;
    case ["kb"]:
        await KnowledgeBenchmark.RunAsync();
        break;
    case ["learning"]:
        LearningBenchmark.Run();
        break;
    case ["storm"]:
        await StormBenchmark.RunAsync();
        break;
    case ["recordings", ..]:
        await RecordingBenchmark.RunAsync();
        break;
    case ["coldstart", .. var handlers]:
        await ColdStartBenchmark.RunAsync(handlers);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
