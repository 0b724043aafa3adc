namespace Aiops.Pipeline;

/// <summary>
/// A stage was cancelled shortly before its host would have stopped it, so that it can say so and leave nothing half done. The
/// workflow retries by this class name.
/// </summary>
public sealed class StageDeadlineException(string message, Exception? inner = null) : Exception(message, inner);
