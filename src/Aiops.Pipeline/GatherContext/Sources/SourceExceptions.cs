namespace Aiops.Pipeline.GatherContext.Sources;

/// <summary>There is no such source here. Not retried: the workflow goes on and the report names what was missing.</summary>
public sealed class SourceMissingException(string message) : Exception(message);

/// <summary>We aren't allowed to ask. Not retried: the report says which right is lacking.</summary>
public sealed class SourceDeniedException(string message) : Exception(message);

/// <summary>The source can't answer now and may later. The workflow retries by this class name.</summary>
public sealed class SourceUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
