using System.Globalization;

namespace Aiops.Local.Hosting;

/// <summary>
/// One process at a time runs the workflows of a state folder; others may still bring events in. The lock is the operating
/// system's, so it ends with its process, however that ends.
/// </summary>
public sealed class HostLock : IDisposable
{
    private readonly FileStream file;

    private HostLock(FileStream file) => this.file = file;

    /// <summary>The lock, or null when another process holds it.</summary>
    public static HostLock? TryTake(string stateFolder)
    {
        Directory.CreateDirectory(stateFolder);
        try
        {
            var opened = new FileStream(Path.Combine(stateFolder, "host.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            opened.SetLength(0);
            opened.Write(System.Text.Encoding.UTF8.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            opened.Flush();
            return new HostLock(opened);
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose() => file.Dispose();
}
