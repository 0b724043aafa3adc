namespace Aiops.Pipeline;

/// <summary>A store can't answer now (locked, throttled, disk full) and may later. The workflow retries by this class name.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
