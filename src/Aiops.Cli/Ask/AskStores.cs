using System.CommandLine;
using Aiops.Cli.Commands;
using Aiops.Cli.Stores;
using Aiops.Pipeline.Reason.Models;

namespace Aiops.Cli.Ask;

/// <summary>Whose incidents are asked about, and the model that may be asked.</summary>
/// <param name="Model">Null where none is configured, and for a stack: its budget is that of the stack's own reasoning.</param>
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

        return parsed.GetValue(CommonOptions.Model) is null
            ? new AskStores(await CommonOptions.OpenStoresAsync(parsed, environment, cancellationToken), null)
            : throw new UserErrorException(
                ExitCodes.Usage, "Questions about a stack are answered by trusted pairs alone: what a model costs is counted on this machine.", "Leave out --model or --stack.");
    }

    public ValueTask DisposeAsync() => Stores.DisposeAsync();
}
