using Aiops.Pipeline.Comment;
using Aiops.Tickets.Http;
using Aiops.Tickets.Settings;
using Microsoft.Extensions.Logging;

namespace Aiops.Cli.Stores;

/// <summary>A file of ticket settings, as the embedded host takes it.</summary>
internal static class ForeignFile
{
    /// <exception cref="TicketSettingsException">The file says what can't be used.</exception>
    /// <exception cref="UserErrorException">It can't be read.</exception>
    public static Func<ITicketLedger, ILoggerFactory, ForeignTickets> Open(string path, CommandEnvironment environment)
    {
        var settings = TicketSettingsReader.Read(Bytes(path), path);
        var parts = new SystemParts(path, new SecretSources(Environment.GetEnvironmentVariable, Store: null, Path.GetDirectoryName(path)!), environment.Time);
        return (ledger, loggers) => TicketSystems.Create(settings, parts, ledger, loggers);
    }

    private static byte[] Bytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(ExitCodes.NotFound, $"{path} can't be read: {e.Message}", "Name a file of ticket settings; docs/tickets.md has examples.");
        }
    }
}
