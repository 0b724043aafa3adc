using System.Security.Cryptography;
using System.Text;
using Aiops.Aws.DynamoDb;
using Aiops.Aws.DynamoDb.Cases;
using Aiops.Aws.Wire;
using Aiops.Aws.Wire.BedrockAgent;
using Aiops.Pipeline;
using Aiops.Pipeline.Learn;
using Microsoft.Extensions.Logging;

namespace Aiops.Aws.Knowledge;

/// <summary>The case book, which hands each case on to the knowledge base. The record is what counts: ingestion may come later.</summary>
/// <param name="bucket">The knowledge bucket.</param>
public sealed partial class KnowledgeCaseBook(
    DynamoCaseBook cases, DynamoTable table, IDocumentStore bucket, WireClient client, KnowledgeOptions options, ILogger<KnowledgeCaseBook> logger) : ICaseBook
{
    private const string IngestionToken = "IngestionToken";

    private ItemKey Waiting => TableKeys.Ingestion(options.KnowledgeBaseId, options.DataSourceId);

    /// <inheritdoc/>
    public async Task WriteAsync(Incident incident, Outcome outcome, int round, CancellationToken cancellationToken)
        => await IngestAsync(await cases.RecordAsync(incident, outcome, round, cancellationToken), cancellationToken);

    /// <summary>Takes a case back; from then on it answers nothing, whatever the knowledge base still proposes.</summary>
    public async Task RevokeAsync(string scope, string incidentId, CancellationToken cancellationToken)
    {
        if (await cases.RevokeAsync(scope, incidentId, cancellationToken) is { } record)
        {
            await IngestAsync(record, cancellationToken);
        }
    }

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
