using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.Runtime.Internal;

namespace Aiops.Aws.Wire.Protocols;

/// <summary>The Query protocol's form: <c>Dimensions.member.1.Name=…</c>, the same records flattened.</summary>
internal static class QueryForm
{
    public static void Write<TRequest>(
        TRequest request, JsonTypeInfo<TRequest> type, WireService service, string operation, IRequest http)
    {
        StringBuilder form = new($"Action={operation}&Version={service.Version}");
        using var document = JsonSerializer.SerializeToDocument(request, type);
        Add(form, "", document.RootElement);
        http.Content = Encoding.UTF8.GetBytes(form.ToString());
        http.Headers["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8";
    }

    private static void Add(StringBuilder form, string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    Add(form, name.Length == 0 ? member.Name : $"{name}.{member.Name}", member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in value.EnumerateArray().Index())
                {
                    Add(form, $"{name}.member.{index + 1}", item);
                }

                break;
            default:
                var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
                form.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(text));
                break;
        }
    }
}
