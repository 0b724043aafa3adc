using Aiops.SampleFunction;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Microsoft.Extensions.DependencyInjection;

[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<SampleJson>))]
[assembly: LambdaGlobalProperties(GenerateMain = true)]

namespace Aiops.SampleFunction;

[LambdaStartup]
public class Startup
{
    public void ConfigureServices(IServiceCollection services)
    {
        if (Environment.GetEnvironmentVariable("SAMPLE_BREAK_START") == "1")
            throw new InvalidOperationException("SAMPLE_BREAK_START is set.");
        services.AddSingleton<Greetings>();
        services.AddScoped<Scoped>();
    }
}

public sealed class Greetings
{
    public string To(string name, string? tone) => $"Hello {name}{tone ?? "."}";
}

/// <summary>Numbered as they are made: two invocations must not share one.</summary>
public sealed class Scoped
{
    private static int made;

    public int Number { get; } = Interlocked.Increment(ref made);
}
