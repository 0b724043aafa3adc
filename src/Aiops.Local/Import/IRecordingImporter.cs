using Aiops.Local.Recordings;

namespace Aiops.Local.Import;

/// <summary>Makes recordings of somebody else's data, a recording a case. Labels go to the manifest's truth and nowhere else.</summary>
public interface IRecordingImporter
{
    /// <summary>As the command calls it: <c>aiops import NAME DIR</c>.</summary>
    string Name { get; }

    /// <summary>Writes one recording after the other, in ordinal order of their names; each is whole when it is answered.</summary>
    /// <param name="place">Where a recording of the given name goes.</param>
    /// <exception cref="ImportException">The folder doesn't hold this importer's data.</exception>
    IAsyncEnumerable<ImportedRecording> ImportAsync(
        string directory, Func<string, RecordingFiles> place, CancellationToken cancellationToken);
}

/// <summary>One case that was imported.</summary>
/// <param name="Gaps">What was missing or odd in it, a sentence each.</param>
public sealed record ImportedRecording(string Name, RecordingFiles Files, IReadOnlyList<string> Gaps);
