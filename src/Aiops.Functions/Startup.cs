using Aiops.Functions.Composition;
using Amazon.Lambda.Annotations;
using Microsoft.Extensions.DependencyInjection;

namespace Aiops.Functions;

/// <summary>
/// The list of services. Settings are checked here; each service is made when it is first asked for, so that a function's start
/// pays only for its own.
/// </summary>
[LambdaStartup]
public sealed class Startup
{
    public void ConfigureServices(IServiceCollection services) => services
        .AddHost()
        .AddClients()
        .AddStores()
        .AddCases()
        .AddSources()
        .AddStages();
}
