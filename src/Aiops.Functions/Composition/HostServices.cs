using System.Security.Cryptography;
using Aiops.Aws;
using Aiops.Functions.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aiops.Functions.Composition;

/// <summary>What every function has: settings, a clock, chance, and lines on standard output.</summary>
internal static class HostServices
{
    public static IServiceCollection AddHost(this IServiceCollection services) => services
        .AddSingleton(AwsHostSettings.Read(Environment.GetEnvironmentVariable))
        .AddSingleton(TimeProvider.System)
        .AddSingleton(_ => new Random(RandomNumberGenerator.GetInt32(int.MaxValue)))
        .AddSingleton(_ => new FunctionOutput(Console.OpenStandardOutput()))
        .AddSingleton<ILoggerFactory>(made => new JsonLoggerFactory(made.GetRequiredService<FunctionOutput>(), made.GetRequiredService<TimeProvider>()))
        .AddSingleton(typeof(ILogger<>), typeof(Logger<>))
        .AddSingleton(made => new FunctionMetrics(
            made.GetRequiredService<FunctionOutput>(), made.GetRequiredService<AwsHostSettings>().Environment, made.GetRequiredService<TimeProvider>()))
        .AddSingleton<FunctionRun>();
}
