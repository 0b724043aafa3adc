using System.Text.Json.Serialization;
using Aiops.Aws.DynamoDb.Incidents;

namespace Aiops.Aws.DynamoDb;

/// <summary>How the table's own records are written; intake's and the review's have their own.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CommitNote))]
internal sealed partial class StoreJson : JsonSerializerContext;
