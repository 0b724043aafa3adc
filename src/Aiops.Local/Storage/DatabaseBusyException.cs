namespace Aiops.Local.Storage;

/// <summary>Another process kept the file locked for longer than the busy timeout. Nothing was written.</summary>
/// <remarks>Worth a retry: a lock ends with the transaction or the process that holds it.</remarks>
public sealed class DatabaseBusyException(string path, TimeSpan waited, Exception? cause = null)
    : Exception($"{path}: another process kept it locked for {waited.TotalSeconds:0.#} s.", cause)
{
    public string Path { get; } = path;
}
