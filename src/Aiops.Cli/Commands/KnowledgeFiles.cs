using Aiops.Pipeline.Learn.Documents;
using Aiops.Pipeline.Learn.Exchange;

namespace Aiops.Cli.Commands;

/// <summary>Markdown files as <c>kb add</c> and <c>kb import</c> find them.</summary>
internal static class KnowledgeFiles
{
    /// <summary>The file, or every <c>*.md</c> below the folder in ordinal order, with its path from there; hidden files and what links lead to are left alone.</summary>
    /// <exception cref="UserErrorException">There is nothing there, or more than is taken.</exception>
    public static IReadOnlyList<(string Id, string File)> Below(string path, int most)
    {
        if (File.Exists(path))
        {
            return [(Path.GetFileName(path), path)];
        }

        if (!Directory.Exists(path))
        {
            throw new UserErrorException(ExitCodes.NotFound, $"There is no {path}.", "Name a Markdown file, or a folder of them.");
        }

        EnumerationOptions all = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint };
        var files = Directory.EnumerateFiles(path, "*.md", all).Take(most + 1)
            .Select(file => (Id: Path.GetRelativePath(path, file).Replace(Path.DirectorySeparatorChar, '/'), File: file)).ToList();
        return files.Count > most
            ? throw new UserErrorException(ExitCodes.BadInput, $"There are more than {most:N0} files below {path}.", "Take a folder further down.")
            : [.. files.OrderBy(file => file.Id, StringComparer.Ordinal)];
    }

    /// <exception cref="KnowledgeFileException">It is larger than any that is taken: not worth reading.</exception>
    public static void RefuseLarge(string file)
    {
        if (new FileInfo(file).Length is > KnowledgeDocument.LargestFile and var length)
        {
            throw new KnowledgeFileException(1, $"The file has {length:N0} bytes, {KnowledgeDocument.LargestFile:N0} are taken.", "Split it.");
        }
    }
}
