namespace Aiops.Local.Import;

/// <summary>What was given can't be imported. The message names the path, what was expected there, and where to get it.</summary>
public sealed class ImportException(string message, Exception? inner = null) : Exception(message, inner);
