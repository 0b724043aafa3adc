using Aiops.Benchmarks;
using BenchmarkDotNet.Running;

// Modes that are bound by the disk or run for long are measured plainly; everything else is BenchmarkDotNet's.
if (args is ["queue"])
    await TriggerQueueBenchmark.RunAsync();
else
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
