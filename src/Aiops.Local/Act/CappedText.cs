using System.Text;

namespace Aiops.Local.Act;

/// <summary>The beginning of what several writers say, the rest read and dropped.</summary>
internal sealed class CappedText(int longest)
{
    private readonly StringBuilder text = new();
    private readonly Lock gate = new();
    private bool cut;

    public async Task ReadAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            lock (gate)
            {
                var taken = Math.Min(read, longest - text.Length);
                text.Append(buffer, 0, taken);
                cut |= taken < read;
            }
        }
    }

    public override string ToString()
    {
        lock (gate)
        {
            return cut ? $"{text}\n… cut" : text.ToString();
        }
    }
}
