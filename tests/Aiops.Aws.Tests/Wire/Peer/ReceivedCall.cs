using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Aiops.Aws.Tests.Wire.Peer;

/// <summary>A request as it came over the wire, its signature already checked.</summary>
/// <param name="Operation">From <c>X-Amz-Target</c>, the form's <c>Action</c>, or method and path.</param>
internal sealed record ReceivedCall(
    string Operation, string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public IReadOnlyDictionary<string, string> Form
        => QueryHelpers.ParseQuery(Text).ToDictionary(p => p.Key, p => p.Value.ToString());
}
