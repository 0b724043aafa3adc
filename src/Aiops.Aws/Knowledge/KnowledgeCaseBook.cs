using System.Security.Cryptography;
using System.Text;
using Aiops.Aws.DynamoDb;
using Aiops.Aws.DynamoDb.Cases;
using Aiops.Aws.Wire;
using Aiops.Aws.Wire.BedrockAgent;
using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Learn;
using Microsoft.Extensions.Logging;

namespace Aiops.Aws.Knowledge;

/// <summary>The case book, which hands each case on to the knowledge base. The record is what counts: ingestion may come later.</summary>
/// <param name="bucket">The knowledge bucket.</param>
public sealed partial class KnowledgeCaseBook(
    DynamoCaseBook book, DynamoTable table, IDocumentStore bucket, WireClient client, KnowledgeOptions options, ILogger<KnowledgeCaseBook> logger) : ICaseBook
{
    private const string IngestionToken = "IngestionToken";

    private ItemKey Waiting => TableKeys.Ingestion(options.KnowledgeBaseId, options.DataSourceId);

    /// <inheritdoc/>
    public async Task<CaseRecord> WriteAsync(Incident incident, Outcome outcome, int round, CancellationToken cancellationToken)
        => await IngestedAsync(await book.WriteAsync(incident, outcome, round, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CaseRecord>> RecordAsync(
        string scope, IReadOnlyList<PastCase> cases, KnowledgeChange change, CancellationToken cancellationToken)
    {
        var records = await book.RecordAsync(scope, cases, change, cancellationToken);
        foreach (var record in records)
        {
            await IngestedAsync(record, cancellationToken);
        }

        return records;
    }

    /// <inheritdoc/>
    public async Task<CaseRecord?> ReviseAsync(
        string scope, string incidentId, Func<PastCase, PastCase> edit, KnowledgeChange change, CancellationToken cancellationToken)
        => await book.ReviseAsync(scope, incidentId, edit, change, cancellationToken) is { } record ? await IngestedAsync(record, cancellationToken) : null;

    /// <summary>Takes a case back; from then on it answers nothing, whatever the knowledge base still proposes.</summary>
    /// <returns>Null where there is no such case.</returns>
    public async Task<CaseRecord?> RevokeAsync(string scope, string incidentId, KnowledgeChange change, CancellationToken cancellationToken)
        => await book.RevokeAsync(scope, incidentId, change, cancellationToken) is { } record ? await IngestedAsync(record, cancellationToken) : null;

    /// <inheritdoc/>
    public Task<CaseRecord?> FindAsync(string scope, string incidentId, CancellationToken cancellationToken)
        => book.FindAsync(scope, incidentId, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<CaseRecord>> HistoryAsync(string scope, string incidentId, CancellationToken cancellationToken)
        => book.HistoryAsync(scope, incidentId, cancellationToken);

    /// <inheritdoc/>
    public Task<CaseSnapshot> SnapshotAsync(string scope, CancellationToken cancellationToken) => book.SnapshotAsync(scope, cancellationToken);

    /// <inheritdoc/>
    public Task<long> VersionAsync(string scope, CancellationToken cancellationToken) => book.VersionAsync(scope, cancellationToken);

    /// <summary>Starts the job that could not be started when a case was written: because another one ran, or nobody answered.</summary>
    /// <returns>False where nothing waits, or the job can't be started yet.</returns>
    /// <exception cref="StoreUnavailableException">The table can't say what waits.</exception>
    public async Task<bool> IngestWaitingAsync(CancellationToken cancellationToken)
    {
        if (await table.GetAsync(Waiting, cancellationToken) is not { } marker || !await StartAsync(marker[IngestionToken].S, cancellationToken))
        {
            return false;
        }

        // A later case's marker stays: the job may have begun before its document was there.
        await table.DeleteAsync(Waiting, Condition.Of($"{IngestionToken} = :token", (":token", marker[IngestionToken])), cancellationToken);
        return true;
    }

    private async Task<CaseRecord> IngestedAsync(CaseRecord record, CancellationToken cancellationToken)
    {
        await IngestAsync(record, cancellationToken);
        return record;
    }

    private async Task IngestAsync(CaseRecord record, CancellationToken cancellationToken)
    {
        try
        {
            await bucket.PutAsync(CaseDocument.Key(record.Case.IncidentId), CaseDocument.Text(record.Case), cancellationToken);
            await bucket.PutAsync(CaseDocument.MetadataKey(record.Case.IncidentId), CaseDocument.Metadata(record), cancellationToken);
            var token = Token(record);
            if (!await StartAsync(token, cancellationToken))
            {
                var marker = Waiting.ToItem();
                marker[IngestionToken] = Attributes.Text(token);
                await table.PutAllAsync([marker], cancellationToken);
            }
        }
        catch (StoreUnavailableException e)
        {
            LogNotIngested(record.Case.IncidentId, e.Message);
        }
    }

    /// <returns>Whether a job was started that takes in all that is in the bucket by now.</returns>
    private async Task<bool> StartAsync(string token, CancellationToken cancellationToken)
    {
        try
        {
            await client.SendAsync(
                new StartIngestionJobRequest { KnowledgeBaseId = options.KnowledgeBaseId, DataSourceId = options.DataSourceId, ClientToken = token },
                cancellationToken);
            return true;
        }
        catch (WireException e) when (e.Code == "ConflictException")
        {
            LogLater(); // One job at a time.
            return false;
        }
        catch (WireException e)
        {
            LogNotStarted(e.Message);
            return false;
        }
    }

    // The same version of the same case starts one job, however often the stage is retried.
    private static string Token(CaseRecord record)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{record.Scope}\n{record.Case.IncidentId}\n{record.Version}")));

    [LoggerMessage(LogLevel.Information, "What is new waits in the bucket: an ingestion job is running")]
    private partial void LogLater();

    [LoggerMessage(LogLevel.Warning, "What is new waits in the bucket: no ingestion job could be started: {Problem}")]
    private partial void LogNotStarted(string problem);

    [LoggerMessage(LogLevel.Warning, "The case of {IncidentId} is recorded and not ingested: {Problem}")]
    private partial void LogNotIngested(string incidentId, string problem);
}
