using Aiops.Pipeline.GatherContext;
using Microsoft.Extensions.DependencyInjection;

namespace Aiops.Functions.Composition;

/// <summary>Where the context of an incident is asked for.</summary>
internal static class SourceServices
{
    public static IServiceCollection AddSources(this IServiceCollection services) => services
        .AddSingleton<ContextSources>();
}
