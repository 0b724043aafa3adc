using System.CommandLine;
using Aiops.Cli.Commands;
using Aiops.Cli.Stores;

namespace Aiops.Cli.Ask;

/// <summary>Whose incidents are asked about.</summary>
internal static class AskStores
{
    /// <summary>Opens no model: <see cref="IHostStores.OpenModelAsync"/> is for whoever asks a question. A stack's is its functions' own.</summary>
    /// <exception cref="UserErrorException">A stack and a model were named together.</exception>
    public static async Task<IHostStores> OpenAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(CommonOptions.Stack) is not null && parsed.GetValue(CommonOptions.Model) is not null)
        {
            throw new UserErrorException(
                ExitCodes.Usage, "Questions about a stack are asked of the stack's own model, within its budget.", "Leave out --model or --stack.");
        }

        return await CommonOptions.OpenStoresAsync(parsed, environment, cancellationToken);
    }
}
