namespace Aiops.Cli.Stores;
internal static class StackStores { public static Task<IHostStores> OpenAsync(string stack, CommandEnvironment environment, CancellationToken cancellationToken) => throw new UserErrorException(ExitCodes.Usage, stack, ""); }
