using System.Text;

namespace Aiops.Pipeline.Recommend;

/// <summary>All playbooks, by id in ordinal order.</summary>
public sealed class PlaybookLibrary(IEnumerable<Playbook> playbooks)
{
    private const string ResourcePrefix = "playbooks/";
    private const long LargestFile = 256 * 1024;

    public IReadOnlyList<Playbook> Playbooks { get; } = [.. playbooks.OrderBy(playbook => playbook.Id, StringComparer.Ordinal)];

    /// <summary>The playbooks that ship, and over them those of a directory: the same id replaces, another adds.</summary>
    /// <param name="directory">Holds <c>*.yaml</c>; null for those that ship alone.</param>
    public static PlaybookLoad Load(string? directory)
    {
        List<PlaybookProblem> problems = [];
        Dictionary<string, Playbook> found = new(StringComparer.Ordinal);
        foreach (var (file, yaml) in Shipped().Concat(FilesOf(directory, problems)))
        {
            if (PlaybookReader.Read(file, yaml, problems) is { } playbook)
            {
                found[playbook.Id] = playbook;
            }
        }

        return problems.Count == 0
            ? new PlaybookLoad.Loaded(new PlaybookLibrary(found.Values))
            : new PlaybookLoad.Refused(problems);
    }

    private static IEnumerable<(string File, string Yaml)> Shipped()
    {
        var assembly = typeof(PlaybookLibrary).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            yield return (name, reader.ReadToEnd());
        }
    }

    private static List<(string File, string Yaml)> FilesOf(string? directory, List<PlaybookProblem> problems)
    {
        List<(string, string)> files = [];
        if (directory is null)
        {
            return files;
        }

        if (!Directory.Exists(directory))
        {
            problems.Add(new PlaybookProblem(directory, 1, "There is no such directory.", "Create it, or leave the setting out to use the playbooks that ship."));
            return files;
        }

        foreach (var file in Directory.EnumerateFiles(directory, "*.yaml").Order(StringComparer.Ordinal))
        {
            try
            {
                if (new FileInfo(file).Length > LargestFile)
                {
                    problems.Add(new PlaybookProblem(file, 1, "The file is above 256 KiB.", "A playbook is a page; split it."));
                    continue;
                }

                files.Add((file, File.ReadAllText(file)));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problems.Add(new PlaybookProblem(file, 1, $"The file can't be read: {e.Message}", "Let this user read it."));
            }
        }

        return files;
    }
}
