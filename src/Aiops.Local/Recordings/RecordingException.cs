namespace Aiops.Local.Recordings;

/// <summary>A recording can't be opened, read or written as asked. The message names the path and what to do about it.</summary>
public sealed class RecordingException(string message, Exception? inner = null) : Exception(message, inner);
