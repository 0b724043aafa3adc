using System.Security.Cryptography;
using System.Text;
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
    DynamoCaseBook cases, IDocumentStore bucket, WireClient client, KnowledgeOptions options, ILogger<KnowledgeCaseBook> logger) : ICaseBook
{
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

    private async Task IngestAsync(CaseRecord record, CancellationToken cancellationToken)
    {
        try
        {
            await bucket.PutAsync(CaseDocument.Key(record.Case.IncidentId), CaseDocument.Text(record.Case), cancellationToken);
            await bucket.PutAsync(CaseDocument.MetadataKey(record.Case.IncidentId), CaseDocument.Metadata(record), cancellationToken);
            await client.SendAsync(
                new StartIngestionJobRequest
                {
                    KnowledgeBaseId = options.KnowledgeBaseId,
                    DataSourceId = options.DataSourceId,
                    ClientToken = Token(record),
                },
                cancellationToken);
        }
        catch (WireException e) when (e.Code == "ConflictException")
        {
            LogLater(record.Case.IncidentId); // One job at a time; the next one takes all that is new.
        }
        catch (Exception e) when (e is WireException or StoreUnavailableException)
        {
            LogNotIngested(record.Case.IncidentId, e.Message);
        }
    }

    // The same version of the same case starts one job, however often the stage is retried.
    private static string Token(CaseRecord record)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{record.Scope}\n{record.Case.IncidentId}\n{record.Version}")));

    [LoggerMessage(LogLevel.Information, "The case of {IncidentId} waits in the bucket: an ingestion job is running")]
    private partial void LogLater(string incidentId);

    [LoggerMessage(LogLevel.Warning, "The case of {IncidentId} is recorded and not ingested: {Problem}")]
    private partial void LogNotIngested(string incidentId, string problem);
}
