namespace Aiops.Mcp;

/// <summary>A call that isn't answered; the message says to the caller why and what to do, and holds no secret.</summary>
public sealed class ToolRefusedException(string message) : Exception(message);
