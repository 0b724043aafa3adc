namespace Aiops.Tickets.Settings;

/// <summary>The settings of tickets and notices can't be used; names each member and what to do about it.</summary>
public sealed class TicketSettingsException(string where, IReadOnlyList<string> problems)
    : Exception($"{where}: {string.Join(" ", problems)} docs/tickets.md shows each system's settings.")
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
