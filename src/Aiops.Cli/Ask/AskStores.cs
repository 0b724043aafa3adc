using System.CommandLine;
using Aiops.Cli.Commands;
using Aiops.Cli.Stores;
using Aiops.Pipeline.Reason.Models;

namespace Aiops.Cli.Ask;

/// <summary>Whose incidents are asked about, and the model that may be asked.</summary>
/// <param name="Model">Null where none is configured. A stack's is the one that its functions ask, within their budget.</param>
internal sealed record AskStores(IHostStores Stores, MeteredModel? Model) : IAsyncDisposable
{
    /// <exception cref="UserErrorException">A stack and a model were named together.</exception>
    public static async Task<AskStores> OpenAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(CommonOptions.Stack) is null)
        {
            var host = await CommonOptions.OpenHostAsync(parsed, environment, cancellationToken);
            return new AskStores(new LocalStores(host), host.Model);
        }

        if (parsed.GetValue(CommonOptions.Model) is not null)
        {
            throw new UserErrorException(
                ExitCodes.Usage, "Questions about a stack are asked of the stack's own model, within its budget.", "Leave out --model or --stack.");
        }

        var stores = await CommonOptions.OpenStoresAsync(parsed, environment, cancellationToken);
        return new AskStores(stores, await stores.OpenModelAsync(environment.Error.WriteLine, cancellationToken));
    }

    public ValueTask DisposeAsync() => Stores.DisposeAsync();
}
