using Aiops.Benchmarks;
using BenchmarkDotNet.Running;

switch (args)
{
    case ["recordings", ..]:
        await RecordingBenchmark.RunAsync();
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
