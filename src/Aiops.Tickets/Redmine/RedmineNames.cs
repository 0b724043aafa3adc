using System.Collections.Concurrent;
using Aiops.Tickets.Http;

namespace Aiops.Tickets.Redmine;

/// <summary>Redmine's calls take numbers and people know names: looked up once, and again when a name isn't among them.</summary>
internal sealed class RedmineNames(TicketHttp http)
{
    private readonly ConcurrentDictionary<string, Dictionary<string, long>> lists = new(StringComparer.Ordinal);
    private string? us;

    /// <param name="setting">Where the name came from, for the message.</param>
    /// <exception cref="TicketSystemRefusedException">Nothing bears the name.</exception>
    public async Task<long> IdAsync(string path, string list, string name, string setting, CancellationToken cancellationToken)
    {
        if (lists.TryGetValue(path, out var known) && known.TryGetValue(name, out var id))
        {
            return id;
        }

        var answer = await http.GetAsync(path, cancellationToken);
        Dictionary<string, long> found = new(StringComparer.OrdinalIgnoreCase);
        foreach (var item in answer.Items(list))
        {
            found[item.Text("name")] = item["id"]!.GetValue<long>();
        }

        lists[path] = found;
        return found.TryGetValue(name, out id)
            ? id
            : throw new TicketSystemRefusedException(
                $"Redmine has no {list.Replace('_', ' ').TrimEnd('s')} \"{name}\".", $"Set \"{setting}\" to one of {string.Join(", ", found.Keys)}.");
    }

    /// <summary>The account that the key belongs to.</summary>
    public async Task<string> OurIdAsync(CancellationToken cancellationToken)
        => us ??= (await http.GetAsync("users/current.json", cancellationToken))["user"]!.Text("id");
}
