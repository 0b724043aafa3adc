using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace Aiops.Pipeline.Reason.Answer;

/// <summary>The JSON schema of <see cref="ModelAnswer"/>, for models that can be held to one.</summary>
public static class AnswerSchema
{
    public const string Name = "incident_reading";

    public static JsonElement Element { get; } = Export();

    private static JsonElement Export()
    {
        var options = new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = static (context, schema) =>
            {
                if (schema is JsonObject node && Description(context.PropertyInfo?.AttributeProvider) is { } description)
                {
                    node.Insert(0, "description", description);
                }

                return schema;
            },
        };
        using var document = JsonDocument.Parse(AnswerJson.Default.ModelAnswer.GetJsonSchemaAsNode(options).ToJsonString());
        return document.RootElement.Clone();
    }

    private static string? Description(ICustomAttributeProvider? member)
        => member?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: false) is [DescriptionAttribute { Description: var text }, ..] ? text : null;
}
