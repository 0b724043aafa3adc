using System.IO.Compression;
using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Local.Recordings.Reading;

/// <summary>The files of one part of a recording: <c>logs.jsonl.gz</c>, <c>logs-2.csv</c>, <c>logs.otlp.jsonl</c>, …</summary>
internal sealed class RecordingPart
{
    private readonly RecordingFiles files;
    private readonly RecordingLimits limits;

    public RecordingPart(RecordingFiles files, string name, RecordingLimits limits)
    {
        (this.files, Name, this.limits) = (files, name, limits);
        Files = [.. files.Names.Where(file => BelongsTo(file, name))];
    }

    public string Name { get; }

    public IReadOnlyList<string> Files { get; }

    /// <summary>Reads every file by its form; answers the gaps.</summary>
    /// <param name="sink">Makes the taker of a file's records.</param>
    /// <param name="otlp">Takes one OTLP document; null where the part has no such form.</param>
    /// <exception cref="SourceMissingException">There is no such file.</exception>
    /// <exception cref="RecordingException">A file is damaged or past a limit.</exception>
    public async Task<IReadOnlyList<string>> ReadAsync(
        RowSchema schema, Func<FileNotes, RowSink> sink, Action<ReadOnlyMemory<byte>, FileNotes>? otlp, CancellationToken cancellationToken)
    {
        ThrowIfMissing();
        List<string> gaps = [];
        foreach (var file in Files)
        {
            var notes = new FileNotes(file);
            await ReadFileAsync(file, schema, sink(notes), otlp, notes, cancellationToken);
            gaps.AddRange(notes.Tell());
        }

        return gaps;
    }

    /// <exception cref="SourceMissingException">There is no such file.</exception>
    public void ThrowIfMissing()
    {
        if (Files.Count == 0)
        {
            throw new SourceMissingException($"The recording {files.Location} has no {Name} ({Name}.jsonl or {Name}.csv).");
        }
    }

    public Provenance Provenance(TelemetryQuery query) => new($"recording {Name}", string.Join(", ", Files), query.Window);

    /// <summary>The file's content, unpacked and bounded.</summary>
    public Stream Open(string file)
    {
        var stream = files.OpenRead(file);
        return new BoundedStream(
            file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream,
            file,
            limits.FileBytes);
    }

    private async Task ReadFileAsync(
        string file, RowSchema schema, RowSink sink, Action<ReadOnlyMemory<byte>, FileNotes>? otlp, FileNotes notes, CancellationToken cancellationToken)
    {
        var form = FormOf(file);
        try
        {
            await using var stream = Open(file);
            if (form is ".csv" or ".jsonl" or ".ndjson")
            {
                await new RowReader(schema, sink, notes, limits).ReadAsync(stream, form == ".csv", cancellationToken);
            }
            else if (form is ".otlp.json" or ".otlp.jsonl" && otlp is not null)
            {
                await OtlpDocuments.ReadAsync(stream, form == ".otlp.jsonl", otlp, notes, limits, cancellationToken);
            }
            else
            {
                var forms = otlp is null ? ".jsonl or .csv" : ".jsonl, .csv or .otlp.json";
                notes.Add($"not read, for {(form.Length == 0 ? "a name without an extension" : form)} is no form of {Name} ({forms})");
            }
        }
        catch (InvalidDataException e)
        {
            notes.Add($"damaged after {notes.Lines:N0} records ({e.Message.TrimEnd('.')}): the rest was not read");
        }
    }

    private static string FormOf(string file)
    {
        var name = file.EndsWith(".gz", StringComparison.Ordinal) ? file[..^3] : file;
        return name.Contains(".otlp.", StringComparison.Ordinal)
            ? name[name.LastIndexOf(".otlp.", StringComparison.Ordinal)..]
            : Path.GetExtension(name);
    }

    private static bool BelongsTo(string file, string part)
        => file.StartsWith(part, StringComparison.Ordinal) && file.Length > part.Length && file[part.Length] is ('.' or '-');
}
